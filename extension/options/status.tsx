/** What a section of the options says of the last change, with a way to take it back. */
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../shared/catalogue";

export interface Word {
  readonly words: string;
  readonly isBad?: boolean;
  /** False where it could not be taken back. */
  readonly undo?: () => Promise<unknown>;
}

/** The line to show, and how to say something in it. */
export function useStatus() {
  const [said, setSaid] = useState<{ word: Word; number: number } | null>(null);
  const tell = (word: Word) => setSaid(before => ({ word, number: (before?.number ?? 0) + 1 }));
  return [<Status key="status" said={said} tell={tell} />, tell] as const;
}

function Status({
  said,
  tell,
}: {
  readonly said: { word: Word; number: number } | null;
  readonly tell: (word: Word) => void;
}) {
  const line = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const undo = said?.word.undo;
  const helped = useRef(0);
  // At every render, since what was pressed may go from the page after the line has said so.
  useEffect(() => {
    if (!said || helped.current === said.number || document.activeElement !== document.body) return;
    // The keyboard goes to where it can be taken back, once.
    helped.current = said.number;
    button.current?.focus();
  });
  return (
    <div class="status">
      <p role="status" tabIndex={-1} ref={line} data-caveat="said" data-bad={said?.word.isBad ?? false}>
        {/* The same words once more are new words to somebody who only hears them. */}
        {said && <span key={said.number}>{said.word.words}</span>}
      </p>
      {undo && (
        <button
          type="button"
          ref={button}
          data-caveat="undo"
          onClick={() => {
            line.current?.focus();
            void undo().then(isUndone => {
              if (isUndone !== false) tell({ words: say("options_undone") });
            });
          }}
        >
          {say("undo")}
        </button>
      )}
    </div>
  );
}
