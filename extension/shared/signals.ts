/**
 * What a note that a person wrote can be about: the server's catalogue, and what only people can tell.
 *
 * In: a signal's id, as an annotation carries it. Out: its name in the reader's language and the line under
 * its words. The names are those of signals.toml, signals.de.toml and annotations/rules.toml in server/caveat,
 * kept here too because to ask for them while a page is read would tell that the page has notes;
 * tests/extension/test_signal_names.py holds one against the other. A signal that this version does not know
 * yet goes by its id.
 */
import type { Family, Signal } from "./analysis";
import { type Message, say } from "./catalogue";

export const SIGNALS = {
  "missing-context": "reasoning",
  "conflicts-record": "numbers",
  outdated: "numbers",
  "checked-before": "sources",
  "vague-source": "sources",
  "unnamed-source": "sources",
  "second-hand": "sources",
  "study-unlinked": "sources",
  "no-source": "sources",
  "interested-source": "sources",
  "bare-number": "numbers",
  undated: "numbers",
  "loaded-words": "wording",
  promotion: "wording",
  "doubt-words": "wording",
  overstated: "wording",
  "name-calling": "wording",
  hedged: "reasoning",
  "headline-gap": "reasoning",
  "opinion-page": "reasoning",
  "cause-leap": "reasoning",
  pressure: "reasoning",
  remark: "reasoning",
  "named-source": "credit",
  "document-linked": "credit",
  "reply-given": "credit",
  "correction-shown": "credit",
} as const satisfies Readonly<Record<string, Family>>;

/** They say that something else is so, and so must show where. */
export const NEED_SOURCES: readonly string[] = ["missing-context", "conflicts-record", "outdated"];

export type SignalId = keyof typeof SIGNALS;

export function nameOf(id: string): string {
  const name = id.replaceAll("-", "_");
  return isKnown(id) ? say(`signal_${name}` as Message) : id;
}

/** As a mark wants it. What people write is never quiet: they thought it worth saying. */
export function signalOf(id: string): Signal {
  const family: Family = isKnown(id) ? SIGNALS[id] : "reasoning";
  const level = family === "credit" ? "credit" : "question";
  return { id, name: nameOf(id), family, level, why: "", after: "", reference: null };
}

function isKnown(id: string): id is SignalId {
  return Object.hasOwn(SIGNALS, id);
}
