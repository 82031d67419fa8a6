/**
 * Underlines words without touching the page: the CSS Custom Highlight API under `caveat-*` names.
 *
 * The registry is shared with the page and with other extensions: only names of ours are written and
 * deleted, never all. The lines themselves are style sheets that the build makes (see marks.mjs).
 */
import { FAMILIES } from "../shared/analysis";
import type { Mark } from "./marks";
import { atOnce } from "./slices";

const FOCUS = "caveat-focus";
export const NAMES: readonly string[] = [
  ...FAMILIES.flatMap(family => [`caveat-${family}`, `caveat-${family}-quiet`]),
  FOCUS,
];

export function paint(marks: readonly Mark[]): void {
  atOnce(painting(marks));
}

/** The same in slices; what was painted stays until all of it is ready. */
export function* painting(marks: readonly Mark[]): Generator<void, void> {
  const highlights = new Map<string, Highlight>();
  for (const mark of marks) {
    yield;
    const { family, level } = mark.note.signal;
    const name = `caveat-${family}${level === "quiet" ? "-quiet" : ""}`;
    const highlight = highlights.get(name) ?? new Highlight();
    for (const range of mark.ranges) highlight.add(range);
    highlights.set(name, highlight);
  }
  for (const name of NAMES) {
    if (name === FOCUS) continue;
    const highlight = highlights.get(name);
    if (highlight) CSS.highlights.set(name, highlight);
    else CSS.highlights.delete(name);
  }
}

/** Give one mark the soft background, or none. */
export function focus(mark: Mark | null): void {
  if (!mark) {
    CSS.highlights.delete(FOCUS);
    return;
  }
  const highlight = new Highlight(...mark.ranges);
  highlight.priority = 1; // above the lines, so that its background joins them
  CSS.highlights.set(FOCUS, highlight);
}

export function clear(): void {
  for (const name of NAMES) CSS.highlights.delete(name);
}
