/** From note to note in reading order, round and round. */
import type { Mark } from "./marks";

/** The next mark or the previous one; from nowhere, the first at or after what is on screen. */
export function step(marks: readonly Mark[], from: Mark | null, by: 1 | -1): Mark | null {
  const at = from ? marks.indexOf(from) : firstOnScreen(marks) - (by === 1 ? 1 : 0);
  return marks[(at + by + marks.length) % marks.length] ?? null;
}

function firstOnScreen(marks: readonly Mark[]): number {
  const found = marks.findIndex(mark => (mark.ranges[0]?.getBoundingClientRect().bottom ?? -1) > 0);
  return Math.max(found, 0);
}
