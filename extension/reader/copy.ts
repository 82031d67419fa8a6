/**
 * A copy of a page for Readability to take apart, and the way back from what it leaves to the live page.
 *
 * In: a tree of the live page, only read. Out: a document that loads and runs nothing, made in slices
 * from a list of nodes that is taken at one moment. Each element of the copy carries its number as an
 * attribute *name*, because Readability merges elements by copying attributes, and names add up where
 * values would be overwritten.
 */
import type { Tree } from "./trees";

const MARK = "data-caveat-";
const SHOWN = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT;

export interface Copy {
  readonly document: Document;
  /** The live element of each number. */
  readonly elements: readonly Element[];
  /** The live text node of each text node of the copy. */
  readonly texts: ReadonlyMap<Node, Text>;
}

export interface Kept {
  readonly elements: Set<Element>;
  readonly texts: Set<Text>;
}

export function* copying(tree: Tree, page: Document): Generator<void, Copy> {
  const copy = page.implementation.createHTMLDocument(page.title);
  const elements: Element[] = [];
  const texts = new Map<Node, Text>();
  const copied = new Map<Node, Node>();
  if (tree === page) copy.documentElement.remove();
  else copied.set(tree, mainOf(copy, page));
  copied.set(page, copy);
  for (const [node, parent] of snapshot(tree)) {
    const to = copied.get(parent);
    if (!to || isLeftOut(node)) continue; // what is left out has no copy, and so has nothing inside it
    yield;
    const twin = copy.importNode(node, false); // not `cloneNode`: the page's own elements would come to life
    if (node.nodeType === Node.TEXT_NODE) texts.set(twin, node as Text);
    else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = twin as Element;
      element.setAttribute(MARK + elements.length, "");
      element.removeAttribute("aria-hidden"); // hidden from ears, not from eyes
      elements.push(node as Element);
      copied.set(node, element);
    }
    to.appendChild(twin);
  }
  return { document: copy, elements, texts };
}

/** Every node with its parent, as they are now. */
function snapshot(tree: Tree): [node: Node, parent: Node][] {
  const nodes: [Node, Node][] = [];
  const walker = document.createTreeWalker(tree, SHOWN);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    nodes.push([node, node.parentNode as Node]);
  return nodes;
}

/** For a shadow root: a place in a document with the page's head, which says what the page is. */
function mainOf(copy: Document, page: Document): Element {
  for (const child of page.head.children) copy.head.append(copy.importNode(child, true));
  return copy.body.appendChild(copy.createElement("main"));
}

/** What Readability throws out before it looks at anything else, unseen. */
function isLeftOut(node: Node): boolean {
  const name = node.nodeName;
  if (name === "SCRIPT") return (node as Element).getAttribute("type") !== "application/ld+json";
  return name === "STYLE";
}

/** What of the live page is in the part of the copy that is left; less than there was, if the page has changed. */
export function* survivors(content: Node, { elements, texts }: Copy): Generator<void, Kept> {
  const kept: Kept = { elements: new Set(), texts: new Set() };
  const walker = (content.ownerDocument as Document).createTreeWalker(content);
  for (let node: Node | null = content; node; node = walker.nextNode()) {
    yield;
    const text = texts.get(node);
    if (text) kept.texts.add(text);
    for (const name of (node as Element).getAttributeNames?.() ?? []) {
      if (!name.startsWith(MARK)) continue;
      const element = elements[Number(name.slice(MARK.length))];
      if (element) kept.elements.add(element);
    }
  }
  // A second attempt of Readability parses its copy anew: then only the numbers are left to go by.
  if (kept.texts.size > 0) kept.elements.clear();
  return kept;
}
