/**
 * Three buttons under a note: helpful, somewhat, not; then why. A press is sent at once, and so is a change
 * of mind; a rating can be taken back altogether.
 *
 * What others made of it is shown once the server says so: after one's own rating, and no longer than that
 * stands. What goes wrong is said here, with what to do, and the rating stays what it was.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Message, say, sayCount } from "../shared/catalogue";
import {
  AGAINST,
  type Annotation,
  FOR,
  type Given,
  REASONS,
  type Reason,
  type Standing,
  VERDICTS,
  type Verdict,
} from "../shared/community";
import type { Ask } from "../shared/errands";

interface Props {
  readonly words: Pick<Annotation, "id" | "revision" | "rating" | "standing">;
  readonly ask: Ask;
  readonly resized: () => void;
}

const ASKED: Readonly<Record<Verdict, readonly Reason[]>> = {
  helpful: FOR,
  somewhat: REASONS,
  not: AGAINST,
};

type Rated = Pick<Annotation, "rating" | "standing">;

/** What was rated since a note came: a card that is opened again shows it. */
const since = new WeakMap<Props["words"], Rated>();

export function Rating({ words, ask, resized }: Props) {
  const known = since.get(words) ?? words;
  const [given, setGiven] = useState<Given | null>(known.rating);
  /** What it was before it was changed, to be had back by one press. */
  const [last, setLast] = useState<Given | null>(null);
  const [standing, setStanding] = useState(known.standing);
  const [said, setSaid] = useState("");
  const [isBad, setBad] = useState(false);
  const latest = useRef(0);
  const verdicts = useRef<HTMLDivElement>(null);
  useLayoutEffect(resized, [given, said, standing, last]);

  /** Null takes it back. */
  async function rate(next: Given | null): Promise<void> {
    const before = given;
    const number = ++latest.current;
    setGiven(next);
    setBad(false);
    setSaid(say("rating_sending"));
    const of = { id: words.id, revision: words.revision }; // what was read is what is rated
    const reply = await (next ? ask({ do: "rate", ...of, ...next }) : ask({ do: "unrate", ...of }));
    if (number !== latest.current) return; // another press came after it
    if ("fault" in reply) {
      setGiven(before);
      setBad(true);
      setSaid(reply.fault.message);
      return;
    }
    const now = next ? (reply.done?.standing ?? standing) : null;
    since.set(words, { rating: next, standing: now });
    setLast(before?.verdict === next?.verdict ? null : before);
    setStanding(now);
    setSaid(say(next ? "rating_sent" : "rating_taken_back"));
  }

  function takeBack(): void {
    verdicts.current?.querySelector("button")?.focus({ preventScroll: true }); // this button goes
    void rate(null);
  }

  const toggled = (reason: Reason): Reason[] =>
    REASONS.filter(each => (given?.reasons.includes(each) ?? false) !== (each === reason));

  return (
    <div class="rating" data-caveat="rating">
      <p id={`rate-${words.id}`} class="asked">
        {say("rating_ask")}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that act at once, not a form's fields */}
      <div ref={verdicts} class="verdicts" role="group" aria-labelledby={`rate-${words.id}`}>
        {VERDICTS.map(verdict => (
          <button
            key={verdict}
            type="button"
            data-verdict={verdict}
            aria-pressed={given?.verdict === verdict}
            onClick={() =>
              given?.verdict !== verdict &&
              void rate({ verdict, reasons: (given?.reasons ?? []).filter(r => ASKED[verdict].includes(r)) })
            }
          >
            {say(`verdict_${verdict}`)}
          </button>
        ))}
      </div>
      {given && (
        <fieldset>
          <legend>{say("rating_why")}</legend>
          {ASKED[given.verdict].map(reason => (
            <label key={reason}>
              <input
                type="checkbox"
                data-reason={reason}
                checked={given.reasons.includes(reason)}
                onChange={() => void rate({ ...given, reasons: toggled(reason) })}
              />
              {why(reason)}
            </label>
          ))}
        </fieldset>
      )}
      {given && standing && (
        <p class="judged" data-caveat="standing">
          {soFar(standing)}
        </p>
      )}
      <p role="status" class="judged" data-caveat="rated" data-bad={isBad}>
        {said}
      </p>
      {given && (
        <button type="button" class="undo" data-caveat="take-rating-back" onClick={takeBack}>
          {say("rating_take_back")}
        </button>
      )}
      {last && (
        <button type="button" class="undo" data-caveat="undo-rating" onClick={() => void rate(last)}>
          {say("undo")}
        </button>
      )}
    </div>
  );
}

function why(reason: Reason): string {
  const name = reason.replaceAll("-", "_");
  return say(`reason_${name}` as Message);
}

function soFar({ ratings, sides: [one, other] }: Standing): string {
  if (!one?.ratings || !other?.ratings) return sayCount("rating_number", ratings);
  return say("rating_standing", one.helpful, one.ratings, other.helpful, other.ratings);
}
