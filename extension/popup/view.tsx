/** What the popup looks like in each of its states. Knows no browser. */

import { Missed } from "../reader/missed";
import { type Message as Name, Said, say } from "../shared/catalogue";
import type { Outcome, Progress } from "../shared/messages";
import type { Refusal } from "../shared/refused";
import { Message } from "./message";
import { Result } from "./result";

export type State = Outcome | { kind: "progress"; step: Progress["step"] } | { kind: "cleared" };

export interface Actions {
  /** Read the page anew, even if its text is the same. */
  readonly again: () => void;
  readonly retry: () => void;
  readonly clear: () => void;
  readonly open: (note: string) => void;
  /** Ask for people's notes again, where they did not come. */
  readonly askPeople: () => Promise<void>;
  /** Open the panel beside the page. */
  readonly beside: () => void;
  /** Begin a note on the words selected in the page; null where nobody takes part. */
  readonly write: (() => void) | null;
  readonly lens: () => void;
  readonly options: () => void;
}

/** Where the page is: may it be read without a press? */
export interface Site {
  /** "https://news.example" */
  readonly origin: string;
  readonly isChosen: boolean;
  readonly choose: () => void;
  readonly leave: () => void;
}

interface Props {
  readonly state: State;
  readonly server: string;
  /** Null where no site can be chosen: in a private window, and where there is no page. */
  readonly site: Site | null;
  readonly actions: Actions;
}

export function Popup({ state, server, site, actions }: Props) {
  return (
    <main data-caveat="popup" data-state={stateName(state)} aria-busy={state.kind === "progress"}>
      <header>
        <h1>Caveat</h1>
        <button type="button" class="quiet" onClick={actions.options}>
          {say("popup_options")}
        </button>
      </header>
      <Missed again={state.kind === "read" && state.reading.isMissingPeople ? actions.askPeople : null} />
      {state.kind === "read" ? (
        <Result reading={state.reading} site={site} actions={actions} />
      ) : (
        <Plain state={state} server={server} actions={actions} />
      )}
    </main>
  );
}

/** One word a test or a style sheet can go by. */
function stateName(state: State): string {
  if (state.kind === "read") return state.reading.unread ? "unread" : "read";
  if (state.kind === "problem") return state.problem.reason;
  return state.kind;
}

type WaysOut = Pick<Actions, "again" | "retry" | "lens" | "options">;

/** What stands where no notes are listed: how far it is, or in plain words why not, with a way out. */
export function Plain({
  state,
  server,
  actions,
}: {
  readonly state: Exclude<State, { kind: "read" }>;
  readonly server: string;
  readonly actions: WaysOut;
}) {
  switch (state.kind) {
    case "progress":
      return <Steps step={state.step} server={server} />;
    case "cleared":
      return (
        <Message title={say("cleared_title")} message={say("cleared")}>
          <button type="button" class="main" onClick={actions.again}>
            {say("popup_read")}
          </button>
        </Message>
      );
    case "refused":
      return (
        <Message
          title={say("refused_title")}
          message={state.refusal.message}
          small={say("nothing_read_nor_sent")}
        >
          {!PERSONAL.includes(state.refusal.reason) && <Lens actions={actions} />}
        </Message>
      );
    case "none":
      return (
        <Message title={state.title} message={state.message} small={say("nothing_sent")}>
          <Lens actions={actions} />
        </Message>
      );
    case "gone":
      return (
        <Message title={state.title} message={state.message}>
          <button type="button" class="main" onClick={actions.retry}>
            {say("popup_read")}
          </button>
        </Message>
      );
    case "problem":
      return (
        <Message title={state.problem.title} message={state.problem.message}>
          <button type="button" class="main" onClick={actions.retry}>
            {say("popup_retry")}
          </button>
          <button type="button" onClick={actions.options}>
            {say("popup_other_server")}
          </button>
        </Message>
      );
  }
}

/** Nobody should be invited to paste these anywhere. */
const PERSONAL: readonly string[] = ["letters", "money", "account"] satisfies Refusal["reason"][];

const STEPS = {
  finding: "step_finding",
  asking: "step_asking",
  painting: "step_painting",
} as const satisfies Record<Progress["step"], Name>;

function Steps({ step, server }: { readonly step: Progress["step"]; readonly server: string }) {
  return (
    <div class="steps" role="status" data-caveat="progress">
      <p>{say(STEPS[step])} …</p>
      <div class="thread" />
      <p class="small">
        <Said
          message={step === "finding" ? "will_be_sent_to" : "goes_to"}
          values={[<b key="server">{server}</b>]}
        />
      </p>
    </div>
  );
}

function Lens({ actions }: { readonly actions: WaysOut }) {
  return (
    <button type="button" onClick={actions.lens}>
      {say("popup_lens")}
    </button>
  );
}
