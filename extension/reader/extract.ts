/**
 * Finds the article of a page.
 *
 * In: the live document. Out: the article's text with its index, and what the page says about it;
 * or why there is none. Readability works on a copy; what it leaves is mapped back to the live page,
 * whose nodes are only ever read.
 */
import { Readability } from "readability-in-pieces";
import type { Article, Link } from "../shared/article";
import type { InTheWay } from "../shared/messages";
import { copying, type Kept, survivors } from "./copy";
import { leading } from "./leading";
import { atOnce } from "./slices";
import { indexing, type Outline, type TextIndex } from "./text-index";
import { isTranslated } from "./translation";
import { inTheWay, type Tree, trees } from "./trees";

export type Extraction =
  | { article: Article; index: TextIndex; root: Element; tree: Tree }
  | { none: "no-article" | "too-big" | InTheWay };

const MOST_ELEMENTS = 100_000; // a page of this size takes Readability seconds; none of the news pages has a tenth
const LONGEST_LINK = 2_000;
const MOST_LINKS = 1_000;

export function extract(document: Document): Extraction {
  return atOnce(extracting(document));
}

/** The same in slices. */
export function* extracting(document: Document): Generator<void, Extraction> {
  if (document.getElementsByTagName("*").length > MOST_ELEMENTS) return { none: "too-big" };
  if (isTranslated(document)) return { none: "translated" };
  for (const tree of trees(document)) {
    let found = yield* within(tree, document);
    // Half of it went while it was looked at. Such a page is looked at again without a pause.
    if (found === "moved") found = atOnce(within(tree, document));
    if (found && found !== "moved") return found;
  }
  return { none: inTheWay(document) ?? "no-article" };
}

function* within(
  tree: Tree,
  document: Document,
): Generator<void, Exclude<Extraction, { none: string }> | "moved" | null> {
  const copy = yield* copying(tree, document);
  const finder = new Finder<Node>(copy.document, { serializer: node => node, keepClasses: true });
  const found = yield* finder.parse();
  if (!found?.content) return null;
  const kept = yield* survivors(found.content, copy);
  if (hasMoved(kept)) return "moved";
  const root = yield* commonRoot(kept);
  if (!root) return null;
  const index = yield* indexing(root, yield* outlining(kept, root));
  if (!isProse(index.text)) return null;
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
      links: yield* links(root, index, leading(document)),
    },
  };
  return { article, index, root, tree };
}

/**
 * Readability without what it does for the looks of its result, and with one question asked in another
 * order: whether an element is named like a byline comes before how long its text is. Putting together
 * the text of every element is a third of the time on a long page, and the answer is the same.
 */
class Finder<T> extends Readability<T> {
  _isValidByline(element: Element, names: string): boolean {
    const named =
      element.getAttribute("rel") === "author" ||
      element.getAttribute("itemprop")?.includes("author") ||
      /byline|author|dateline|writtenby|p-author/i.test(names);
    const length = named ? (element.textContent?.trim().length ?? 0) : 0;
    return length > 0 && length < 100;
  }

  _cleanStyles(): void {}
  _fixLazyImages(): void {}
  _postProcessContent(): void {}
}

function hasMoved({ elements, texts }: Kept): boolean {
  const all = [...elements, ...texts];
  return all.filter(node => node.isConnected).length * 2 < all.length;
}

/** The innermost element that holds everything kept. */
function* commonRoot(kept: Kept): Generator<void, Element | null> {
  let root: Element | null = null;
  for (const node of [...kept.elements, ...kept.texts]) {
    yield;
    if (!node.isConnected) continue;
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

function* outlining(kept: Kept, root: Element): Generator<void, Outline> {
  const path = new Set<Element>();
  for (const node of [...kept.elements, ...kept.texts]) {
    yield;
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
    reads: node => {
      const parent = node.parentElement;
      if (!parent || !(kept.texts.has(node) || kept.elements.has(parent))) return false;
      return !/hidden|collapse/.test(style(parent).visibility) && !isFolded(node);
    },
    skips: element =>
      !path.has(element) ||
      NEVER.has(element.tagName.toUpperCase()) ||
      isHidden(style(element)) ||
      isFolded(element),
    breaks: element => element.tagName === "BR" || isBlock(element, style(element)),
  };
}

/** Inside a <details> that is closed: there, but not shown until somebody opens it. */
function isFolded(node: Node): boolean {
  const parent = node.parentElement;
  return parent?.tagName === "DETAILS" && !(parent as HTMLDetailsElement).open && node.nodeName !== "SUMMARY";
}

function isHidden(style: CSSStyleDeclaration): boolean {
  if (style.display === "none") return true;
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
  let words = 0;
  let hasSentence = false;
  for (const line of text.split("\n")) {
    const here = line.split(/\s+/).length;
    words += here;
    hasSentence ||= here >= 8 && /[.!?…。]["'”’»)\]]*(\s|$)/u.test(line);
    if (hasSentence && words >= 20) return true;
  }
  return false;
}

function* links(
  root: Element,
  index: TextIndex,
  leads: (href: string) => string | null,
): Generator<void, Link[]> {
  const found: Link[] = [];
  for (const anchor of root.querySelectorAll("a[href]")) {
    yield;
    if (anchor.parentElement?.closest("a[href]")) continue; // a link within a link is part of it
    const extent = index.extent(anchor);
    if (!extent || found.length >= MOST_LINKS) continue;
    const href = leads(anchor.getAttribute("href") ?? "");
    if (href !== null && href.length <= LONGEST_LINK) found.push({ ...extent, href });
  }
  return found;
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
