/**
 * People's notes were asked for and did not come: that is said quietly, where they would be, with another try.
 *
 * In: what asks again; null where nothing is missed. The line is there from the start, so that a screen reader
 * hears it when it is filled, once and when it suits.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { say } from "../shared/catalogue";

interface Props {
  readonly again: (() => Promise<void>) | null;
  /** Which page is meant, where that changes under it: what came for one says nothing of the next. */
  readonly page?: string;
  readonly resized?: () => void;
}

export function Missed({ again, page, resized = () => undefined }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [hasAsked, setAsked] = useState(false);
  const line = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    if (hasAsked && !again) line.current?.focus({ preventScroll: true }); // the button has gone
    resized();
  }, [isAsking, again === null]);

  useLayoutEffect(() => setAsked(false), [page]);

  async function ask(): Promise<void> {
    if (isAsking || !again) return;
    setAsking(true);
    setAsked(true);
    await again().catch(() => undefined);
    setAsking(false);
  }

  return (
    <div class="missed" data-caveat="missed">
      <p ref={line} role="status" tabIndex={-1}>
        {again && say(isAsking ? "people_asking" : "people_missed")}
        {!again && hasAsked && say("people_came")}
      </p>
      {again && (
        <button type="button" data-caveat="people-again" onClick={() => void ask()}>
          {say("popup_retry")}
        </button>
      )}
    </div>
  );
}
