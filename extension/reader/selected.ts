/**
 * The words that somebody has selected in an article, as a note on them needs them.
 *
 * In: the page, its selection, the claims that were read in it. Out: the words as the article's text has them,
 * what stands before and after, where they begin in code points, and fact checks of claims like theirs; or why
 * not. The page is only read, and nothing of it is kept here.
 */
import { type Claim, suggestedFor } from "../shared/claims";
import type { Selected } from "../shared/messages";
import { Offsets } from "../shared/offsets";
import { extracting } from "./extract";
import { inSlices } from "./slices";
import type { TextIndex } from "./text-index";

const AROUND = 64; // characters on each side, as many as a server keeps
const LONGEST = 1_000;

export async function selected(page: Document, claims: readonly Claim[]): Promise<Selected> {
  const range = rangeOf(page.getSelection());
  const extraction = await inSlices(extracting(page));
  if ("none" in extraction) return { none: extraction.none };
  if (!range) return { none: "no-selection" };
  const { index, article } = extraction;
  const place = within(index, range);
  if (!place) return { none: "outside" };
  const { start, end } = place;
  if ([...index.text.slice(start, end)].length > LONGEST) return { none: "too-long" };
  return {
    target: {
      exact: index.text.slice(start, end),
      prefix: whole(index.text.slice(Math.max(0, start - AROUND), start)),
      suffix: whole(index.text.slice(end, end + AROUND)),
      start: new Offsets(index.text).toCodePoint(start),
    },
    title: article.context.title || page.title,
    language: article.context.language ?? null,
    suggested: suggestedFor(claims, index.text, place),
  };
}

function rangeOf(selection: Selection | null): Range | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  return selection.getRangeAt(0);
}

/** First and last character of the article's text inside a range, without the spaces at its ends. */
export function within(index: TextIndex, range: Range): { start: number; end: number } | null {
  let start: number | null = null;
  let end: number | null = null;
  for (const [node, from, to] of pieces(range)) {
    for (let at = from; at <= to && start === null; at++) start = index.offset(node, at);
    for (let at = to; at >= from; at--) {
      const found = index.offset(node, at);
      if (found === null) continue;
      end = found;
      break;
    }
  }
  if (start === null || end === null) return null;
  const words = index.text.slice(start, end);
  start += words.length - words.trimStart().length;
  end -= words.length - words.trimEnd().length;
  return start < end ? { start, end } : null;
}

function* pieces(range: Range): Generator<[node: Text, from: number, to: number]> {
  const top = range.commonAncestorContainer;
  const walker = (top.ownerDocument as Document).createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node: Node | null = top.nodeType === Node.TEXT_NODE ? top : walker.nextNode(); node; ) {
    const text = node as Text;
    if (range.intersectsNode(text)) {
      const from = text === range.startContainer ? range.startOffset : 0;
      const to = text === range.endContainer ? range.endOffset : text.length;
      if (from < to) yield [text, from, to];
    }
    node = walker.nextNode();
  }
}

/** Without half a character at its ends. */
function whole(words: string): string {
  return words.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}
