/** The print sheet: the sentences that carry notes, numbered, each with its notes below. Knows no browser. */
import { Line } from "../reader/card";
import type { Way } from "../shared/analysis";
import { say } from "../shared/catalogue";
import { coverageLine } from "../shared/coverage";
import { attributed } from "../shared/evidence";
import type { Listed, Overview } from "../shared/messages";
import { By } from "./notes";
import { markedSentences, type Piece } from "./sentences";

export function Sheet({
  overview: { title, address: page, text, language, reading },
  address,
  print,
}: {
  readonly overview: Overview;
  /** Does the sheet say where the page is? */
  readonly address: boolean;
  readonly print: () => void;
}) {
  const [claims, rest] = coverageLine(reading.coverage, [...reading.pageNotes, ...reading.notes]);
  const sentences = markedSentences(text, language, reading.notes);
  return (
    <main data-caveat="sheet">
      <header>
        <h1 dir="auto">{title}</h1>
        <button type="button" class="main" onClick={print}>
          {say("sheet_print")}
        </button>
      </header>
      {address && <p class="address">{page}</p>}
      <p class="coverage">
        <b>{claims}</b>, {rest.join(", ")}
      </p>
      {reading.pageNotes.length > 0 && (
        <section>
          <h2>{say("notes_on_the_whole")}</h2>
          <Notes notes={reading.pageNotes} />
        </section>
      )}
      {sentences.length > 0 && (
        <section>
          <h2>{say("sheet_sentences")}</h2>
          <ol class="sentences">
            {sentences.map(({ pieces, notes }, number) => (
              <li key={number}>
                <p class="sentence" dir="auto">
                  {pieces.map((piece, at) => (
                    <Words key={at} piece={piece} />
                  ))}
                </p>
                <Notes notes={notes} />
              </li>
            ))}
          </ol>
        </section>
      )}
      <p class="small">{say("sheet_foot")}</p>
    </main>
  );
}

/** A sheet has one line under the words; where notes meet, the one that is shorter names its family. */
function Words({ piece: { words, notes } }: { readonly piece: Piece }) {
  const note = notes.at(-1);
  return note ? <mark class={`under-${note.family}`}>{words}</mark> : <span>{words}</span>;
}

function Notes({ notes }: { readonly notes: readonly Listed[] }) {
  return (
    <ul class="notes">
      {notes.map(note => (
        <li key={note.id} data-note={note.id}>
          <p>
            <Line family={note.family} /> <b>{note.people ? say("people_named", note.name) : note.name}</b>{" "}
            <span class="small">{say(`family_${note.family}`)}</span>
          </p>
          <By note={note} />
          <p dir="auto">{note.message}</p>
          {note.question && <p class="question">{note.question}</p>}
          {note.evidence.map(evidence => {
            const { link, after } = attributed(note, evidence);
            return (
              <Linked key={evidence.url + evidence.title} title={link} url={evidence.url} after={after} />
            );
          })}
          {note.look.map(({ title, url }) => (
            <Linked key={url + title} title={title} url={url} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Linked({ title, url, after }: Way & { readonly after?: string }) {
  return (
    <p class="small">
      <a href={url} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">
        <bdi>{title}</bdi>
      </a>
      {after && <bdi> {after}</bdi>}
    </p>
  );
}

/** The page was left before the sheet was made. */
export function Gone() {
  return (
    <main data-caveat="sheet">
      <h1>{say("gone_title")}</h1>
      <p>{say("sheet_gone")}</p>
    </main>
  );
}
