/** Step 1: the very words, where they stood or elsewhere, between the very words they stood between; the nearest of them. */
import { type Anchor, type QuoteSelector, splitsPair } from "./quote";

export function exact(text: string, quote: QuoteSelector): Anchor | null {
  const prefix = quote.prefix ?? "";
  const at = nearest(text, prefix + quote.exact + (quote.suffix ?? ""), (quote.start ?? 0) - prefix.length);
  if (at === null) return null;
  const start = at + prefix.length;
  const end = start + quote.exact.length;
  return splitsPair(text, start) || splitsPair(text, end) ? null : { start, end, state: "exact" };
}

/** Searched outwards, since most of what moves moves a little. */
function nearest(text: string, words: string, hint: number): number | null {
  const from = Math.min(Math.max(hint, 0), text.length);
  const after = text.indexOf(words, from);
  const first = after < 0 ? 0 : Math.max(0, from - (after - from));
  const before = occurrences(text.slice(first, from + words.length - 1), words).at(-1);
  return before ? first + before.start : after < 0 ? null : after;
}

export function occurrences(text: string, words: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    found.push({ start: at, end: at + words.length });
  }
  return found;
}
