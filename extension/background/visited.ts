/**
 * What a page remembers of having been read: its address then, and how the text began.
 *
 * Kept in the extension's own world of the page itself, so that it is there for as long as the page,
 * gone with it or when it is loaded anew, and nowhere else: the worker may be ended at any time, and
 * no list of visited addresses comes into being.
 */
import type { Article } from "../shared/article";

declare global {
  var caveatVisited: { address?: string; opening?: string } | undefined;
}

/** Is the page at another address than when this was last asked, or loaded anew? */
export async function isNewAt(tab: number, address: string): Promise<boolean> {
  return run(tab, [address], now => {
    globalThis.caveatVisited ??= {};
    const isNew = globalThis.caveatVisited.address !== now;
    globalThis.caveatVisited.address = now;
    return isNew;
  });
}

/** This text is about to be sent. */
export async function remember(tab: number, article: Article): Promise<void> {
  await run(tab, [opening(article)], now => {
    globalThis.caveatVisited ??= {};
    globalThis.caveatVisited.opening = now;
    return true;
  });
}

/** Tells whether an article is the one that was sent last from this page. */
export async function sentBefore(tab: number): Promise<(article: Article) => boolean> {
  const last = await run(tab, [], () => globalThis.caveatVisited?.opening ?? null);
  return article => opening(article) === last;
}

function opening({ text }: Article): string {
  return text.slice(0, 1_000);
}

async function run<Values extends unknown[], T>(
  tab: number,
  args: Values,
  func: (...values: Values) => T,
): Promise<T> {
  const [frame] = await chrome.scripting.executeScript({ target: { tabId: tab }, func, args });
  return frame?.result as T;
}
