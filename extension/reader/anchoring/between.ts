/**
 * Step 3: what stands now between the very words the quotation stood between.
 *
 * Both sides together say where the quotation was, so more may have changed in it than elsewhere,
 * and this is the one step that lets a short quotation change.
 */
import type { Context } from "./context";
import { edits } from "./edits";
import { occurrences } from "./exact";
import { fold } from "./fold";
import type { Page } from "./page";
import { type Anchor, LONG, MOST_EDITS, type QuoteSelector, shift } from "./quote";
import { wordsOf } from "./words";

const SOME = 8; // letters kept on each side that are enough to know a place by
// Share of letters that may have changed: past this the note is about words that are gone.
const EDITS = 0.4;
const EDITS_IN_SHORT = 0.25;
const MOST_PLACES = 24;

export function between(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  const { prefix, suffix } = context;
  if (prefix.length < SOME || suffix.length < SOME) return null;
  const words = fold(quote.exact).text.trim();
  const share = quote.exact.length < LONG ? EDITS_IN_SHORT : EDITS;
  const most = Math.min(MOST_EDITS, Math.floor(words.length * share));
  const { text, starts, ends } = page.folded;
  let best: Anchor | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  const beginnings = occurrences(text, prefix)
    .map(({ end }) => ({ from: end, far: shift(quote, { start: starts[end] ?? 0, end }) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_PLACES);
  for (const { from } of beginnings) {
    const to = text.slice(0, from + 2 * words.length + suffix.length + SOME).indexOf(suffix, from);
    const now = to < 0 ? "" : text.slice(from, to);
    if (!now.trim() || cutsWord(prefix, now) || cutsWord(now, suffix)) continue;
    const changed = edits(words, now.trim(), most);
    if (changed > most && !onlyFigures(words, now)) continue;
    const start = starts[from + now.length - now.trimStart().length] as number;
    const end = ends[from + now.trimEnd().length - 1] as number;
    if (changed >= fewest || !context.knowsChanged(context.around(page, { start, end }))) continue;
    fewest = changed;
    best = { start, end, state: "changed" };
  }
  return best;
}

function cutsWord(before: string, after: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
}

/** Is every word the same but for its figures? A corrected figure is the same statement. */
function onlyFigures(before: string, now: string): boolean {
  const old = wordsOf(fold(before)).words;
  const { words } = wordsOf(fold(now));
  const figure = /^\p{N}/u;
  return (
    old.length === words.length &&
    old.every((word, i) => word === words[i] || (figure.test(word) && figure.test(words[i] ?? "")))
  );
}
