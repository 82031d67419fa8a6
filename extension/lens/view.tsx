/** What the lens looks like in each of its states. Knows no server. */
import { useRef } from "preact/hooks";
import { Line } from "../reader/card";
import { Listings } from "../reader/listings";
import { FAMILIES, type Note, type PageNote } from "../shared/analysis";
import type { Article } from "../shared/article";
import type { Answer, Problem } from "../shared/ask";
import { say, sayCount } from "../shared/catalogue";
import { coverageLine } from "../shared/coverage";
import { attributed } from "../shared/evidence";
import { shortened } from "../shared/shortened";
import { lines, Paper } from "./paper";

export type State =
  | { kind: "empty"; text: string; fault?: string }
  | { kind: "reading"; article: Article }
  | { kind: "problem"; article: Article; problem: Problem }
  | { kind: "read"; article: Article; answer: Answer };

export interface Actions {
  readonly read: (article: Article) => void;
  readonly sample: () => void;
  /** Back to the writing desk with this text on it. */
  readonly edit: (text: string) => void;
}

interface Props {
  readonly state: State;
  readonly server: string;
  readonly actions: Actions;
}

export function Lens({ state, server, actions }: Props) {
  return (
    <>
      <header class="top">
        <p class="name">Caveat</p>
        <ul class="legend" aria-label="What the lines mean">
          {FAMILIES.map(family => (
            <li key={family}>
              <Line family={family} />
              {family}
            </li>
          ))}
        </ul>
      </header>
      <main
        data-caveat="lens"
        data-state={state.kind === "read" && state.answer.analysis.unread ? "unread" : state.kind}
        aria-busy={state.kind === "reading"}
      >
        <Body state={state} server={server} actions={actions} />
      </main>
    </>
  );
}

function Body({ state, server, actions }: Props) {
  switch (state.kind) {
    case "empty":
      return <Desk text={state.text} fault={state.fault} server={server} actions={actions} busy={false} />;
    case "reading":
      return <Desk text={state.article.text} server={server} actions={actions} busy={true} />;
    case "problem":
      return (
        <Plain title={state.problem.title} words={state.problem.message}>
          <button type="button" class="main" onClick={() => actions.read(state.article)}>
            Try again
          </button>
          <button type="button" onClick={() => actions.edit(state.article.text)}>
            Back to the text
          </button>
        </Plain>
      );
    case "read": {
      const { unread } = state.answer.analysis;
      if (!unread) return <Read article={state.article} answer={state.answer} actions={actions} />;
      return (
        <Plain title="Not read" words={unread.message}>
          <button type="button" class="main" onClick={() => actions.edit(state.article.text)}>
            Back to the text
          </button>
        </Plain>
      );
    }
  }
}

interface DeskProps {
  readonly text: string;
  readonly fault?: string | undefined;
  readonly server: string;
  readonly actions: Actions;
  readonly busy: boolean;
}

/** Where a text is put in. */
function Desk({ text, fault, server, actions, busy }: DeskProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const read = () => actions.read({ text: field.current?.value ?? "", context: {} });
  return (
    <div class="desk">
      <h1>Read it with a margin</h1>
      <p class="lead">
        Paste an article. The sentences that carry its claims are underlined, and each mark opens a short
        note: what was noticed, and one question to ask.
      </p>
      <form
        onSubmit={event => {
          event.preventDefault();
          read();
        }}
      >
        <label for="text">Text</label>
        <textarea
          id="text"
          ref={field}
          defaultValue={text}
          rows={12}
          placeholder="Paste an article here, one paragraph a line."
          readOnly={busy}
          aria-describedby="fault where"
          onKeyDown={event => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) read();
          }}
        />
        <p id="fault" role="alert" class="fault">
          {fault}
        </p>
        <div class="row">
          <button type="submit" class="main" disabled={busy} data-caveat="read">
            {busy ? "Reading …" : "Read"}
          </button>
          <button type="button" onClick={actions.sample} disabled={busy} data-caveat="sample">
            Try our sample article
          </button>
        </div>
        <p id="where" class="small">
          The text is sent to {server.replace(/^https?:\/\//, "")} and nowhere else. A note is about words,
          never a verdict.
        </p>
      </form>
    </div>
  );
}

