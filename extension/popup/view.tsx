/** What the popup looks like in each of its states. Knows no browser. */

import { Line } from "../reader/card";
import { say } from "../shared/catalogue";
import { count, coverageLine } from "../shared/coverage";
import type { Listed, Outcome, Progress, Reading } from "../shared/messages";
import { shortened } from "../shared/shortened";

export type State = Outcome | { kind: "progress"; step: Progress["step"] } | { kind: "cleared" };

export interface Actions {
  /** Read the page anew, even if its text is the same. */
  readonly again: () => void;
  readonly retry: () => void;
  readonly clear: () => void;
  readonly open: (note: string) => void;
  /** Open the panel beside the page. */
  readonly beside: () => void;
  readonly lens: () => void;
  readonly options: () => void;
}

interface Props {
  readonly state: State;
  readonly server: string;
  readonly actions: Actions;
}

export function Popup({ state, server, actions }: Props) {
  return (
    <main data-caveat="popup" data-state={stateName(state)} aria-busy={state.kind === "progress"}>
      <header>
        <h1>Caveat</h1>
        <button type="button" class="quiet" onClick={actions.options}>
          Options
        </button>
      </header>
      {state.kind === "read" ? (
        <Result reading={state.reading} actions={actions} />
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
        <Message title="The marks are gone" message="Nothing of Caveat is left on this page.">
          <button type="button" class="main" onClick={actions.again}>
            Read this page
          </button>
        </Message>
      );
    case "refused":
      return (
        <Message
          title="This page is left alone"
          message={state.refusal.message}
          small="Nothing was read and nothing was sent."
        >
          {state.refusal.reason !== "letters" && state.refusal.reason !== "money" && (
            <Lens actions={actions} />
          )}
        </Message>
      );
    case "none":
      return (
        <Message title={state.title} message={state.message} small="Nothing was sent.">
          <Lens actions={actions} />
        </Message>
      );
    case "gone":
      return (
        <Message title={state.title} message={state.message}>
          <button type="button" class="main" onClick={actions.retry}>
            Read this page
          </button>
        </Message>
      );
    case "problem":
      return (
        <Message title={state.problem.title} message={state.problem.message}>
          <button type="button" class="main" onClick={actions.retry}>
            Try again
          </button>
          <button type="button" onClick={actions.options}>
            Another server
          </button>
        </Message>
      );
  }
}

const STEPS = {
  finding: "Finding the article",
  asking: "Reading it",
  painting: "Marking the words",
} as const;

function Steps({ step, server }: { readonly step: Progress["step"]; readonly server: string }) {
  return (
    <div class="steps" role="status" data-caveat="progress">
      <p>{STEPS[step]} …</p>
      <div class="thread" />
      <p class="small">
        {step === "finding" ? "The article’s text will be sent to " : "The article’s text goes to "}
        <b>{server}</b>
      </p>
    </div>
  );
}

export function Message(props: {
  readonly title: string;
  readonly message: string;
  readonly small?: string;
  readonly children?: preact.ComponentChildren;
}) {
  return (
    <section class="message" role="alert" data-caveat="message">
      <h2>{props.title}</h2>
      <p>{props.message}</p>
      {props.small && <p class="small">{props.small}</p>}
      <div class="actions">{props.children}</div>
    </section>
  );
}

function Lens({ actions }: { readonly actions: WaysOut }) {
  return (
    <button type="button" onClick={actions.lens}>
      Open the lens
    </button>
  );
}

function Result({ reading, actions }: { readonly reading: Reading; readonly actions: Actions }) {
  if (reading.unread) {
    return (
      <>
        <Message title="Not read" message={reading.unread.message} />
        <WhatWasSent reading={reading} />
      </>
    );
  }
  const all = [...reading.notes, ...reading.pageNotes];
  const [claims, rest] = coverageLine(reading.coverage, all);
  return (
    <>
      <p class="coverage" data-caveat="coverage">
        <b>{claims}</b> · {rest.join(" · ")}
      </p>
      {reading.hidden.length > 0 && (
        <p class="small" data-caveat="hidden">
          {say("popup_hidden", reading.hidden.length)}
        </p>
      )}
      {all.length === 0 && reading.hidden.length === 0 && (
        <p>Nothing to ask was noticed here. That is no seal of approval: Caveat only looks at the words.</p>
      )}
      <div class="lists">
        <Notes title="About the whole article" notes={reading.pageNotes} actions={actions} />
        <Notes
          title={reading.pageNotes.length ? "In the text" : null}
          notes={reading.notes}
          actions={actions}
        />
      </div>
      <WhatWasSent reading={reading} />
      <div class="actions">
        <button type="button" class="main" data-caveat="beside" onClick={actions.beside}>
          Show all notes beside the page
        </button>
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

function Notes({
  title,
  notes,
  actions,
}: {
  readonly title: string | null;
  readonly notes: readonly Listed[];
  readonly actions: Actions;
}) {
  if (notes.length === 0) return null;
  return (
    <section class="notes" aria-label={title ?? "Notes"}>
      {title && <h2>{title}</h2>}
      <ol data-caveat="list">
        {notes.map(note => (
          <li
            key={note.id}
            data-note={note.id}
            data-family={note.family}
            data-level={note.level}
            data-in-page={note.inPage}
          >
            {note.inPage ? (
              <button type="button" class="note" onClick={() => actions.open(note.id)}>
                <Summary note={note} />
              </button>
            ) : (
              <div class="note">
                <Summary note={note} />
                {note.words && <span class="small">Its words are no longer on the page.</span>}
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Summary({ note }: { readonly note: Listed }) {
  return (
    <>
      <Line family={note.family} />
      <span class="name">{note.name}</span>
      <span class="words">{note.words ? `“${shortened(note.words, 90)}”` : note.message}</span>
    </>
  );
}

const ALONG: Readonly<Record<string, string>> = {
  title: "title",
  site: "site name",
  byline: "byline",
  published: "date",
  language: "language",
};

function WhatWasSent({ reading: { sent } }: { readonly reading: Reading }) {
  const along = sent.along.map(name => ALONG[name] ?? name);
  if (sent.links > 0) along.push(count(sent.links, "link"));
  return (
    <p class="sent small" data-caveat="sent">
      Sent to <b>{sent.server}</b>: {sent.characters.toLocaleString("en")} characters of article text
      {along.length > 0 && `, its ${join(along)}`}. Not sent: the page’s address, who you are.
      {sent.characters < sent.of &&
        ` The article is longer (${sent.of.toLocaleString("en")} characters); only the first part was read.`}
    </p>
  );
}

function join(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
