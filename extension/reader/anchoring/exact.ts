/** Step 2: the very words, between the very words they stood between. */
import type { Context } from "./context";
import type { Page } from "./page";
import { type Anchor, nearest, type Place, type QuoteSelector, splitsPair } from "./quote";

/** Wherever the very words stand. */
export function veryWords(page: Page, quote: QuoteSelector): Place[] {
  const { text } = page;
  return occurrences(text, quote.exact).filter(
    ({ start, end }) => !splitsPair(text, start) && !splitsPair(text, end),
  );
}

export function exact(
  page: Page,
  quote: QuoteSelector,
  context: Context,
  places: readonly Place[],
): Anchor | null {
  if (!context.kept) return null;
  const place = nearest(
    quote,
    places.filter(one => context.verbatim(page.text, one)),
  );
  return place && { ...place, state: "exact" };
}

export function occurrences(text: string, words: string): Place[] {
  const found: Place[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    found.push({ start: at, end: at + words.length });
  }
  return found;
}
