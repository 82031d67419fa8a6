/**
 * Underlines words without touching the page: the CSS Custom Highlight API under `caveat-*` names.
 *
 * The registry is shared with the page and with other extensions: only names of ours are written and
 * deleted, never all. The lines themselves are in marks-light.css and marks-dark.css, made from
 * tokens.css by the build.
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

/** Is the page dark where its text stands? Asks the nearest opaque background, not the system. */
export function isDark(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement ?? hostOf(at)) {
    const colour = channels(getComputedStyle(at).backgroundColor);
    if (colour && colour[3] > 0.5) return luminance(colour) < 0.18;
  }
  // Nothing painted: the browser's own canvas, which follows the page's color-scheme.
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return (
    scheme.includes("dark") &&
    (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches)
  );
}

function hostOf(element: Element): Element | null {
  const tree = element.getRootNode();
  return tree instanceof ShadowRoot ? tree.host : null;
}

function channels(colour: string): [number, number, number, number] | null {
  const match =
    /^rgba?\((\d+(?:\.\d+)?),? (\d+(?:\.\d+)?),? (\d+(?:\.\d+)?)(?:(?:,| \/) (\d*\.?\d+))?\)$/.exec(colour);
  return match && [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4] ?? 1)];
}

/** WCAG relative luminance; 0.18 is where black and white text are equally readable. */
function luminance([red, green, blue]: readonly [number, number, number, number]): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map(channel => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
