/**
 * From an analysis to marks: each note that has words, with the ranges of the page they stand at.
 * A note whose words are not where the analysis says is looked for; one that is lost gets no mark.
 */
import type { Note } from "../shared/analysis";
import { type Anchor, anchor, exact, type QuoteSelector, reading } from "./anchoring";
import { BUDGET } from "./anchoring/budget";
import { atOnce } from "./slices";
import { type TextIndex, visible } from "./text-index";

export interface Mark {
  readonly note: Note;
  readonly start: number;
  readonly end: number;
  readonly ranges: readonly Range[];
  /** The words as they are now, where they are not the words that were read. */
  readonly changed: string | null;
}

// Characters of the text that was read that are kept on either side of a note's words. The answer
// has 32, which often end within the sentence; these reach its neighbours and tell it from lookalikes.
const WIDE = 200;

/** In reading order; of two that start together the longer comes first. */
export function place(notes: readonly Note[], index: TextIndex): Mark[] {
  return atOnce(placing(notes, index, index.text));
}

/**
 * The same in slices. First the words that stand as they stood, which takes no time; then, within the
 * budget, those that have to be looked for. `read` is the text the notes were made for.
 */
export function* placing(
  notes: readonly Note[],
  index: TextIndex,
  read: string,
  now = () => performance.now(),
): Generator<void, Mark[]> {
  const marks: Mark[] = [];
  const changed: Note[] = [];
  for (const note of notes) {
    yield;
    const found = exact(index.text, quoteOf(note, read));
    if (!found) changed.push(note);
    else add(marks, note, found, index);
  }
  if (changed.length > 0) yield* reading(index.text);
  let left = BUDGET;
  for (const note of fromWaiting(changed)) {
    if (left <= 0) {
      waiting = note.id;
      break;
    }
    yield;
    const began = now();
    const found = anchor(index.text, quoteOf(note, read));
    left -= now() - began;
    if (found) add(marks, note, found, index);
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end || byPeople(a) - byPeople(b));
}

/** On the same words the machine's note comes first: its card has what people say below. */
function byPeople({ note }: Mark): number {
  return note.people ? 1 : 0;
}

/** The note the last look had no time for: the next begins there, so that everyone has their turn. */
let waiting = "";

function fromWaiting(notes: readonly Note[]): Note[] {
  const at = Math.max(
    0,
    notes.findIndex(({ id }) => id === waiting),
  );
  return [...notes.slice(at), ...notes.slice(0, at)];
}

function quoteOf({ quote, start, end }: Note, read: string): QuoteSelector {
  if (read.slice(start, end) !== quote.exact) return { ...quote, start };
  const prefix = read.slice(Math.max(0, start - WIDE), start);
  return { exact: quote.exact, prefix, suffix: read.slice(end, end + WIDE), start };
}

function add(marks: Mark[], note: Note, { start, end, state }: Anchor, index: TextIndex): void {
  const changed = state === "changed" ? index.text.slice(start, end) : null;
  const mark = { note, start, end, ranges: index.ranges(start, end), changed };
  if (mark.ranges.length > 0 && holds(mark, index)) marks.push(mark);
}

/** Are the mark's ranges still in the page, and do they hold the words they were made for? */
export function holds(mark: Mark, index: TextIndex): boolean {
  if (!mark.ranges.every(({ startContainer: from, endContainer: to }) => from.isConnected && to.isConnected))
    return false;
  return visible(mark.ranges.join("")) === visible(index.text.slice(mark.start, mark.end));
}
