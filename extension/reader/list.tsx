/**
 * The list of notes in the page, for keyboards and screen readers: real buttons in reading order, out of
 * sight until one has the focus.
 */
import { say } from "../shared/catalogue";
import { shortened } from "../shared/shortened";
import type { Mark } from "./marks";

interface Props {
  readonly marks: readonly Mark[];
  /** A note's button has the focus, or has lost it. */
  readonly look: (mark: Mark | null) => void;
  readonly open: (mark: Mark) => void;
}

export function NoteList({ marks, look, open }: Props) {
  return (
    <nav class="notes" aria-label={say("list_label")} data-caveat="notes">
      <ol>
        {marks.map((mark, at) => (
          <li key={mark.note.id}>
            <button
              type="button"
              data-note={mark.note.id}
              onFocus={() => look(mark)}
              onBlur={() => look(null)}
              onClick={() => open(mark)}
            >
              {say(
                "list_entry",
                at + 1,
                marks.length,
                mark.note.signal.name,
                shortened(mark.note.quote.exact),
              )}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
