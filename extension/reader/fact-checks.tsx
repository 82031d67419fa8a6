/**
 * Fact checks of a claim: the claim as it was checked, who checked it and when, what they found in their own
 * words, and the way there. Whether it is the same claim is for the reader to say.
 *
 * In: fact checks, as text of strangers. Out: the first of them, and the others behind a press.
 */
import { useLayoutEffect, useState } from "preact/hooks";
import { say, sayCount } from "../shared/catalogue";
import { checker, day, type Evidence } from "../shared/evidence";
import { Out } from "./out";
import { Whole } from "./whole";

interface Props {
  readonly checks: readonly Evidence[];
  readonly resized: () => void;
}

export function FactChecks({ checks: [first, ...others], resized }: Props) {
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(resized, [isOpen]);
  if (!first) return null;
  return (
    <div class="fact-checks" data-caveat="fact-checks">
      <FactCheck check={first} resized={resized} />
      {others.length > 0 && (
        <button
          type="button"
          class="more-checks"
          data-caveat="more-checks"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {sayCount("factcheck_more", others.length)}
        </button>
      )}
      {isOpen &&
        others.map(check => <FactCheck key={check.url + check.title} check={check} resized={resized} />)}
    </div>
  );
}

const LONGEST = { claim: 240, rating: 120, publisher: 60 }; // characters: six lines of a card, three, one

function FactCheck({ check, resized }: { readonly check: Evidence; readonly resized: () => void }) {
  const { title, url, date, rating } = check;
  return (
    <div class="beside-words" data-caveat="fact-check">
      <dl>
        <dt>{say("factcheck_claim")}</dt>
        <dd class="checked" data-caveat="checked-claim">
          <Whole words={title} most={LONGEST.claim} isQuoted resized={resized} />
        </dd>
        <dt>{say("factcheck_by")}</dt>
        <dd data-caveat="checked-by">
          <Whole words={checker(check)} most={LONGEST.publisher} resized={resized} />
          {date && <small> · {day(date)}</small>}
        </dd>
        {rating && (
          <>
            <dt>{say("factcheck_rating")}</dt>
            <dd data-caveat="checked-rating">
              <Whole words={rating} most={LONGEST.rating} isQuoted resized={resized} />
            </dd>
          </>
        )}
      </dl>
      <Out href={url} title={url}>
        {say("factcheck_read")} <span class="host">{new URL(url).host}</span>
        <span aria-hidden="true"> ↗</span>
      </Out>
    </div>
  );
}
