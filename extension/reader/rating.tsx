/**
 * Three buttons under a note: helpful, somewhat, not; then why. A press is sent at once, and so is a change
 * of mind.
 *
 * What others made of it is shown once the server says so: after one's own rating. What goes wrong is said
 * here, with what to do, and the rating stays what it was.
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
  readonly words: Pick<Annotation, "id" | "rating" | "standing">;
  readonly ask: Ask;
  readonly resized: () => void;
}

const ASKED: Readonly<Record<Verdict, readonly Reason[]>> = {
  helpful: FOR,
  somewhat: REASONS,
  not: AGAINST,
};

export function Rating({ words, ask, resized }: Props) {
  const [given, setGiven] = useState<Given | null>(words.rating);
  /** What it was before it was changed, to be had back by one press. */
  const [last, setLast] = useState<Given | null>(null);
  const [standing, setStanding] = useState(words.standing);
  const [said, setSaid] = useState("");
  const [isBad, setBad] = useState(false);
  const latest = useRef(0);
  useLayoutEffect(resized, [given, said, standing, last]);

  async function rate(next: Given): Promise<void> {
    const before = given;
    const number = ++latest.current;
    setGiven(next);
    setBad(false);
    setSaid(say("rating_sending"));
    const reply = await ask({ do: "rate", id: words.id, ...next });
    if (number !== latest.current) return; // another press came after it
    if ("fault" in reply) {
      setGiven(before);
      setBad(true);
      setSaid(reply.fault.message);
      return;
    }
    setLast(before?.verdict === next.verdict ? null : before);
    setStanding(reply.done?.standing ?? standing);
    setSaid(say("rating_sent"));
  }

  const toggled = (reason: Reason): Reason[] =>
    REASONS.filter(each => (given?.reasons.includes(each) ?? false) !== (each === reason));

  return (
    <div class="rating" data-caveat="rating">
      <p id={`rate-${words.id}`} class="asked">
        {say("rating_ask")}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that act at once, not a form's fields */}
      <div class="verdicts" role="group" aria-labelledby={`rate-${words.id}`}>
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
