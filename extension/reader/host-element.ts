/**
 * The one element that Caveat adds to a page, outside its body: a closed shadow root with the cards' style.
 *
 * Made elsewhere: in the page, a class of the page's own for this name would be run on it first, and could
 * look into the closed root ever after.
 */
import { locale } from "../shared/catalogue";
import { dress } from "./dress";
import type { Theme } from "./theme";

export class HostElement {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  /** All that is seen; a page reaches the element, but nothing in it. */
  readonly inside = document.createElement("div");

  /** Theme null: what the document's color-scheme says. */
  constructor(theme: Theme | null) {
    this.element = document.implementation.createHTMLDocument().createElement("caveat-notes");
    this.element.lang = locale();
    this.root = this.element.attachShadow({ mode: "closed" });
    document.adoptNode(this.element);
    dress(this.root);
    this.root.append(this.inside);
    if (theme) this.wear(theme);
  }

  wear(theme: Theme): void {
    this.inside.dataset.theme = theme;
  }
}
