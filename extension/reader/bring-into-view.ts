/** Scrolls a mark into the upper part of the window, where its card has room below; at once, for whoever wants less motion. */
import type { Mark } from "./marks";

export function bringIntoView(mark: Mark): void {
  const box = mark.ranges[0]?.getBoundingClientRect();
  if (!box) return;
  const room = window.innerHeight;
  if (box.top >= 8 && box.bottom <= room * 0.6) return;
  const near = mark.ranges[0]?.startContainer.parentElement;
  near?.scrollIntoView({ block: "nearest", behavior: "instant" });
  const now = mark.ranges[0]?.getBoundingClientRect() ?? box;
  window.scrollBy({ top: now.top - room * 0.25, behavior: "instant" });
}
