/**
 * Where the words of a quotation are now.
 *
 * In: a text, the words, what stood before and after them, and where they started. Out: start and
 * end in UTF-16 units and how the words were found, or null when they are lost. Pure text: this
 * room knows no page of a browser.
 *
 * A note on the wrong words is worse than none, so every step may answer "lost":
 *   1. position: the words stand where they stood, between the words they stood between;
 *   2. exact: the same words elsewhere, chosen by their context, then by the distance;
 *   3. folded: the same, however they are spaced, capitalised and punctuated;
 *   4. between: other words, but between the very words they stood between;
 *   5. approximate: long quotations with few changes, beside words they stood beside.
 */
import { approximate } from "./approximate";
import { between } from "./between";
import { Context } from "./context";
import { exact } from "./exact";
import { folded } from "./folded";
import { Page } from "./page";
import { atPosition } from "./position";
import type { Anchor, QuoteSelector } from "./quote";

export type { Anchor, QuoteSelector } from "./quote";

export function anchor(text: string, quote: QuoteSelector): Anchor | null {
  if (!quote.exact.trim()) return null;
  const inPlace = atPosition(text, quote);
  if (inPlace) return inPlace;
  const page = read(text);
  const context = new Context(quote);
  return (
    exact(page, quote, context) ??
    folded(page, quote, context) ??
    between(page, quote, context) ??
    approximate(page, quote, context)
  );
}

/** The last text stays read: quotations come by the hundred for the same page. */
let last = new Page("");

function read(text: string): Page {
  if (last.text !== text) last = new Page(text);
  return last;
}
