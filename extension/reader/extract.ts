/**
 * Finds the article of a page.
 *
 * In: the live document. Out: the article's text with its index, and what the page says about it;
 * or why there is none. Readability works on a clone; each element of the clone carries its number
 * as an attribute *name*, because Readability merges elements by copying attributes, and names add
 * up where values would be overwritten. What survives is mapped back to the live page, whose nodes
 * are only ever read.
 */
import { Readability } from "@mozilla/readability";
import type { Article, Link } from "../shared/article";
import { indexText, type Outline, type TextIndex } from "./text-index";

export type Extraction =
  | { article: Article; index: TextIndex; root: Element }
  | { none: "no-article" | "too-big" };

const MARK = "data-caveat-";
const MOST_ELEMENTS = 100_000; // a page of this size takes Readability seconds; none of the news pages has a tenth
const LONGEST_LINK = 2_000;
const MOST_LINKS = 1_000;

export function extract(document: Document): Extraction {
  if (document.getElementsByTagName("*").length > MOST_ELEMENTS) return { none: "too-big" };
  const clone = document.cloneNode(true) as Document;
  const { elements, texts } = number(document, clone);
  const found = new Readability<Node>(clone, { serializer: node => node }).parse();
  if (!found?.content) return { none: "no-article" };
  const kept = survivors(found.content, elements, texts);
  const root = commonRoot(kept);
  if (!root) return { none: "no-article" };
  const index = indexText(root, outline(kept, root));
  if (!isProse(index.text)) return { none: "no-article" };
  const article: Article = {
    text: index.text,
    context: {
      title: clean(found.title),
      site: clean(found.siteName),
      byline: clean(found.byline),
      published: date(
        found.publishedTime ??
          document.querySelector("article time[datetime], time[datetime]")?.getAttribute("datetime"),
      ),
      language: languageTag(found.lang || document.documentElement.lang),
      links: links(root, index, document.baseURI),
    },
  };
  return { article, index, root };
}

/** Number the clone's elements; remember which live node each node of the clone stands for. */
function number(document: Document, clone: Document): { elements: Element[]; texts: Map<Node, Text> } {
  const elements: Element[] = [];
  const texts = new Map<Node, Text>();
  const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const live = document.createTreeWalker(document, shown);
  const copied = clone.createTreeWalker(clone, shown);
  for (
    let from = live.nextNode(), to = copied.nextNode();
    from && to;
    from = live.nextNode(), to = copied.nextNode()
  ) {
    if (from.nodeType === Node.TEXT_NODE) texts.set(to, from as Text);
    else {
      (to as Element).setAttribute(MARK + elements.length, "");
      elements.push(from as Element);
    }
  }
  return { elements, texts };
}

interface Kept {
  readonly elements: Set<Element>;
  readonly texts: Set<Text>;
}

function survivors(content: Node, elements: Element[], texts: Map<Node, Text>): Kept {
  const kept: Kept = { elements: new Set(), texts: new Set() };
  const walker = (content.ownerDocument as Document).createTreeWalker(content);
  for (let node: Node | null = content; node; node = walker.nextNode()) {
    const text = texts.get(node);
    if (text) kept.texts.add(text);
    for (const name of (node as Element).getAttributeNames?.() ?? []) {
      if (!name.startsWith(MARK)) continue;
      const element = elements[Number(name.slice(MARK.length))];
      if (element) kept.elements.add(element);
    }
  }
  // A second attempt of Readability parses its clone anew: then only the numbers are left to go by.
  if (kept.texts.size > 0) kept.elements.clear();
  return kept;
}

/** The innermost element that holds everything kept. */
function commonRoot(kept: Kept): Element | null {
  let root: Element | null = null;
  for (const node of [...kept.elements, ...kept.texts]) {
    if (!root) root = node instanceof Element ? node : node.parentElement;
    while (root && !root.contains(node)) root = root.parentElement;
  }
  return root;
}

const NEVER = new Set(
  (
    "SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG CANVAS VIDEO AUDIO BUTTON INPUT SELECT TEXTAREA " +
    "NAV ASIDE RT RP " + // RT, RP: readings beside the words, not words of the sentence
    "FIGCAPTION"
  ) // mostly credit lines; they would cut into the paragraph they stand in
    .split(" "),
);
const INLINE = new Set(
  "A ABBR B BDI BDO CITE CODE DEL DFN EM FONT I INS KBD MARK Q S SAMP SMALL SPAN STRONG SUB SUP TIME U VAR".split(
    " ",
  ),
);

function outline(kept: Kept, root: Element): Outline {
  const path = new Set<Element>();
  for (const node of [...kept.elements, ...kept.texts]) {
    for (
      let up: Element | null = node instanceof Element ? node : node.parentElement;
      up && !path.has(up);
      up = up.parentElement
    ) {
      path.add(up);
      if (up === root) break;
    }
  }
  const styles = new Map<Element, CSSStyleDeclaration>();
  const style = (element: Element) => {
    let found = styles.get(element);
    if (!found) {
      found = getComputedStyle(element);
      styles.set(element, found);
    }
    return found;
  };
  return {
    reads: node =>
      kept.texts.has(node) || (node.parentElement !== null && kept.elements.has(node.parentElement)),
    skips: element =>
      !path.has(element) || NEVER.has(element.tagName.toUpperCase()) || isHidden(style(element)),
    breaks: element => element.tagName === "BR" || isBlock(element, style(element)),
  };
}

function isHidden(style: CSSStyleDeclaration): boolean {
  if (style.display === "none" || style.visibility === "hidden" || style.visibility === "collapse")
    return true;
  // Words for screen readers only ("Advertisement", "opens in a new window"): clipped to a point.
  return (
    style.position === "absolute" && (style.width === "1px" || (style.clip !== "" && style.clip !== "auto"))
  );
}

function isBlock(element: Element, style: CSSStyleDeclaration): boolean {
  const display = style.display;
  if (display === "" || display === "none" || display === "contents" || display.startsWith("inline"))
    return false;
  // A floated initial letter is displayed as a block, and still the first letter of its word.
  return !(INLINE.has(element.tagName) && style.cssFloat !== "none" && style.cssFloat !== "");
}

/** Prose has at least one sentence: eight words or more with an end, and twenty words in all. */
function isProse(text: string): boolean {
  const words = (line: string) => line.split(/\s+/).length;
  return (
    words(text) >= 20 &&
    text.split("\n").some(line => words(line) >= 8 && /[.!?…。]["'”’»)\]]*(\s|$)/u.test(line))
  );
}

function links(root: Element, index: TextIndex, base: string): Link[] {
  const found: Link[] = [];
  for (const anchor of root.querySelectorAll("a[href]")) {
    const extent = index.extent(anchor);
    if (!extent || found.length >= MOST_LINKS) continue;
    const href = webAddress(anchor.getAttribute("href") ?? "", base);
    if (href && href.length <= LONGEST_LINK) found.push({ ...extent, href });
  }
  return found;
}

function webAddress(href: string, base: string): string | null {
  try {
    const url = new URL(href, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

function clean(value: string | null | undefined): string | null {
  const words = value?.replace(/\s+/g, " ").trim().slice(0, 500);
  return words ? words : null;
}

/** An ISO 8601 date (and time), or null: pages write dates in every way there is. */
function date(value: string | null | undefined): string | null {
  const text = value?.trim() ?? "";
  if (/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function languageTag(value: string): string | null {
  const tag = value.trim().replace(/_/g, "-");
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : null;
}
