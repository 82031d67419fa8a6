/**
 * Step 4: most of the words, with few changes.
 *
 * The text is searched word by word for the stretches most like the quotation; each is then counted
 * letter by letter and held against its context. Long quotations only.
 */
import type { Context, Surroundings } from "./context";
import { edits } from "./edits";
import { fold } from "./fold";
import type { Page } from "./page";
import { type Anchor, LONG, MOST_EDITS, type Place, type QuoteSelector } from "./quote";
import { type Stretch, similarStretches } from "./stretches";
import { wordsOf } from "./words";

// Share of letters that may have changed. A replaced word or figure costs 3-10 %; at 50 %, as some
// matchers have it, a deleted sentence is "found" in its lookalike.
const EDITS = 0.15;
// The same where all the changes are in one place of at most HOLE words, or both sides still fit.
const EDITS_IN_ONE_PLACE = 0.3;
const HOLE = 2;
// A quotation of more than two of these is looked for by its first and its last words.
const END = 24; // words
const STRETCHED = 1.3; // times as many words between them, or as few, as there were
// A place with other words is a rival unless it has twice the edits or fits its context this much less.
const LEAD = 2;
const LIKE_LEAD = 0.5;
const MOST_STRETCHES = 24; // a sentence with more lookalikes than that is a form, not a quotation
const WIDER = [0, 1, 2, 3]; // words
const SIGN = /^[^\p{L}\p{N}]/u;
const SEARCHED = 0.45; // as EDITS, but one wrong letter makes a whole word wrong

interface Candidate extends Place {
  readonly words: string;
  readonly around: Surroundings;
  readonly pieces: readonly string[];
}

export function approximate(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  if (quote.exact.length < LONG) return null;
  const words = fold(quote.exact).text.trim();
  const pieces = wordsOf(fold(quote.exact)).words;
  const candidates = stretches(page, pieces).map(stretch =>
    candidate(page, trimmed(page, stretch, pieces), context),
  );

  const most = Math.min(MOST_EDITS, Math.floor(words.length * EDITS_IN_ONE_PLACE));
  const accepted = candidates
    .filter(one => context.knowsChanged(one.around) && !context.isNeighbour(words, one.words))
    .map(one => ({ ...one, changed: edits(words, one.words, most) }))
    .filter(
      one =>
        one.changed <= words.length * EDITS ||
        (one.changed <= most && context.kept && oneHole(pieces, one.pieces)),
    );
  const score = (one: (typeof accepted)[number]) => one.changed / words.length - one.around.like;
  const [best] = accepted.sort((a, b) => score(a) - score(b) || a.around.shift - b.around.shift);
  if (!best) return null;
  // Could another place be meant as well? Not where it has the same words: then either will do.
  const isRival = (other: Candidate) =>
    other.words !== best.words &&
    other.around.like > best.around.like - LIKE_LEAD &&
    edits(words, other.words, best.changed * LEAD) < best.changed * LEAD;
  return candidates.some(isRival) ? null : { start: best.start, end: best.end, state: "changed" };
}

function candidate(page: Page, found: Stretch, context: Context): Candidate {
  const { from, to } = widened(page, found, context);
  const place = { start: page.words.starts[from] as number, end: page.words.ends[to - 1] as number };
  return {
    ...place,
    words: page.between(place.start, place.end).trim(),
    around: context.around(page, place),
    pieces: page.words.words.slice(from, to),
  };
}

/** The stretches of the page that may hold the words, the most similar first. */
function stretches(page: Page, words: readonly string[]): Stretch[] {
  const similar = (part: readonly string[]) =>
    similarStretches(page.words, part, SEARCHED)
      .sort((a, b) => a.cost - b.cost)
      .slice(0, MOST_STRETCHES);
  if (words.length <= 2 * END) return similar(words);
  const ends = similar(words.slice(-END));
  return similar(words.slice(0, END)).flatMap(({ from, cost }) => {
    const far = (end: Stretch) => Math.abs(end.to - from - words.length);
    const fits = ends.filter(
      ({ to }) => to - from < words.length * STRETCHED && to - from > words.length / STRETCHED,
    );
    const [end] = fits.sort((a, b) => far(a) - far(b));
    return end ? [{ from, to: end.to, cost: cost + end.cost }] : [];
  });
}

/** Without the signs at its edges that the quotation does not begin or end with. */
function trimmed(page: Page, { from, to, cost }: Stretch, looked: readonly string[]): Stretch {
  const { words } = page.words;
  let first = from;
  let end = to;
  while (first < end - 1 && SIGN.test(words[first] as string) && words[first] !== looked[0]) first++;
  while (first < end - 1 && SIGN.test(words[end - 1] as string) && words[end - 1] !== looked.at(-1)) end--;
  return { from: first, to: end, cost };
}

/** A few words more on either side where the context begins only there. */
function widened(page: Page, { from, to, cost }: Stretch, context: Context): Stretch {
  const { starts, ends } = page.words;
  const before =
    WIDER.find(more => from >= more && context.follows(page, starts[from - more] as number)) ?? 0;
  const after =
    WIDER.find(more => to + more <= ends.length && context.precedes(page, ends[to + more - 1] as number)) ??
    0;
  return { from: from - before, to: to + after, cost };
}

/** Do the words begin and end alike, with at most `HOLE` words between that do not? */
function oneHole(before: readonly string[], now: readonly string[]): boolean {
  let head = 0;
  while (head < before.length && head < now.length && before[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, now.length) - head &&
    before[before.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++;
  return Math.max(before.length, now.length) - head - tail <= HOLE;
}
