/** Step 2: the same words elsewhere, chosen by what stands beside them, then by the distance. */
import type { Context } from "./context";
import { sameWords } from "./fold";
import type { Page } from "./page";
import { type Anchor, LONG, type Place, type QuoteSelector, splitsPair } from "./quote";

// Places compared letter by letter. Of more than these, those count that share most letters with
// the context right beside the words, then the nearest.
const MOST_PLACES = 24;
// Without context a word that is only written otherwise (May, may) is the same word from here on.
const SHORTEST_REWRITTEN = 8;

export function exact(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  const { text } = page;
  const places = occurrences(text, quote.exact).filter(
    ({ start, end }) => !splitsPair(text, start) && !splitsPair(text, end),
  );
  return choose(page, quote, context, places);
}

export function occurrences(text: string, words: string): Place[] {
  const found: Place[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    found.push({ start: at, end: at + words.length });
  }
  return found;
}

/** The place whose context fits best; then the one with the very words; ties go to the nearest. */
export function choose(
  page: Page,
  quote: QuoteSelector,
  context: Context,
  places: readonly Place[],
): Anchor | null {
  const { text } = page;
  const far = (place: Place) => Math.abs(place.start - (quote.start ?? 0));
  const same = (place: Place) => sameWords(quote.exact, text.slice(place.start, place.end));

  const inContext = places.filter(place => context.verbatim(text, place));
  const candidates = inContext.length > 0 ? inContext : places;
  let ranked = candidates.map(place => ({ place, far: far(place), run: 0 }));
  if (ranked.length > MOST_PLACES) {
    if (inContext.length === 0) for (const one of ranked) one.run = context.run(text, one.place);
    ranked.sort((a, b) => b.run - a.run || a.far - b.far);
    ranked = ranked.slice(0, MOST_PLACES);
  }
  const [best] = ranked
    .map(one => {
      const { before, after, fit } = context.around(text, one.place);
      return { ...one, fit, like: before + after, same: same(one.place) };
    })
    .sort((a, b) => b.like - a.like || Number(b.same) - Number(a.same) || a.far - b.far);
  if (!best) return null;
  // A short quotation among other words may be other words that happen to read the same.
  if (!best.fit && quote.exact.length < LONG) return null;
  if (!best.same && !context.kept && quote.exact.length < SHORTEST_REWRITTEN) return null;
  return { ...best.place, state: !best.same ? "changed" : best.fit ? "exact" : "moved" };
}
