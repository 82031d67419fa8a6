/**
 * Puts the host of the cards where it is seen, whatever the page does.
 *
 * In the top layer no z-index, transform, filter or clipping of the page reaches it. Where the page
 * forbids that, or has taken the host out of it, its own style (card.css) still shows it. It comes back
 * for a reader's sake, not on a watch of its own: two watches against each other would never rest. What
 * the page shows as a modal dialog makes all around it inert, cards too: that is the page's to do.
 */

/** Something of the page that may lie above the cards: what came last into the top layer is above. */
const RIVALS = ":is(:popover-open, :modal):not(caveat-notes)";

export function raise(host: HTMLElement, inside: HTMLElement, isOpening: boolean): void {
  if (host.parentNode !== document.documentElement) document.documentElement.append(host);
  inside.style.zoom = `${1 / host.currentCSSZoom}`; // of the page's making, not the reader's
  const isUp = host.matches(":popover-open");
  if (isUp && !(isOpening && document.querySelector(RIVALS))) return;
  try {
    if (isUp) host.hidePopover();
    host.popover = "manual";
    host.showPopover();
  } catch {
    // A page's own listener took it away while it was being shown.
  }
}
