/**
 * Whether a browser shows a translation of the page. Its words are nobody's: neither the author's nor
 * the reader's.
 *
 * In: the live document, only read. Chrome and Safari's translator says so at the root or leaves nested
 * <font> elements; Edge and Yandex leave marks of their own. Firefox puts other words into the same text
 * nodes and another `lang` at the root, and leaves nothing that its page could not have by itself. It is
 * known by the numbers that it gives elements while their words are away to be translated: `watch` keeps
 * in mind that they were there. Firefox translates what comes near the window, so a page that was
 * translated before anybody watched shows it when it is scrolled or grows; one that stands still does not.
 * There is no way back to the original but to load the page anew, and with it whoever watched.
 */

const FIREFOX = "data-moz-translations-id";
const INHERITS = 'font[style*="vertical-align: inherit"]';
const SIGNS = `${INHERITS} > ${INHERITS}, [_msttexthash], ya-tr-span, [${FIREFOX}]`;

const noticed = new WeakSet<Document>();

export function isTranslated(document: Document): boolean {
  const { classList } = document.documentElement;
  if (classList.contains("translated-ltr") || classList.contains("translated-rtl")) return true;
  return noticed.has(document) || document.querySelector(SIGNS) !== null;
}

/** From now on, do not miss Firefox's numbers: they are gone a moment later. */
export function watchForTranslation(document: Document): void {
  const observer = new MutationObserver(() => {
    noticed.add(document);
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, attributeFilter: [FIREFOX] });
}
