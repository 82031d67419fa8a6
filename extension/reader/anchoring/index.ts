/**
 * Where the words of a quotation are now.
 *
 * In: a text, the words, what stood before and after them, and where they started. Out: start and
 * end in UTF-16 units and how the words were found, or null when they are lost. Pure text: this
 * room knows no page of a browser.
 *
 * A note on the wrong words is worse than none, so every step may answer "lost", and words that are
 * gone are lost however many others are like them (context.ts says how it is told):
 *   1. exact: the very words, where they stood or elsewhere, between the very words they stood between;
 *   2. folded: the same words, however they are written, known by the rest of their sentence, by its
 *      neighbours or by their place;
 *   3. between: other words, but between the very words they stood between;
 *   4. misspelt, approximate: short and long quotations with few changes, beside words they stood
 *      beside.
 * README.md has the rules in full, and how often they are right.
 */
import { approximate } from "./approximate";
import { between } from "./between";
import { Context } from "./context";
import { exact } from "./exact";
import { folded } from "./folded";
import { misspelt } from "./misspelt";
import { Page } from "./page";
import type { Anchor, Place, QuoteSelector } from "./quote";

export { exact } from "./exact";
export type { Anchor, QuoteSelector } from "./quote";

export function anchor(text: string, quote: QuoteSelector): Anchor | null {
  if (!quote.exact.trim()) return null;
  const unchanged = exact(text, quote);
  if (unchanged) return unchanged;
  const page = read(text);
  const context = new Context(quote);
  // The same words elsewhere count less than changed words in their very place.
  const same = folded(page, quote, context);
  const placed = same?.certain ? null : between(page, quote, context);
  const found =
    (same && placed && holds(placed, same) ? same : placed) ??
    same ??
    misspelt(page, quote, context) ??
    approximate(page, quote, context);
  return found && { start: found.start, end: found.end, state: found.state };
}

function holds(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The last text stays read: quotations come by the hundred for the same page. */
let last = new Page("");

/** Read a text in pieces, before quotations are looked for in it. */
export function reading(text: string): Generator<void, void> {
  return read(text).reading();
}

function read(text: string): Page {
  if (last.text !== text) last = new Page(text);
  return last;
}
