/**
 * Fact checks of claims like the one that a volunteer writes on, found by machine: a press makes one a source
 * of the note, another press takes it away again. Whether it fits, the volunteer says.
 *
 * In: a draft with its suggestions, as text of strangers. Out: the draft as it is changed.
 */
import { Out } from "../reader/out";
import { Whole } from "../reader/whole";
import { say } from "../shared/catalogue";
import type { Source } from "../shared/community";
import { type Draft, MOST_SOURCES } from "../shared/drafts";
import { checker, day, type Evidence } from "../shared/evidence";
import { shortenedInside } from "../shared/shortened";

interface Props {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** This one was opened. */
  readonly opened: (url: string) => void;
}

const SIGNAL = "checked-before";
const LONGEST_TITLE = 300; // as the field for it has it
const LONG = 160; // characters of a claim or a rating

export function Suggested({ draft, change, opened }: Props) {
  if (draft.suggested.length === 0) return null;
  const sources = draft.sources.filter(({ url, title }) => url.trim() || title.trim());
  return (
    <section class="suggested" aria-label={say("suggested")} data-caveat="suggested">
      <h2>{say("suggested")}</h2>
      <p class="small">{say("suggested_what")}</p>
      <ul>
        {draft.suggested.map(check => {
          const isTaken = sources.some(({ url }) => url.trim() === check.url);
          const without = sources.filter(({ url }) => url.trim() !== check.url);
          return (
            <li key={check.url}>
              <p class="checked">
                <Whole words={check.title} most={LONG} isQuoted />
              </p>
              <p class="small">
                <bdi>{checker(check)}</bdi>
                {check.date && ` · ${day(check.date)}`}
                {check.rating && (
                  <>
                    {" · "}
                    {say("factcheck_rating")}: <Whole words={check.rating} most={LONG} isQuoted />
                  </>
                )}
              </p>
              <p class="actions">
                <button
                  type="button"
                  data-caveat="take-source"
                  aria-pressed={isTaken}
                  disabled={!isTaken && sources.length >= MOST_SOURCES}
                  onClick={() =>
                    change({
                      ...draft,
                      signal: draft.signal || (isTaken ? "" : SIGNAL),
                      sources: isTaken ? without : [...sources, asSource(check)],
                    })
                  }
                >
                  {say("suggested_take")}
                </button>
                <Out href={check.url} title={check.url} pressed={() => opened(check.url)}>
                  {say("factcheck_read")} <span class="host">{new URL(check.url).host}</span>
                  <span aria-hidden="true"> ↗</span>
                </Out>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function asSource(check: Evidence): Source {
  return { url: check.url, title: shortenedInside(`${checker(check)}: ${check.title}`, LONGEST_TITLE) };
}
