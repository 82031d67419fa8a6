/**
 * Where on a page an article can stand: in the document, or in an open shadow root. And where one can
 * stand out of reach: in a closed shadow root, or in a frame, which a reader of
 * its own may read (background/frames.ts).
 *
 * In: the live document, only read. Out: the trees to look into, best first; or what is in the way.
 */
import { shadowRoot } from "#browser";
import type { InTheWay } from "../shared/messages";

export type Tree = Document | ShadowRoot;

const SOME_PROSE = 200; // characters in paragraphs: two or three sentences

/** The document and its open shadow roots that hold prose, the one with most of it first. */
export function trees(document: Document): Tree[] {
  const roots = openRoots(document);
  if (roots.length === 0) return [document];
  const weighed = [document, ...roots].map(tree => ({ tree, prose: prose(tree) }));
  return weighed
    .filter(({ tree, prose }) => tree === document || prose >= SOME_PROSE)
    .sort((a, b) => b.prose - a.prose)
    .map(({ tree }) => tree);
}

function openRoots(tree: Tree): ShadowRoot[] {
  const found: ShadowRoot[] = [];
  for (const element of tree.querySelectorAll("*")) {
    const root = element.shadowRoot;
    if (root) found.push(root, ...openRoots(root));
  }
  return found;
}

function prose(tree: Tree): number {
  let characters = 0;
  for (const paragraph of tree.querySelectorAll("p")) characters += paragraph.textContent.length;
  return characters;
}

/** Why no article was found, if something is seen to be in the way. */
export function inTheWay(document: Document): InTheWay | null {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>("iframe, frame")) {
    const { width, height } = frame.getBoundingClientRect();
    const inside = documentOf(frame);
    // What stands in a frame of another origin cannot be seen: one that fills the window is likely it.
    const fills = width * height > (innerWidth * innerHeight) / 2;
    if (width > 0 && (inside ? prose(inside) >= SOME_PROSE : fills)) return "frame";
  }
  return [document, ...openRoots(document)].some(holdsClosedProse) ? "closed" : null;
}

function holdsClosedProse(tree: Tree): boolean {
  for (const element of tree.querySelectorAll("*")) {
    if (!(element instanceof HTMLElement) || element.shadowRoot || !element.localName.includes("-")) continue;
    const root = shadowRoot(element); // it is enough to know: what is closed stays unread
    if (root && prose(root) >= SOME_PROSE) return true;
  }
  return false;
}

function documentOf(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    return null; // of another origin
  }
}
