/** Measures an open card and its words, and moves the card to where `stand` says. */
import { isSheet, type Size, stand } from "./stand";

const LOW = 200; // px: in less height than this, a card scrolls with its head and foot

export function seat(card: HTMLElement, ranges: readonly Range[]): void {
  const words = ranges.flatMap(range => [...range.getClientRects()]).filter(box => box.width > 0);
  if (words.length === 0) return;
  const window = size();
  const { style } = card;
  card.toggleAttribute("data-sheet", isSheet(window));
  card.removeAttribute("data-low");
  const rtl = isRightToLeft(ranges[0]);
  const measured = (width: string) => {
    style.width = width;
    style.maxHeight = "";
    const box = card.getBoundingClientRect();
    const natural = { width: box.width, height: Math.ceil(box.height) };
    return { natural, place: stand({ words, card: natural, window, rtl }) };
  };
  let { natural, place } = measured(isSheet(window) ? `${window.width}px` : "");
  // Narrower than it would be, it is higher: ask again.
  if (place.width < natural.width) ({ natural, place } = measured(`${place.width}px`));
  style.width = `${place.width}px`;
  style.maxHeight = `${place.maxHeight}px`;
  card.toggleAttribute("data-low", place.maxHeight < Math.min(natural.height, LOW));
  // From where it stands without any: whatever its containing block is, and however far that is scrolled.
  style.left = style.top = "0";
  const zero = card.getBoundingClientRect();
  style.left = `${place.left - zero.left}px`;
  style.top = `${place.top - zero.top}px`;
}

/** Does a card stay where it is in the window while the page scrolls under it? */
export function staysInWindow(): boolean {
  return isSheet(size());
}

/** The window without its scrollbars, whatever the page has made of its root element. */
function size(): Size {
  const { width, height, scale } = visualViewport ?? { width: innerWidth, height: innerHeight, scale: 1 };
  return { width: width * scale, height: height * scale };
}

function isRightToLeft(range: Range | undefined): boolean {
  const element = range?.startContainer.parentElement;
  return element != null && getComputedStyle(element).direction === "rtl";
}