function Plain(props: {
  readonly title: string;
  readonly words: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <section class="desk" role="alert" data-caveat="message">
      <h1>{props.title}</h1>
      <p class="lead">{props.words}</p>
      <div class="row">{props.children}</div>
    </section>
  );
}

function Read({
  article,
  answer,
  actions,
}: {
  readonly article: Article;
  readonly answer: Answer;
  readonly actions: Actions;
}) {
  const open = useRef<(note: string) => void>(() => undefined);
  const { analysis, sent } = answer;
  const { notes, pageNotes } = analysis;
  const [claims, rest] = coverageLine(
    analysis.coverage,
    [...notes, ...pageNotes].map(note => note.signal),
  );
  const title = article.context.title ?? null;
  const headed = lines(article.text)[0]?.words.trim() === title;
  const by = [article.context.byline, article.context.site, article.context.published]
    .filter(Boolean)
    .join(" · ");
  // What was sent is what was read: a text above the limit ends where the reading ended.
  const text =
    sent.characters < sent.of ? [...article.text].slice(0, sent.characters).join("") : article.text;
  return (
    <div class="spread">
      <article>
        <p class="coverage" role="status" data-caveat="coverage">
          <b>{claims}</b> · {rest.join(" · ")}
          {sent.characters < sent.of && (
            <span class="small">
              {" "}
              Only the first {sayCount("characters", sent.characters)} were read; the text has{" "}
              {sent.of.toLocaleString("en")}.
            </span>
          )}
        </p>
        {by && <p class="by">{by}</p>}
        {title && !headed && <h1>{title}</h1>}
        {!title && <h1 class="unseen">Your text, read</h1>}
        <Paper text={text} title={title} analysis={analysis} opens={opened => (open.current = opened)} />
      </article>
      <aside aria-label="Notes">
        <div class="row">
          <button type="button" onClick={() => actions.edit("")} data-caveat="clear">
            Another text
          </button>
          <button type="button" onClick={() => actions.edit(article.text)}>
            Edit
          </button>
          <button type="button" onClick={() => window.print()}>
            Print
          </button>
        </div>
        {notes.length + pageNotes.length === 0 && (
          <p class="small">
            Nothing to ask was noticed here. That is no seal of approval: Caveat only looks at the words.
          </p>
        )}
        {pageNotes.length > 0 && (
          <ul class="whole" data-caveat="page-notes">
            {pageNotes.map(note => (
              <li
                key={note.id}
                data-note={note.id}
                data-family={note.signal.family}
                data-level={note.signal.level}
              >
                <WholeNote note={note} />
              </li>
            ))}
          </ul>
        )}
        <ol class="notes" data-caveat="list">
          {notes.map(note => (
            <li
              key={note.id}
              data-note={note.id}
              data-family={note.signal.family}
              data-level={note.signal.level}
            >
              <button type="button" onClick={() => open.current(note.id)}>
                <Entry note={note} />
              </button>
            </li>
          ))}
        </ol>
        <Listings listings={analysis.listings} title={say("listings")} />
      </aside>
    </div>
  );
}

function Entry({ note }: { readonly note: Note }) {
  return (
    <>
      <Line family={note.signal.family} />
      <span class="signal">{note.signal.name}</span>
      <span class="words">“{shortened(note.quote.exact, 70)}”</span>
      <span class="asks">{note.question}</span>
      {note.evidence.map(evidence => {
        const { link, after } = attributed({ signal: note.signal.id }, evidence);
        return (
          <span key={evidence.url + evidence.title} class="on-paper" data-caveat="on-paper">
            {link} {after} {evidence.url}
          </span>
        );
      })}
    </>
  );
}

function WholeNote({ note }: { readonly note: PageNote }) {
  return (
    <div class="entry">
      <Line family={note.signal.family} />
      <span class="signal">{note.signal.name} · the whole text</span>
      <span class="words">{note.message}</span>
      <span class="asks shown">{note.question}</span>
    </div>
  );
}
