/** What the panel looks like in each of its states. Knows no browser. */
import type { ComponentChild } from "preact";
import { Message } from "../popup/message";
import { Plain, type Actions as PopupActions, type State as PopupState } from "../popup/view";
import { Listings } from "../reader/listings";
import { Missed } from "../reader/missed";
import type { Family } from "../shared/analysis";
import { Said, say, sayCount } from "../shared/catalogue";
import { coverageLine } from "../shared/coverage";
import type { Overview } from "../shared/messages";
import { Claims } from "./claims";
import { decided } from "./decided";
import { HiddenNotes, type ShowAgain } from "./hidden";
import { Filter, NoteList } from "./notes";

export type State =
  | Exclude<PopupState, { kind: "read" }>
  /** Nothing of this tab was read. */
  | { kind: "empty" }
  /** The browser wants the toolbar's button pressed before it lets us near the page. */
  | { kind: "toolbar" }
  | { kind: "notes"; overview: Overview };

export interface Actions extends Omit<PopupActions, "beside" | "write"> {
  /** Show this family's notes, or no longer. */
  readonly toggle: (family: Family) => void;
  /** Show again what was hidden for good. */
  readonly showAgain: (how: ShowAgain) => void;
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
  /** Puts what the panel shows of the page among the rooms of whoever takes part. */
  readonly rooms: (page: ComponentChild) => ComponentChild;
  readonly actions: Actions;
}

export function Panel(props: Props) {
  const { state, actions } = props;
  const overview = state.kind === "notes" ? state.overview : null;
  return (
    <main data-caveat="panel" data-state={stateName(state)} aria-busy={state.kind === "progress"}>
      <header>
        <h1 dir="auto">{overview?.title ?? "Caveat"}</h1>
        <button type="button" class="quiet" onClick={actions.options}>
          {say("popup_options")}
        </button>
      </header>
      <Missed
        again={overview?.reading.isMissingPeople ? actions.askPeople : null}
        page={overview?.address ?? ""}
      />
      {props.rooms(<Body {...props} />)}
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
          <h2>{say("panel_empty_title")}</h2>
          <p>{say("panel_empty")}</p>
          <div class="actions">
            <button type="button" class="main" data-caveat="read" onClick={actions.retry}>
              {say("popup_read")}
            </button>
          </div>
          <p class="small">
            {keys ? (
              <Said message="panel_button_keys" values={[<kbd key="keys">{keys}</kbd>]} />
            ) : (
              say("panel_button")
            )}{" "}
            <Said message="panel_sent_to" values={[<b key="server">{server}</b>]} />
          </p>
        </section>
      );
    case "toolbar":
      return (
        <Message
          title={say("panel_toolbar_title")}
          message={say("panel_toolbar")}
          small={say("nothing_read_nor_sent")}
        >
          {keys && (
            <p>
              <Said message="panel_toolbar_keys" values={[<kbd key="keys">{keys}</kbd>]} />
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

function Notes({ overview, hidden, actions, ...exported }: Props & { readonly overview: Overview }) {
  const { reading, open } = overview;
  if (reading.unread) return <Message title={say("unread_title")} message={reading.unread.message} />;
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
      {all.length === 0 && reading.hidden.length === 0 && <p>{say("no_seal")}</p>}
      <Filter notes={all} hidden={hidden} toggle={actions.toggle} />
      {all.length > 0 && <Exports {...exported} leftOut={decided(overview).leftOut} actions={actions} />}
      {all.length > 0 && shown.length === 0 && <p>{say("panel_no_kind")}</p>}
      {list(
        say("notes_on_the_whole"),
        shown.filter(note => !note.at),
      )}
      {list(
        say("notes_in_the_text"),
        shown.filter(note => note.at && note.inPage),
      )}
      {list(
        say("panel_no_place"),
        shown.filter(note => note.at && !note.inPage),
      )}
      <Claims claims={overview.claims} />
      <Listings listings={reading.listings} title={say("listings")} />
      <HiddenNotes hidden={reading.hidden} showAgain={actions.showAgain} />
      <div class="actions">
        <button type="button" data-caveat="clear" onClick={actions.clear}>
          {say("popup_clear")}
        </button>
        <button type="button" data-caveat="again" onClick={actions.again}>
          {say("popup_again")}
        </button>
      </div>
    </>
  );
}

function Exports({
  address,
  said,
  leftOut,
  actions,
}: Pick<Props, "address" | "said" | "actions"> & { readonly leftOut: number }) {
  return (
    <details class="exports">
      <summary>{say("panel_keep")}</summary>
      <div class="actions">
        <button type="button" data-caveat="copy" onClick={actions.copy}>
          {say("panel_copy")}
        </button>
        <button type="button" data-caveat="save" onClick={actions.save}>
          {say("panel_save")}
        </button>
        <button type="button" data-caveat="print" onClick={actions.print}>
          {say("panel_print")}
        </button>
      </div>
      <label>
        <input
          type="checkbox"
          data-caveat="address"
          checked={address}
          onChange={event => actions.include(event.currentTarget.checked)}
        />
        {say("panel_with_address")}
      </label>
      {leftOut > 0 && (
        <p class="small" data-caveat="left-out">
          {sayCount("panel_left_out", leftOut)}
        </p>
      )}
      <p class="small" role="status" data-caveat="said">
        {said}
      </p>
    </details>
  );
}
