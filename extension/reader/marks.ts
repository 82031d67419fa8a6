/**
 * From an analysis to marks: each note that has words, with the ranges of the page they stand at.
 * A note whose words are not where the analysis says is looked for; one that is lost gets no mark.
 */
import type { Note } from "../shared/analysis";
import { type Anchor, anchor } from "./anchoring";
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

// How far words are looked for on either side of where they stood. Looking through all of a text of
// 100,000 words for words that are no longer there takes a tenth of a second a note.
const REACH = 20_000;

/** In reading order; of two that start together the longer comes first. */
export function place(notes: readonly Note[], index: TextIndex): Mark[] {
  return atOnce(placing(notes, index));
}

/** The same in slices. */
export function* placing(notes: readonly Note[], index: TextIndex): Generator<void, Mark[]> {
  const marks: Mark[] = [];
  for (const note of notes) {
    yield;
    const found = near(index.text, note);
    if (!found) continue;
    const ranges = index.ranges(found.start, found.end);
    const changed = found.state === "changed" ? index.text.slice(found.start, found.end) : null;
    const mark = { note, start: found.start, end: found.end, ranges, changed };
    if (ranges.length > 0 && holds(mark, index)) marks.push(mark);
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Are the mark's ranges still in the page, and do they hold the words they were made for? */
export function holds(mark: Mark, index: TextIndex): boolean {
  if (!mark.ranges.every(({ startContainer: from, endContainer: to }) => from.isConnected && to.isConnected))
    return false;
  return visible(mark.ranges.join("")) === visible(index.text.slice(mark.start, mark.end));
}

/** Anchor in the text around the note's place; where that fails, around the only place with its words. */
function near(text: string, { quote, start }: Note): Anchor | null {
  const within = (hint: number) => {
    const from = Math.max(0, hint - REACH);
    const found = anchor(text.slice(from, hint + quote.exact.length + REACH), {
      ...quote,
      start: start - from,
    });
    return found && { ...found, start: found.start + from, end: found.end + from };
  };
  if (text.length <= 2 * REACH) return anchor(text, { ...quote, start });
  const found = within(start);
  if (found) return found;
  const only = text.indexOf(quote.exact);
  return only >= 0 && text.indexOf(quote.exact, only + 1) < 0 ? within(only) : null;
}
