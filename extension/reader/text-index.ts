/**
 * The text of an article, and where each of its characters stands in the page.
 *
 * In: a root element and what to leave out. Out: one line per block, white space folded as the page
 * shows it, and a list of runs, each a stretch of characters that lie side by side in one text node.
 * Every character of `text` has a place in the page except the line breaks between blocks.
 * The page is only read, never changed.
 */

import { atOnce } from "./slices";

/** `length` characters that start at `start` in the text and at `from` in the node. */
export interface Run {
  readonly node: Text;
  readonly from: number;
  readonly start: number;
  readonly length: number;
}

// Folded: what CSS collapses. Dropped: characters that only say where a word may or may not break;
// they would cut words in two for the reading.
const PIECES =
  /(?<space>[ \t\n\r\f]+)|[\u00AD\u200B\u2060\uFEFF]+|(?<words>[^ \t\n\r\f\u00AD\u200B\u2060\uFEFF]+)/g;
const UNSEEN = /[\s\u00AD\u200B\u2060\uFEFF]+/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export class TextIndex {
  readonly text: string;
  readonly #runs: readonly Run[];
  readonly #byNode = new Map<Text, Run[]>();

  constructor(text: string, runs: readonly Run[]) {
    this.text = text;
    this.#runs = runs;
    for (const run of runs) {
      const list = this.#byNode.get(run.node);
      if (list) list.push(run);
      else this.#byNode.set(run.node, [run]);
    }
  }

  /**
   * Ranges of the page over `text[start:end]`: one, unless something that is no part of the text
   * lies between; then one for each text node. None where nothing of it is in the page.
   */
  ranges(start: number, end: number): Range[] {
    const runs = this.#between(start, end);
    const first = runs[0];
    const last = runs[runs.length - 1];
    if (!first || !last) return [];
    const whole = rangeOf(first, last, start, end);
    if (!whole) return [];
    if (runs.length === 1 || visible(whole.toString()) === visible(this.text.slice(start, end)))
      return [whole];
    const parts: Range[] = [];
    for (let i = 0; i < runs.length; ) {
      let j = i;
      while (runs[j + 1]?.node === runs[i]?.node) j++;
      const part = rangeOf(runs[i] as Run, runs[j] as Run, start, end);
      if (!part) return [];
      parts.push(part);
      i = j + 1;
    }
    return parts;
  }

  /** The offset in the text of a place in the page, or null where that is not part of the text. */
  offset(node: Node, at: number): number | null {
    for (const run of this.#byNode.get(node as Text) ?? []) {
      if (run.from <= at && at <= run.from + run.length) return run.start + at - run.from;
    }
    return null;
  }

  /** The first and last character of the text inside `element`, or null if it holds none. */
  extent(element: Element): { start: number; end: number } | null {
    let extent: { start: number; end: number } | null = null;
    const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const run of this.#byNode.get(node as Text) ?? []) {
        extent ??= { start: run.start, end: run.start };
        extent.end = Math.max(extent.end, run.start + run.length);
      }
    }
    return extent;
  }

  #between(start: number, end: number): Run[] {
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = this.#runs[middle] as Run;
      if (run.start + run.length <= start) low = middle + 1;
      else high = middle;
    }
    const found: Run[] = [];
    for (let run = this.#runs[low]; run && run.start < end; run = this.#runs[++low]) found.push(run);
    return found;
  }
}

/** What decides which elements are read and where lines end. */
export interface Outline {
  /** Is this element, with everything inside it, left out? */
  skips(element: Element): boolean;
  /** Do the words of this text node belong to the article? */
  reads(node: Text): boolean;
  /** Does this element start and end a line? */
  breaks(element: Element): boolean;
}

/** Read the text under `root` in document order. */
export function indexText(root: Node, outline: Outline): TextIndex {
  return atOnce(indexing(root, outline));
}

/** The same in slices. Nodes that a page moves meanwhile end the reading early, and nothing else. */
export function* indexing(root: Node, outline: Outline): Generator<void, TextIndex> {
  const writer = new Writer();
  let node: Node = root;
  walk: for (;;) {
    yield;
    let descend = true;
    if (node.nodeType === Node.TEXT_NODE) {
      if (outline.reads(node as Text)) writer.write(node as Text);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      if (outline.breaks(node as Element)) writer.endLine();
      descend = !outline.skips(node as Element);
    }
    if (descend && node.firstChild) {
      node = node.firstChild;
      continue;
    }
    for (;;) {
      if (node.nodeType === Node.ELEMENT_NODE && outline.breaks(node as Element)) writer.endLine();
      if (node === root) break walk;
      if (node.nextSibling) break;
      if (!node.parentNode) break walk;
      node = node.parentNode;
    }
    node = node.nextSibling;
  }
  return new TextIndex(writer.text, writer.runs);
}

/** Puts lines together; spaces wait until a word follows, so that no line ends in one. */
class Writer {
  text = "";
  readonly runs: Run[] = [];
  #space: { node: Text; from: number } | null = null;
  #lineEnded = false;

  write(node: Text): void {
    for (const piece of node.data.matchAll(PIECES)) {
      if (piece.groups?.space) this.#space ??= { node, from: piece.index };
      else if (piece.groups?.words) this.#words(node, piece.index, piece.groups.words);
    }
  }

  endLine(): void {
    this.#lineEnded = true;
    this.#space = null;
  }

  #words(node: Text, from: number, words: string): void {
    if (this.#lineEnded && this.text) this.text += "\n";
    else if (this.#space && this.text) this.#append(this.#space.node, this.#space.from, " ");
    this.#lineEnded = false;
    this.#space = null;
    this.#append(node, from, words.replace(LONE_SURROGATE, "\uFFFD"));
  }

  #append(node: Text, from: number, characters: string): void {
    const last = this.runs[this.runs.length - 1];
    const start = this.text.length;
    this.text += characters;
    if (
      last &&
      last.node === node &&
      last.from + last.length === from &&
      last.start + last.length === start
    ) {
      this.runs[this.runs.length - 1] = { ...last, length: last.length + characters.length };
    } else {
      this.runs.push({ node, from, start, length: characters.length });
    }
  }
}

/** Null where the page has shortened a node since it was read. */
function rangeOf(first: Run, last: Run, start: number, end: number): Range | null {
  const from = first.from + Math.max(0, start - first.start);
  const to = last.from + Math.min(last.length, end - last.start);
  if (from > first.node.length || to > last.node.length) return null;
  const range = first.node.ownerDocument.createRange();
  range.setStart(first.node, from);
  range.setEnd(last.node, to);
  return range;
}

/** A string without white space and break hints: how the words compare, whatever stands between them. */
export function visible(words: string): string {
  return words.replace(UNSEEN, "").replace(LONE_SURROGATE, "\uFFFD");
}
