/**
 * What a person wrote, as a card shows it: whose words they are and how they were judged before the words
 * themselves, then what they rest on. The same in the page, in the panel and as a preview.
 *
 * Everything in it is plain text, also of those who mean no good; a source is named with its host.
 */

import { Said, say } from "../shared/catalogue";
import type { Words } from "../shared/community";
import type { Ask } from "../shared/errands";
import { FromElsewhere } from "./elsewhere";
import { Out } from "./out";
import { Rating } from "./rating";
import { Report } from "./report";

interface Props {
  readonly words: Words;
  /** Names the note, for who does not see where it stands. */
  readonly id?: string;
  /** Null where nothing can be asked of the server: a preview. */
  readonly ask: Ask | null;
  /** The words as they are now and here, where they are not those it was written for. */
  readonly changed?: string | null;
  readonly resized?: () => void;
}

export function PeoplesNote({ words, id, ask, changed = null, resized = () => undefined }: Props) {
  return (
    <div class="people" data-caveat="people" data-annotation={words.id} data-status={words.status}>
      <p class="by" data-caveat="by">
        <b>
          <Said message="people_by" values={[<bdi key="author">{words.author}</bdi>]} />
        </b>{" "}
        {howJudged(words)}
      </p>
      {words.elsewhere && <FromElsewhere page={words.elsewhere} words={words.quote.exact} here={changed} />}
      <p {...(id && { id })} class="written" dir="auto" data-caveat="written">
        {words.body}
      </p>
      {words.correction && (
        <p class="written" dir="auto" data-caveat="correction">
          {say("people_corrected", words.correction)}
        </p>
      )}
      <Sources sources={words.sources} />
      {words.reason && (
        <p class="judged" dir="auto" data-caveat="reason">
          {words.reason}
        </p>
      )}
      <Appeal words={words} />
      {ask && words.mayRate && <Rating words={words} ask={ask} resized={resized} />}
      {ask && (
        <div class="around">
          <Out href={words.address} title={words.address}>
            {say("people_page")}
            <span aria-hidden="true"> ↗</span>
          </Out>
          {!words.mine && <Report id={words.id} ask={ask} resized={resized} />}
        </div>
      )}
    </div>
  );
}

/** How it came to be shown, in a few words; who found it helpful, raters or a moderator, the server says. */
export function howJudged({ status, mine }: Pick<Words, "status" | "mine">): string {
  if (status === "helpful") return say("people_helpful");
  if (status === "settled") return say("people_settled");
  if (status === "pending" || status === "needs-ratings")
    return say(mine ? "people_pending_mine" : "people_pending");
  if (status === "hidden") return say("people_hidden");
  return say(status === "not-helpful" ? "people_not_helpful" : "people_withdrawn");
}

/** The way to have a decision against one's own note looked at again. */
export function Appeal({ words: { appeal } }: { readonly words: Pick<Words, "appeal"> }) {
  if (!appeal) return null;
  return (
    <p class="judged" data-caveat="appeal">
      <Out href={appeal} title={appeal}>
        {say("people_appeal")}
        <span aria-hidden="true"> ↗</span>
      </Out>
    </p>
  );
}

export function Sources({ sources }: Pick<Words, "sources">) {
  if (sources.length === 0) return null;
  return (
    <ul class="sources" aria-label={say("people_sources")} data-caveat="sources">
      {sources.map(({ url, title }) => {
        const { host } = new URL(url);
        return (
          <li key={url}>
            <Out href={url} title={url}>
              {title && (
                <>
                  <bdi>{title}</bdi>{" "}
                </>
              )}
              <span class="host">{host}</span>
              <span aria-hidden="true"> ↗</span>
            </Out>
          </li>
        );
      })}
    </ul>
  );
}
