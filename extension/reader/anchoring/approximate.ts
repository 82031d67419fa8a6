/**
 * Step 4: most of the words, with few changes.
 *
 * The text is searched word by word for the stretches most like the quotation; each is then counted
 * letter by letter and held against its context. Long quotations only.
 */
import type { Context } from "./context";
import { edits } from "./edits";
import { fold } from "./fold";
import type { Page } from "./page";
import { type Anchor, LONG, type Place, type QuoteSelector, shift } from "./quote";
import { type Stretch, similarStretches } from "./stretches";
import { wordsOf } from "./words";

// Share of letters that may have changed. A replaced word or figure costs 3-10 %; at 50 %, as some
// matchers have it, a deleted sentence is "found" in its lookalike.
const EDITS = 0.15;
// The same where all the changes are in one place of at most HOLE words, or both sides still fit.
const EDITS_IN_ONE_PLACE = 0.3;
const HOLE = 2;
// A place with other words is a rival unless it has twice the edits or fits its context this much less.
const LEAD = 2;
const LIKE_LEAD = 0.5;
const MOST_STRETCHES = 24; // a sentence with more lookalikes than that is a form, not a quotation
const WIDER = [0, 1, 2, 3]; // words
const SEARCHED = 0.45; // as EDITS, but one wrong letter makes a whole word wrong

interface Candidate extends Place {
  readonly words: string;
  readonly edits: number;
  readonly like: number;
  readonly far: number;
  readonly accepted: boolean;
}

export function approximate(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  if (quote.exact.length < LONG) return null;
  const words = fold(quote.exact).text.trim();
  const pieces = wordsOf(fold(quote.exact));
  const most = Math.floor(words.length * EDITS_IN_ONE_PLACE);

  const candidates: Candidate[] = [];
  const cheapest = similarStretches(page.words, pieces.words, SEARCHED)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_STRETCHES);
  for (const found of cheapest) {
    const stretch = widened(page, found, context);
    const place = {
      start: page.words.starts[stretch.from] as number,
      end: page.words.ends[stretch.to - 1] as number,
    };
    const around = context.inParagraph(page.text, place, context.around(page.text, place));
    if (!around.fit) continue;
    const now = fold(page.text.slice(place.start, place.end)).text.trim();
    const changed = edits(words, now, most);
    if (changed > most) continue;
    const few = changed <= words.length * EDITS;
    const nowWords = page.words.words.slice(stretch.from, stretch.to);
    const likely = few || (context.kept && (around.fitsWhole || oneHole(pieces.words, nowWords)));
    const accepted = likely && context.placed(place, around) && !context.isNeighbour(words, now);
    candidates.push({
      ...place,
      words: now,
      edits: changed,
      like: around.before + around.after,
      far: shift(quote, place),
      accepted,
    });
  }
  const score = (one: Candidate) => one.edits / words.length - one.like;
  const [best] = candidates.filter(one => one.accepted).sort((a, b) => score(a) - score(b) || a.far - b.far);
  if (!best || candidates.some(other => isRival(other, best))) return null;
  return { start: best.start, end: best.end, state: "changed" };
}

/** Could the other place be meant as well? Not where it has the same words: then either will do. */
function isRival(other: Candidate, best: Candidate): boolean {
  return other.words !== best.words && other.edits < best.edits * LEAD && other.like > best.like - LIKE_LEAD;
}

/** A few words more on either side where the context begins only there. */
function widened(page: Page, { from, to, cost }: Stretch, context: Context): Stretch {
  const { starts, ends } = page.words;
  const around = (first: number, last: number) =>
    first < 0 || last > ends.length
      ? null
      : context.around(page.text, { start: starts[first] as number, end: ends[last - 1] as number });
  const before = WIDER.find(more => around(from - more, to)?.before === 1) ?? 0;
  const after = WIDER.find(more => around(from, to + more)?.after === 1) ?? 0;
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
