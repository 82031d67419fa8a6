/**
 * Records and fact checks that a server shows beside the words, taken apart as if they came from a stranger:
 * they come from feeds that anybody writes.
 *
 * In: whatever JSON came back. Out: plain text of bounded length and a link to a web page; dates as this
 * reader writes them; each in one line that says whose it is, for paper and for other programs.
 */
import type { components } from "./api";
import { locale, say } from "./catalogue";
import { shortenedInside } from "./shortened";
import { apart, fields, line, webAddress } from "./stranger";

/** Of a fact check the title is the claim as it was checked. What is not given is null. */
export type Evidence = Readonly<components["schemas"]["Evidence"]>;

const LONGEST_DATE = 40;
const LONGEST_NAME = 200;

export function parseEvidence(entry: unknown): Evidence | null {
  const said = fields<Evidence>(entry);
  const title = line(said?.title);
  const url = webAddress(said?.url);
  if (!said || !title || !url) return null;
  return {
    title,
    url,
    date: line(said.date, LONGEST_DATE),
    publisher: line(said.publisher, LONGEST_NAME),
    rating: line(said.rating),
  };
}

/** Is what stands beside a note of this signal a fact check, or a record? */
export function isChecks(signal: string): boolean {
  return signal === "checked-before";
}

/** Who checked it; an address says so too. */
export function checker({ publisher, url }: Evidence): string {
  return publisher ?? new URL(url).host;
}

/** An ISO date as this reader writes it, at the day that stands there whatever the hour; others as they are. */
export function day(date: string): string {
  const [, year, month, ofMonth] = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?!\d))?)?(?![\d-])/.exec(date) ?? [];
  if (!year) return date;
  const at = new Date(`${year}-${month ?? "01"}-${ofMonth ?? "01"}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || (ofMonth && at.getUTCDate() !== Number(ofMonth))) return date;
  const written = new Intl.DateTimeFormat(tag(), {
    timeZone: "UTC",
    year: "numeric",
    ...(month && { month: "long" }),
    ...(ofMonth && { day: "numeric" }),
  });
  return written.format(at);
}

/** The language spoken here as this reader speaks it: in England a day comes before its month. */
function tag(): string {
  const language = locale();
  return navigator.languages.find(each => each.split("-")[0] === language) ?? language;
}

const SHORT = 300; // characters of a claim or a rating where it stands on one line with others

/**
 * What a link to it says, and what stands after that link: whose it is, of when, and what they found. Beside a
 * note of which signal; what a person names as a source says no more than its title.
 */
export function attributed(
  { signal, people }: { readonly signal: string; readonly people?: unknown },
  evidence: Evidence,
): { readonly link: string; readonly after: string } {
  const { title, date, publisher, rating } = evidence;
  if (people) return { link: title, after: "" };
  const words = apart(shortenedInside(title, SHORT));
  const dated = date && day(date);
  if (!isChecks(signal)) {
    const whose = [...(publisher ? [apart(publisher)] : []), ...(dated ? [say("record_as_of", dated)] : [])];
    return { link: words, after: whose.join(", ") };
  }
  const by = [apart(checker(evidence)), ...(dated ? [dated] : [])].join(", ");
  const found = rating && say("in_quotes", apart(shortenedInside(rating, SHORT)));
  return {
    link: say("in_quotes", words),
    after: `${say("factcheck_by")} ${by}.${found ? ` ${say("factcheck_rating")}: ${found}` : ""}`,
  };
}
