/**
 * The style of the cards, put into their shadow root so that a page can neither change nor forbid it.
 */
import tokens from "../../server/caveat/web/static/tokens.css?raw";
import css from "./card.css?raw";
import listings from "./listings.css?raw";
import missed from "./missed.css?raw";
import people from "./people.css?raw";
import record from "./record.css?raw";

// A page may set custom properties and attributes on the host; those of an element within are out of its reach.
const rules =
  tokens.replace(/:host(?:\((\[[^\]]*\])\))?/g, ":host > div$1") + css + people + record + missed + listings;

/** A page's style rules do not apply in a shadow root, and a strict policy forbids neither way in. */
export function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [sheet];
    if (root.adoptedStyleSheets.length === 1) return;
  } catch {
    // Firefox does not let a content script's sheet into the page's tree.
  }
  const style = document.createElement("style");
  style.textContent = rules;
  root.append(style);
}
