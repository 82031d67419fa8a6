/** What stands where a card was whose note was taken away: that it is gone, and the way back. */
import { say } from "../shared/catalogue";
import type { Mark } from "./marks";

export interface Taken {
  readonly said: string;
  /** Below the words, in the window's coordinates. */
  readonly left: number;
  readonly top: number;
  /** Where the focus was before the card, to give it back. */
  readonly back: Element | null;
  /** Null where there is nothing to undo. */
  readonly undo: (() => void) | null;
}

const GAP = 10; // px, as the card has it
const ROOM = 72; // px that it takes at most, and is kept inside the window with

/** Below the words of a mark, where they are on screen. */
export function below({ ranges }: Mark): Pick<Taken, "left" | "top"> {
  const { left = 0, bottom = 0 } = ranges.at(-1)?.getBoundingClientRect() ?? {};
  return {
    left: Math.max(8, Math.min(left, document.documentElement.clientWidth - 340)),
    top: Math.max(8, Math.min(bottom + GAP, window.innerHeight - ROOM)),
  };
}

export function TakenAway({ taken, origin }: { readonly taken: Taken; readonly origin: DOMRect }) {
  const { said, left, top, undo } = taken;
  return (
    <div
      class="taken"
      data-caveat="taken"
      ref={bar => {
        if (bar) Object.assign(bar.style, { left: `${left - origin.left}px`, top: `${top - origin.top}px` });
      }}
    >
      <p id="caveat-taken" role="status">
        {said}
      </p>
      {undo && (
        <button type="button" data-caveat="undo" aria-describedby="caveat-taken" onClick={undo}>
          {say("undo")}
        </button>
      )}
    </div>
  );
}
