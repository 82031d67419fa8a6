/**
 * Step 4 for short quotations: the same words with one of them misspelt, beside words they stood
 * beside if any of those were kept.
 *
 * The one step that lets a short quotation change where one of its sides has changed too. The trials
 * find a few more notes with it and none on wrong words that were not there without it.
 */
import type { Context } from "./context";
import { edits } from "./edits";
import { fold } from "./fold";
import type { Page } from "./page";
import { type Anchor, LONG, type QuoteSelector, shift } from "./quote";
import { wordsOf } from "./words";

const SHORTEST = 8; // letters of the quotation
// Of these letters at least, and all but the first count: "he" and "she" are not one misspelt word.
const WORD = /^\p{L}{5,}$/u;

export function misspelt(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  if (quote.exact.length >= LONG || quote.exact.trim().length < SHORTEST) return null;
  const looked = wordsOf(fold(quote.exact)).words;
  const { words, starts, ends } = page.words;
  let best: Anchor | null = null;
  let alike = -1;
  let reading: string | null = null;
  for (let at = 0; at + looked.length <= words.length; at++) {
    const wrong = onlyWrong(looked, words, at);
    if (wrong === null || !isMisspelling(looked[wrong] as string, words[at + wrong] as string)) continue;
    const place = { start: starts[at] as number, end: ends[at + looked.length - 1] as number };
    const around = context.around(page, place);
    if (!context.knowsChanged(around)) continue;
    const now = words.slice(at, at + looked.length).join(" ");
    reading ??= now;
    if (now !== reading) return null; // two spellings: nobody knows which is meant
    const { like } = around;
    if (like > alike || (like === alike && best && shift(quote, place) < shift(quote, best))) {
      best = { ...place, state: "changed" };
      alike = like;
    }
  }
  return best;
}

/** The number of the one word that is not the same, or null where there are more or none. */
function onlyWrong(looked: readonly string[], words: readonly string[], at: number): number | null {
  let wrong: number | null = null;
  for (let i = 0; i < looked.length; i++) {
    if (looked[i] === words[at + i]) continue;
    if (wrong !== null) return null;
    wrong = i;
  }
  return wrong;
}

/** One letter lost or gained, or two that changed places; a letter replaced makes another word. */
function isMisspelling(word: string, other: string): boolean {
  if (!WORD.test(word) || !WORD.test(other) || word[0] !== other[0]) return false;
  if (word.length !== other.length) return edits(word, other, 1) === 1;
  return edits(word, other, 2) === 2 && [...word].sort().join("") === [...other].sort().join("");
}
