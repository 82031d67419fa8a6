/** What the panel looks like in each of its states. Knows no browser. */
import { Message, Plain, type Actions as PopupActions, type State as PopupState } from "../popup/view";
import type { Family } from "../shared/analysis";
import { coverageLine } from "../shared/coverage";
import type { Overview } from "../shared/messages";
import { Filter, NoteList } from "./notes";

export type State =
  | Exclude<PopupState, { kind: "read" }>
  /** Nothing of this tab was read. */
  | { kind: "empty" }
  /** The browser wants the toolbar's button pressed before it lets us near the page. */
  | { kind: "toolbar" }
  | { kind: "notes"; overview: Overview };

export interface Actions extends Omit<PopupActions, "beside"> {
  /** Show this family's notes, or no longer. */
  readonly toggle: (family: Family) => void;
  readonly copy: () => void;
  readonly save: () => void;
  readonly print: () => void;
  readonly include: (address: boolean) => void;
}

interface Props {
  readonly state: State;
  readonly server: string;
  /** The keys that press the toolbar's button; empty where there are none. */
  readonly keys: string;
  readonly hidden: ReadonlySet<Family>;
  /** Does an export say where the page is? */
  readonly address: boolean;
  /** What came of the last export. */
  readonly said: string;
  readonly actions: Actions;
}

export function Panel(props: Props) {
  const { state, actions } = props;
  return (
    <main data-caveat="panel" data-state={stateName(state)} aria-busy={state.kind === "progress"}>
      <header>
        <h1 dir="auto">{state.kind === "notes" ? state.overview.title : "Caveat"}</h1>
        <button type="button" class="quiet" onClick={actions.options}>
          Options
        </button>
      </header>
      <Body {...props} />
    </main>
  );
}

/** One word a test or a style sheet can go by. */
function stateName(state: State): string {
  if (state.kind === "problem") return state.problem.reason;
  if (state.kind !== "notes") return state.kind;
  return state.overview.reading.unread ? "unread" : "notes";
}

function Body(props: Props) {
  const { state, server, keys, actions } = props;
  switch (state.kind) {
    case "empty":
      return (
        <section class="message" data-caveat="message">
          <h2>Nothing read yet</h2>
          <p>Caveat reads a page when you ask, and not before.</p>
          <div class="actions">
            <button type="button" class="main" data-caveat="read" onClick={actions.retry}>
              Read this page
            </button>
          </div>
          <p class="small">
            Caveat’s button in the toolbar does the same{keys && <Keys keys={keys} />}. The article’s text
            will be sent to <b>{server}</b>.
          </p>
        </section>
      );
    case "toolbar":
      return (
        <Message
          title="Press Caveat’s button in the toolbar"
          message="The browser opens this page to Caveat only after a press there. The notes then appear here too."
          small="Nothing was read and nothing was sent."
        >
          {keys && (
            <p>
              The keys for it
              <Keys keys={keys} />
            </p>
          )}
        </Message>
      );
    case "notes":
      return <Notes {...props} overview={state.overview} />;
    default:
      return <Plain state={state} server={server} actions={actions} />;
  }
}

function Keys({ keys }: { readonly keys: string }) {
  return (
    <>
      {": "}
      <kbd>{keys}</kbd>
    </>
  );
}

function Notes({ overview, hidden, actions, ...exported }: Props & { readonly overview: Overview }) {
  const { reading, open } = overview;
  if (reading.unread) return <Message title="Not read" message={reading.unread.message} />;
  const all = [...reading.pageNotes, ...reading.notes];
  const [claims, rest] = coverageLine(reading.coverage, all);
  // A note whose card is open is listed even where its family is not.
  const shown = all.filter(note => !hidden.has(note.family) || note.id === open);
  const list = (title: string, notes: typeof all) => (
    <NoteList title={title} notes={notes} current={open} open={actions.open} />
  );
  return (
    <>
      <p class="coverage" role="status" data-caveat="coverage">
        <b>{claims}</b>, {rest.join(", ")}
      </p>
      {all.length === 0 && (
        <p>Nothing to ask was noticed here. That is no seal of approval: Caveat only looks at the words.</p>
      )}
      <Filter notes={all} hidden={hidden} toggle={actions.toggle} />
      {all.length > 0 && <Exports {...exported} actions={actions} />}
      {all.length > 0 && shown.length === 0 && <p>No kind of note is switched on.</p>}
      {list(
        "About the whole article",
        shown.filter(note => !note.at),
      )}
      {list(
        "In the text",
        shown.filter(note => note.at && note.inPage),
      )}
      {list(
        "Without a place",
        shown.filter(note => note.at && !note.inPage),
      )}
      <div class="actions">
        <button type="button" data-caveat="clear" onClick={actions.clear}>
          Clear marks
        </button>
        <button type="button" data-caveat="again" onClick={actions.again}>
          Read again
        </button>
      </div>
    </>
  );
}

function Exports({ address, said, actions }: Pick<Props, "address" | "said" | "actions">) {
  return (
    <details class="exports">
      <summary>Keep all notes</summary>
      <div class="actions">
        <button type="button" data-caveat="copy" onClick={actions.copy}>
          Copy as Markdown
        </button>
        <button type="button" data-caveat="save" onClick={actions.save}>
          Save as Web Annotations
        </button>
        <button type="button" data-caveat="print" onClick={actions.print}>
          Print sheet
        </button>
      </div>
      <label>
        <input
          type="checkbox"
          data-caveat="address"
          checked={address}
          onChange={event => actions.include(event.currentTarget.checked)}
        />
        with the page’s address
      </label>
      <p class="small" role="status" data-caveat="said">
        {said}
      </p>
    </details>
  );
}
