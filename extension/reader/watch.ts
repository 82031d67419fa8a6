/**
 * Tells when a page has changed under its marks.
 *
 * `changed`: words inside the article's element were added, removed or replaced, and it has been
 * quiet since. `left`: the page has gone to another address without loading anew. Returns a function
 * that stops the watching.
 */
const QUIET = 300; // ms without a change; a page that is still being built is not worth reading yet

export function watch(root: Element, told: { changed: () => void; left: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(told.changed, QUIET);
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
