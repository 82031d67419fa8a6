/** Step 3: the same words written otherwise: white space, capitals, quotes, dashes, composed letters. */
import type { Context } from "./context";
import { choose, occurrences } from "./exact";
import { fold } from "./fold";
import type { Page } from "./page";
import type { Anchor, Place, QuoteSelector } from "./quote";

const MARK = /^\p{M}/u;

export function folded(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  const words = fold(quote.exact).text.trim();
  if (!words) return null;
  const { text, starts, ends } = page.folded;
  const places: Place[] = [];
  for (const { start, end } of occurrences(text, words)) {
    // One character may fold to several ("…" to "..."), and a letter has its accents after it.
    const cut = starts[start] === starts[start - 1] || starts[end] === starts[end - 1];
    if (cut || MARK.test(text.slice(end, end + 1))) continue;
    places.push({ start: starts[start] as number, end: ends[end - 1] as number });
  }
  return choose(page, quote, context, places);
}
