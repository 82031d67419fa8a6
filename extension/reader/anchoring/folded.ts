/**
 * Step 2: the same words, however they are written: white space, capitals, quotes, dashes, accents.
 *
 * Of all their places the one counts whose context fits best; then the one with the very words, then
 * the nearest.
 */
import type { Context } from "./context";
import { occurrences } from "./exact";
import { fold, sameWords } from "./fold";
import type { Page } from "./page";
import { type Anchor, LONG, type Place, type QuoteSelector, shift, splitsPair } from "./quote";

// Places compared letter by letter. Of more than these, those count that share most letters with
// the context right beside the words, then the nearest.
const MOST_PLACES = 24;
// Words of this length that stand nowhere else need none beside them that say they are where they were.
const TELLING = 8;
// Without context a word that is only written otherwise (May, may) is the same word from here on.
const SHORTEST_REWRITTEN = 8;
const MARK = /^\p{M}/u;

export interface Found extends Anchor {
  /** Are the rest of the sentence and a neighbour there too? */
  readonly certain: boolean;
}

export function folded(page: Page, quote: QuoteSelector, context: Context): Found | null {
  const { text } = page;
  const veryWords = occurrences(text, quote.exact).filter(
    ({ start, end }) => !splitsPair(text, start) && !splitsPair(text, end),
  );
  let ranked = [...veryWords, ...rewritten(page, quote, veryWords)].map(place => ({
    place,
    far: shift(quote, place),
    run: 0,
  }));
  if (ranked.length > MOST_PLACES) {
    for (const one of ranked) one.run = context.run(text, one.place);
    ranked = ranked.sort((a, b) => b.run - a.run || a.far - b.far).slice(0, MOST_PLACES);
  }
  const telling = quote.exact.length >= LONG || (ranked.length === 1 && quote.exact.length >= TELLING);
  const [best] = ranked
    .map(({ place, far }) => {
      const around = context.around(page, place);
      const same = sameWords(quote.exact, text.slice(place.start, place.end));
      return { ...around, place, far, same, state: context.knows(around, telling) };
    })
    .filter(({ state }) => state !== null)
    .sort((a, b) => b.like - a.like || Number(b.same) - Number(a.same) || a.far - b.far);
  if (!best?.state) return null;
  if (!best.same && !context.kept && quote.exact.length < SHORTEST_REWRITTEN) return null;
  const certain = best.sentence === "same" && best.beside;
  return { ...best.place, state: best.same ? best.state : "changed", certain };
}

/** Where the words stand, but not letter for letter. */
function rewritten(page: Page, quote: QuoteSelector, veryWords: readonly Place[]): Place[] {
  const words = fold(quote.exact).text.trim();
  if (!words) return [];
  const { text, starts, ends } = page.folded;
  const known = new Set(veryWords.map(({ start }) => start));
  const lead = quote.exact.length - quote.exact.trimStart().length;
  const places: Place[] = [];
  for (const { start, end } of occurrences(text, words)) {
    // One character may fold to several ("…" to "..."), and a letter has its accents after it.
    const cut = starts[start] === starts[start - 1] || starts[end] === starts[end - 1];
    const from = starts[start] as number;
    if (cut || MARK.test(text.slice(end, end + 1)) || known.has(from - lead)) continue;
    places.push({ start: from, end: ends[end - 1] as number });
  }
  return places;
}
