/**
 * What its reader's hand does in a page with marks: a pointer that rests on one, a press on one, Escape.
 *
 * In: where the marks and the card are. Out: what was meant by it. A page's own script is not its reader, and a
 * press on a link or a button of the page means that link or button. Goes with its signal.
 */
import type { Mark } from "./marks";
import { staysInWindow } from "./seat";
import { later } from "./slices";

const REST = 160; // ms a pointer rests on a mark before its card shows: passing over is not asking
const GRACE = 280; // ms to get from the words to the card

interface Listener {
  /** What holds the cards. */
  readonly host: Element;
  readonly at: (x: number, y: number) => Mark | null;
  /** The card that is open. */
  readonly open: () => { readonly mark: Mark; readonly pinned: boolean } | null;
  /** Is there anything to close? */
  readonly isShown: () => boolean;
  /** The pointer rests on another mark than the open card's, or has left that one. */
  readonly rested: (mark: Mark | null) => void;
  readonly pressed: (mark: Mark) => void;
  readonly pressedInside: () => void;
  readonly close: () => void;
  /** The words are elsewhere in the window now. */
  readonly moved: () => void;
}

export interface Hand {
  /** Calls off what a resting pointer is about to bring. */
  callOff(): void;
}

export function follow(told: Listener, signal: AbortSignal): Hand {
  let callOff = () => {};
  const isInside = (event: Event) => event.composedPath().includes(told.host);

  function rest(event: PointerEvent): void {
    if (!event.isTrusted) return;
    if (event.pointerType === "touch" || event.buttons !== 0 || told.open()?.pinned) return;
    callOff();
    if (isInside(event)) return;
    const { clientX: x, clientY: y } = event;
    callOff = later(told.open() ? GRACE : REST, () => {
      const mark = told.at(x, y);
      const open = told.open();
      if (mark === (open?.mark ?? null) || open?.pinned) return;
      told.rested(mark);
    });
  }

  function click(event: MouseEvent): void {
    if (event.button !== 0 || !event.isTrusted) return;
    if (isInside(event)) {
      told.pressedInside();
      return;
    }
    const [within] = event.composedPath(); // in a shadow root, too
    const target = within instanceof Element ? within : null;
    const itsOwn = target?.closest(
      "a[href], button, input, select, textarea, label, summary, [contenteditable]",
    );
    const selecting = !(getSelection()?.isCollapsed ?? true);
    if (itsOwn) return;
    const mark = selecting ? null : told.at(event.clientX, event.clientY);
    if (mark) told.pressed(mark);
    else if (told.isShown()) told.close();
  }

  function key(event: KeyboardEvent): void {
    if (!event.isTrusted || event.key !== "Escape" || !told.isShown()) return;
    told.close();
    event.stopPropagation();
  }

  const passive = { signal, passive: true, capture: true };
  addEventListener("pointermove", rest, passive);
  addEventListener("click", click, { signal });
  addEventListener("keydown", key, { signal, capture: true });
  addEventListener("resize", () => told.moved(), passive);
  // The card stands still beside its words; it must follow only where the words scroll inside a box, or
  // under a sheet, which stays where it is in the window.
  addEventListener(
    "scroll",
    event => (event.target !== document || staysInWindow()) && told.moved(),
    passive,
  );
  return { callOff: () => callOff() };
}
