/**
 * What a public list says of the outlets that an article links or cites: a plain line each, in the list's own
 * words. No number, no colour and no sign of approval: it says who says so, and when, and leads there.
 *
 * In: listings, which are a stranger's words. Out: a list that is folded after three.
 */
import type { Analysis, Listing } from "../shared/analysis";
import type { Answer } from "../shared/ask";
import { Said, say, sayCount } from "../shared/catalogue";
import { Out } from "./out";

const SHOWN = 3;
const LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/";

export function Listings({
  listings,
  title,
  resized,
}: {
  readonly listings: readonly Listing[];
  /** What stands above them; none on a card, where it is plain whose they are. */
  readonly title?: string;
  /** Told when more or less of them shows. */
  readonly resized?: () => void;
}) {
  if (listings.length === 0) return null;
  const rest = listings.slice(SHOWN);
  return (
    <section class="listings" aria-label={say("listings")} data-caveat="listings">
      {title && <h2>{title}</h2>}
      <Lines listings={listings.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details onToggle={resized}>
          <summary>{sayCount("listings_more", rest.length)}</summary>
          <Lines listings={rest} />
        </details>
      )}
      <p class="whose">
        <Said
          message="listings_whose"
          values={[
            <Out key="licence" href={LICENCE} title={LICENCE}>
              CC BY-SA 4.0
            </Out>,
          ]}
        />
      </p>
    </section>
  );
}

function Lines({ listings }: { readonly listings: readonly Listing[] }) {
  return (
    <ul>
      {listings.map(({ outlet, category, date, url }) => (
        <li key={url + outlet}>
          <Said
            message={date ? "listing_dated" : "listing"}
            values={[
              <bdi key="outlet">{outlet}</bdi>,
              <bdi key="category" lang="en">
                {category}
              </bdi>,
              date,
            ]}
          />{" "}
          <Out href={url} title={url} label={say("listing_discussion_of", outlet)}>
            {say("listing_discussion")}
            <span aria-hidden="true"> ↗</span>
          </Out>
        </li>
      ))}
    </ul>
  );
}

/** Of other outlets only: the server is not told where a page is, and what it links most is itself. */
export function withoutOwn(answer: Answer, host: string): Answer {
  const { analysis } = answer;
  const isOther = ({ domain }: Listing) => {
    const [theirs = ""] = domain.split("/");
    return !isBelow(host, theirs) && !isBelow(theirs, host.replace(/^www\./, ""));
  };
  const listings = analysis.listings.filter(isOther);
  if (listings.length === analysis.listings.length) return answer;
  const notes = analysis.notes.map(note =>
    note.listings ? { ...note, listings: note.listings.filter(isOther) } : note,
  );
  return { ...answer, analysis: { ...analysis, listings, notes } satisfies Analysis };
}

function isBelow(host: string, other: string): boolean {
  return host === other || (other !== "" && host.endsWith(`.${other}`));
}
