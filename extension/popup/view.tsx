/** What the popup looks like in each of its states. Knows no browser. */

import { Line } from "../reader/card";
import { locale, type Message as Name, Said, say, sayCount } from "../shared/catalogue";
import { coverageLine } from "../shared/coverage";
import type { Listed, Outcome, Progress, Reading } from "../shared/messages";
import type { Refusal } from "../shared/refused";
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
      {say("popup_lens")}
    </button>
  );
}

function Result({
  reading,
  site,
  actions,
}: {
  readonly reading: Reading;
  readonly site: Site | null;
  readonly actions: Actions;
}) {
  if (reading.unread) {
    return (
      <>
        <Message title={say("unread_title")} message={reading.unread.message} />
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
      {all.length === 0 && reading.hidden.length === 0 && <p>{say("no_seal")}</p>}
      <div class="lists">
        <Notes title={say("notes_on_the_whole")} notes={reading.pageNotes} actions={actions} />
        <Notes
          title={reading.pageNotes.length ? say("notes_in_the_text") : null}
          notes={reading.notes}
          actions={actions}
        />
      </div>
      <WhatWasSent reading={reading} />
      <div class="actions">
        <button type="button" class="main" data-caveat="beside" onClick={actions.beside}>
          {say("popup_beside")}
        </button>
        <button type="button" data-caveat="clear" onClick={actions.clear}>
          {say("popup_clear")}
        </button>
        <button type="button" data-caveat="again" onClick={actions.again}>
          {say("popup_again")}
        </button>
        {actions.write && (
          <button type="button" data-caveat="write" onClick={actions.write}>
            {say("write_begin")}
          </button>
        )}
      </div>
      {site && <Always site={site} />}
    </>
  );
}

function Always({ site }: { readonly site: Site }) {
  const host = new URL(site.origin).host;
  return (
    <p class="always small" data-caveat="always" data-chosen={site.isChosen}>
      <span>{say(site.isChosen ? "always_is" : "always_what", host)}</span>
      <button type="button" onClick={site.isChosen ? site.leave : site.choose}>
        {say(site.isChosen ? "always_stop" : "always")}
      </button>
    </p>
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
    <section class="notes" aria-label={title ?? say("notes")}>
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
                {note.words && <span class="small">{say("words_gone")}</span>}
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
      <span class="name">{note.people ? say("people_named", note.name) : note.name}</span>
      <span class="words">{note.words ? say("in_quotes", shortened(note.words, 90)) : note.message}</span>
    </>
  );
}

const ALONG: Readonly<Record<string, Name>> = {
  title: "along_title",
  site: "along_site",
  byline: "along_byline",
  published: "along_published",
  language: "along_language",
};

function WhatWasSent({ reading: { sent } }: { readonly reading: Reading }) {
  const along = sent.along.map(name => (ALONG[name] ? say(ALONG[name]) : name));
  if (sent.links > 0) along.push(sayCount("along_links", sent.links));
  const characters = sent.characters.toLocaleString(locale());
  return (
    <p class="sent small" data-caveat="sent">
      <Said
        message={along.length > 0 ? "sent_along" : "sent"}
        values={[<b key="server">{sent.server}</b>, characters, joined(along)]}
      />{" "}
      {say("not_sent")}
      {sent.characters < sent.of && ` ${say("sent_part", sent.of)}`}
    </p>
  );
}

function joined(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return say("and", words.slice(0, -1).join(", "), words.at(-1) as string);
}
