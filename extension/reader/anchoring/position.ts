/** Step 1: the words stand where they stood, between the words they stood between. */
import { type Anchor, type QuoteSelector, splitsPair } from "./quote";

export function atPosition(text: string, quote: QuoteSelector): Anchor | null {
  const start = quote.start ?? -1;
  const end = start + quote.exact.length;
  if (start < 0 || !text.startsWith(quote.exact, start)) return null;
  if (!text.startsWith(quote.suffix ?? "", end) || !text.slice(0, start).endsWith(quote.prefix ?? ""))
    return null;
  return splitsPair(text, start) || splitsPair(text, end) ? null : { start, end, state: "exact" };
}
