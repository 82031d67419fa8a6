/**
 * The card: one note, as a margin would say it.
 *
 * In: a note and its place among the others. Out: markup for the shadow root or the lens. Everything
 * a server or a page said is text here, and a link opens only when it is pressed.
 */
import { useRef } from "preact/hooks";
import type { Note, Way } from "../shared/analysis";
import { say } from "../shared/catalogue";
import type { Ask } from "../shared/errands";
import type { NoteKeys } from "../shared/messages";
import { type Doing, Footer } from "./footer";
import { Listings } from "./listings";
import type { Mark } from "./marks";
import { Missed } from "./missed";
import { Out } from "./out";
import { PeoplesNote } from "./peoples-note";
import { Beside } from "./record";
import { Wording } from "./wording";

export interface CardProps {
  readonly note: Note;
  /** Which note this is, in reading order, counted from 1. */
  readonly number: number;
  readonly of: number;
  /** The words as they are now, where the page has changed them. */
  readonly changed: string | null;
  /** Other notes on the same words. */
  readonly others: readonly Pick<Mark, "note" | "changed">[];
  readonly pinned: boolean;
  readonly keys: NoteKeys;
  /** The card is higher now, or lower. */
  readonly resized: () => void;
  /** Null where nothing is kept of what is done with a note. */
  readonly doing: Doing | null;
  /** Null where people's notes cannot be rated or reported. */
  readonly ask: Ask | null;
  /** Asks for people's notes again, where they did not come. */
  readonly missed: (() => Promise<void>) | null;
  readonly open: (note: Note) => void;
  readonly step: (by: 1 | -1) => void;
  readonly close: () => void;
}

export function Card(props: CardProps) {
  const { note, number, of, changed, others, pinned, keys, doing, ask, missed } = props;
  const { resized, open, step, close } = props;
  const { signal, people } = note;
  const byMachine = others.map(other => other.note).filter(other => !other.people);
  const wasMissed = useRef(false);
  wasMissed.current ||= missed !== null; // where they came meanwhile, the card says so
  return (
    <div
      class="card"
      role="dialog"
      aria-labelledby="caveat-name"
      aria-describedby="caveat-message"
      tabIndex={-1}
      data-caveat="card"
      data-note={note.id}
      data-signal={signal.id}
      data-family={signal.family}
      data-level={signal.level}
      data-pinned={pinned}
    >
      <div class="head">
        <Line family={signal.family} />
        <h2 id="caveat-name">{signal.name}</h2>
        <span class="walk">
          <span class="count">{say("count", number, of)}</span>
          <button
            type="button"
            class="step"
            data-caveat="previous"
            aria-label={say("card_previous")}
            title={withKeys(say("card_previous"), keys.previous)}
            onClick={() => step(-1)}
          >
            ‹
          </button>
          <button
            type="button"
            class="step"
            data-caveat="next"
            aria-label={say("card_next")}
            title={withKeys(say("card_next"), keys.next)}
            onClick={() => step(1)}
          >
            ›
          </button>
        </span>
      </div>
      <div class="body">
        {people ? (
          <PeoplesNote words={people} id="caveat-message" ask={ask} changed={changed} resized={resized} />
        ) : (
          <p id="caveat-message" class="message" data-caveat="message">
            {note.message}
          </p>
        )}
        {signal.why && (
          <p class="why" data-caveat="why">
            {signal.why}
          </p>
        )}
        {changed && !people?.elsewhere && <Wording before={note.quote.exact} now={changed} />}
        {!people && (
          <Beside
            signal={signal.id}
            evidence={note.evidence}
            words={changed ?? note.quote.exact}
            resized={resized}
          />
        )}
        {note.question && (
          <p class="question" data-caveat="question">
            {note.question}
          </p>
        )}
        <Ways ways={note.look} kind="look" title={say("ways_look")} />
        <Listings listings={note.listings ?? []} resized={resized} />
        {byMachine.length > 0 && (
          <p class="others">
            {say("card_others")}{" "}
            {byMachine.map(other => (
              <button
                key={other.id}
                type="button"
                class="other"
                data-caveat="other"
                data-note={other.id}
                onClick={() => open(other)}
              >
                <Line family={other.signal.family} /> {other.signal.name}
              </button>
            ))}
          </p>
        )}
        {others.map(
          ({ note: other, changed }) =>
            other.people && (
              <section key={other.id} class="beside" aria-label={say("people_also")} data-caveat="beside">
                <h3>
                  <Line family={other.signal.family} /> {other.signal.name}
                </h3>
                <PeoplesNote words={other.people} ask={ask} changed={changed} resized={resized} />
              </section>
            ),
        )}
        {wasMissed.current && <Missed again={missed} resized={resized} />}
      </div>
      <Footer
        signal={signal}
        isPeoples={people !== undefined}
        doing={doing}
        resized={resized}
        close={close}
      />
    </div>
  );
}

function withKeys(what: string, keys: string): string {
  return keys ? say("card_with_keys", what, keys) : what;
}

/** The family's line style, as a sample. */
export function Line({ family }: { readonly family: string }) {
  return (
    <span class={`line line-${family}`} aria-hidden="true">
      {family === "wording" && (
        <svg width="26" height="6" aria-hidden="true">
          <path
            d="M0 3q2.17-5 4.33 0t4.33 0 4.33 0 4.33 0 4.33 0 4.33 0"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
          />
        </svg>
      )}
    </span>
  );
}

export function Ways({
  ways,
  kind,
  title,
}: {
  readonly ways: readonly Way[];
  readonly kind: "evidence" | "look";
  readonly title: string;
}) {
  if (ways.length === 0) return null;
  return (
    <ul class={kind} aria-label={title} data-caveat={kind}>
      {ways.map(way => (
        <li key={way.url + way.title}>
          <Out href={way.url} title={way.url}>
            {way.title}
            <span aria-hidden="true">&nbsp;↗</span>
          </Out>
        </li>
      ))}
    </ul>
  );
}
