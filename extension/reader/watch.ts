/**
 * Tells when a page has changed under its marks.
 *
 * `changed`: words inside the article's element were added, removed or replaced, and it has been
 * quiet since. `left`: the page has gone to another address without loading anew. Returns a function
 * that stops the watching.
 */
const QUIET = 300; // ms without a change; a page that is still being built is not worth reading yet
const PATIENCE = 2_000; // ms after which a page that never rests is looked at all the same

export function watch(root: Element, told: { changed: () => void; left: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null;
  const later = () => {
    const now = performance.now();
    since ??= now;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        since = null;
        told.changed();
      },
      Math.min(QUIET, Math.max(0, since + PATIENCE - now)),
    );
  };
  const observer = new MutationObserver(later);
  // The parent too: a page that renders anew replaces the article's element itself.
  observer.observe(root.parentElement ?? root, { subtree: true, childList: true, characterData: true });

  const address = () => location.origin + location.pathname + location.search;
  const here = address();
  const moved = () => {
    if (address() !== here) told.left();
  };
  const navigation = (globalThis as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener("currententrychange", moved);
  addEventListener("popstate", moved);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    navigation?.removeEventListener("currententrychange", moved);
    removeEventListener("popstate", moved);
  };
}
