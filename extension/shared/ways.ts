/**
 * Ways out of the page: prepared searches, and fact checks of claims that are like one of the article's.
 *
 * In: what a server said, taken apart as if it came from a stranger. Out: links to web pages, in the words of
 * the reader's language where it is known where they lead.
 */
import type { Way, Wire } from "./analysis";
import { type Message, say } from "./catalogue";
import type { Evidence } from "./evidence";
import { shortenedInside } from "./shortened";
import { apart, fields, line, list, webAddress } from "./stranger";

const MOST_WAYS = 12;

/** Where a search leads, as its link says it; the server's own words where it leads elsewhere. */
const LOOK = {
  web: "look_web",
  source: "look_source",
  statistics: "look_statistics",
  "fact-checks": "look_fact_checks",
  wikipedia: "look_wikipedia",
  wikidata: "look_wikidata",
} as const satisfies Record<Wire["Look"]["at"], Message>;

/** Prepared searches. */
export function searches(entries: unknown): Way[] {
  return list(entries, MOST_WAYS, search);
}

function search(entry: unknown): Way | null {
  const way = fields<Wire["Look"]>(entry);
  const title = line(way?.title);
  const url = webAddress(way?.url);
  const at = way?.at;
  if (!title || !url) return null;
  if (typeof at !== "string" || !Object.hasOwn(LOOK, at)) return { title, url };
  return { title: say(LOOK[at as keyof typeof LOOK], title), url };
}

const MOST_LIKE = 2;
const WIDE = 80; // characters of a claim in a link

/** The fact checks of claims that are like one. */
export function like(suggested: readonly Evidence[]): Way[] {
  return suggested.slice(0, MOST_LIKE).map(({ title, url }) => {
    return { title: say("look_like", apart(shortenedInside(title, WIDE))), url };
  });
}
