/** What was read, in the popup: what was looked at, what was found, what was sent, and what to do next. */
import { Line } from "../reader/card";
import { Listings } from "../reader/listings";
import { locale, type Message as Name, Said, say, sayCount } from "../shared/catalogue";
import { coverageLine } from "../shared/coverage";
import type { Listed, Reading } from "../shared/messages";
import { shortened } from "../shared/shortened";
import { Message } from "./message";
import type { Actions, Site } from "./view";

export function Result({
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
        <Listings listings={reading.listings} title={say("listings")} />
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
