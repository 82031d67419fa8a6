/**
 * From an analysis to marks: each note that has words, with the ranges of the page they stand at.
 * A note whose words are not where the analysis says is looked for; one that is lost gets no mark.
 */
import type { Note } from "../shared/analysis";
import { anchor } from "./anchoring";
import { type TextIndex, visible } from "./text-index";

export interface Mark {
  readonly note: Note;
  readonly start: number;
  readonly end: number;
  readonly ranges: readonly Range[];
  /** The words as they are now, where they are not the words that were read. */
  readonly changed: string | null;
}

/** In reading order; of two that start together the longer comes first. */
export function place(notes: readonly Note[], index: TextIndex): Mark[] {
  return notes
    .flatMap(note => {
      const found = anchor(index.text, { ...note.quote, start: note.start });
      if (!found) return [];
      const ranges = index.ranges(found.start, found.end);
      if (ranges.length === 0) return [];
      const changed = found.state === "changed" ? index.text.slice(found.start, found.end) : null;
      return [{ note, start: found.start, end: found.end, ranges, changed }];
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Do the mark's ranges still hold the words they were made for? */
export function holds(mark: Mark, index: TextIndex): boolean {
  return visible(mark.ranges.join("")) === visible(index.text.slice(mark.start, mark.end));
}
