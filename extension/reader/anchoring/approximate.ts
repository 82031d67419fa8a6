/**
 * Step 5: most of the words, with few changes.
 *
 * The text is searched word by word for the stretches most like the quotation; each is then counted
 * letter by letter and held against its context. Long quotations only; a short one without any
 * context may have one word misspelt.
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
const SHORTEST_MISSPELT = 8;

interface Candidate extends Place {
  readonly words: string;
  readonly edits: number;
  readonly like: number;
  readonly far: number;
  readonly accepted: boolean;
}

export function approximate(page: Page, quote: QuoteSelector, context: Context): Anchor | null {
  const long = quote.exact.length >= LONG;
  const words = fold(quote.exact).text.trim();
  if (!long && (context.kept || words.length < SHORTEST_MISSPELT)) return null;
  const pieces = wordsOf(fold(quote.exact));
  const most = Math.floor(words.length * EDITS_IN_ONE_PLACE);

  const candidates: Candidate[] = [];
  for (const found of similarStretches(page.words, pieces.words)) {
    const stretch = context.kept ? widened(page, found, context) : found;
    const place = {
      start: page.words.starts[stretch.from] as number,
      end: page.words.ends[stretch.to - 1] as number,
    };
    const around = context.around(page.text, place);
    if (!around.fit) continue;
    const now = fold(page.text.slice(place.start, place.end)).text.trim();
    const changed = edits(words, now, most);
    if (changed > most) continue;
    const few = changed <= words.length * EDITS;
    const nowWords = page.words.words.slice(stretch.from, stretch.to);
    const likely = few || (context.kept && (around.fitsWhole || oneHole(pieces.words, nowWords)));
    const accepted = long
      ? likely && context.placed(place, around) && !context.isNeighbour(words, now)
      : oneMisspelt(pieces.words, nowWords);
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

/** Up to three words more on either side where the context begins only there. */
function widened(page: Page, { from, to, cost }: Stretch, context: Context): Stretch {
  const { starts, ends } = page.words;
  const beside = (start: number, end: number) => context.around(page.text, { start, end });
  let first = from;
  let last = to;
  let before = beside(starts[from] as number, ends[to - 1] as number).before;
  for (let i = from - 1; i >= 0 && i >= from - 3 && before < 1; i--) {
    const like = beside(starts[i] as number, ends[to - 1] as number).before;
    if (like === 1) first = i;
    before = Math.max(before, like);
  }
  let after = beside(starts[first] as number, ends[to - 1] as number).after;
  for (let i = to; i < ends.length && i < to + 3 && after < 1; i++) {
    const like = beside(starts[first] as number, ends[i] as number).after;
    if (like === 1) last = i + 1;
    after = Math.max(after, like);
  }
  return { from: first, to: last, cost };
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

/** Has one word lost or gained a letter within it, or two letters that changed places? */
function oneMisspelt(before: readonly string[], now: readonly string[]): boolean {
  const others = before.filter((word, i) => word !== now[i]);
  const [word] = others;
  if (!word || others.length > 1 || before.length !== now.length) return false;
  const other = now[before.indexOf(word)] ?? "";
  if (!/^\p{L}{5,}$/u.test(word) || !/^\p{L}{5,}$/u.test(other) || word[0] !== other[0]) return false;
  if (word.length !== other.length) return edits(word, other, 1) === 1;
  return [...word].sort().join("") === [...other].sort().join("") && edits(word, other, 2) === 2;
}
