/** Which marks lie under a point of the window: the shortest first, as the most particular. */
import type { Mark } from "./marks";
import type { TextIndex } from "./text-index";

const SLACK = 4; // the line is drawn a little below the letters

export function hit(x: number, y: number, marks: readonly Mark[], index: TextIndex): Mark[] {
  const candidates = underCaret(x, y, marks, index);
  return candidates
    .filter(mark => mark.ranges.some(range => contains(range, x, y)))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** Marks around the character nearest to the point. The nearest may be far away: rectangles decide. */
function underCaret(x: number, y: number, marks: readonly Mark[], index: TextIndex): Mark[] {
  const tree = marks[0]?.ranges[0]?.startContainer.getRootNode();
  const shadowRoots = tree instanceof ShadowRoot ? [tree] : [];
  const caret = document.caretPositionFromPoint?.(x, y, { shadowRoots });
  const at = caret ? index.offset(caret.offsetNode, caret.offset) : null;
  if (at === null) return [];
  return marks.filter(mark => mark.start <= at && at <= mark.end);
}

function contains(range: Range, x: number, y: number): boolean {
  for (const box of range.getClientRects()) {
    if (box.left <= x && x <= box.right && box.top <= y && y <= box.bottom + SLACK) return true;
  }
  return false;
}
