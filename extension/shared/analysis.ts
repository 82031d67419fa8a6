/**
 * The server's answer, taken apart as if it came from a stranger.
 *
 * In: whatever JSON came back, and the text that was sent. Out: the parts that are shown, as plain
 * strings of bounded length, offsets in UTF-16 units, links to web pages only. What does not fit the
 * shape is left out where the rest makes sense without it, else `Malformed` is thrown. Nothing of an
 * answer is ever used as markup.
 */
import type { components } from "./api";
import { type Message, say } from "./catalogue";
import type { Words } from "./community";
import { Offsets } from "./offsets";

/** The API's shapes, from its OpenAPI document. */
export type Wire = components["schemas"];

export type Family = Wire["Signal"]["family"];
export type Level = Wire["Signal"]["level"];
export const FAMILIES = ["sources", "numbers", "wording", "reasoning", "credit"] as const satisfies Family[];
export const LEVELS = ["question", "quiet", "credit"] as const satisfies Level[];

export type Quote = Readonly<Wire["Quote"]>;
export type Coverage = Readonly<Wire["Coverage"]>;
/** A way out of the page; `date` is null where none is given. */
export type Way = Readonly<Pick<Wire["Evidence"], "title" | "url" | "date">>;

export interface Signal
  extends Readonly<Pick<Wire["Signal"], "id" | "name" | "family" | "level" | "why" | "after">> {
  /** Null where it leads to no web page. */
  readonly reference: string | null;
}

export interface PageNote extends Readonly<Pick<Wire["PageNote"], "id" | "message" | "question">> {
  readonly signal: Signal;
  readonly evidence: readonly Way[];
  readonly look: readonly Way[];
}

/** Offsets are UTF-16 units from here on. */
export interface Note extends PageNote, Readonly<Pick<Wire["Note"], "start" | "end">> {
  readonly quote: Quote;
  /** Where a person wrote it: what the card shows in the place of message and question. */
  readonly people?: Words;
}

/** A claim with its prepared searches. */
export interface Claim extends Readonly<Pick<Wire["Claim"], "id">> {
  readonly words: string;
  readonly look: readonly Way[];
}

export interface Analysis extends Readonly<Pick<Wire["Analysis"], "engine" | "language">> {
  readonly notes: readonly Note[];
  readonly pageNotes: readonly PageNote[];
  /** Those that can be looked up, in reading order. */
  readonly claims: readonly Claim[];
  readonly coverage: Coverage;
  readonly unread: { readonly reason: string; readonly message: string } | null;
}

export class Malformed extends Error {}

const LONGEST_LINE = 2_000; // messages and questions are a sentence or two
const MOST_NOTES = 5_000;
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

export function parseAnalysis(answer: unknown, text: string): Analysis {
  const body = fields<Wire["Analysis"]>(answer);
  if (!body || !Array.isArray(body.notes) || !fields(body.coverage)) {
    throw new Malformed("the answer is not an analysis");
  }
  const signals = new Map<string, Signal>();
  for (const [id, entry] of Object.entries(fields<Wire["Analysis"]["signals"]>(body.signals) ?? {})) {
    const signal = parseSignal(id, entry);
    if (signal) signals.set(id, signal);
  }
  const offsets = new Offsets(text);
  const unread = fields<Wire["Unread"]>(body.unread);
  return {
    engine: line(body.engine) ?? "",
    language: line(body.language),
    notes: list(body.notes, MOST_NOTES, entry => parseNote(entry, signals, offsets)).sort(
      (a, b) => a.start - b.start || a.end - b.end,
    ),
    pageNotes: list(body.page_notes, MOST_NOTES, entry => parsePageNote(entry, signals)),
    claims: list(body.claims, MOST_NOTES, parseClaim),
    coverage: parseCoverage(fields(body.coverage) ?? {}),
    unread: unread && {
      reason: line(unread.reason) ?? "",
      message: line(unread.message) ?? say("unread"),
    },
  };
}

function parseSignal(id: string, entry: unknown): Signal | null {
  const signal = fields<Wire["Signal"]>(entry);
  const name = line(signal?.name);
  const family = FAMILIES.find(known => known === signal?.family);
  const level = LEVELS.find(known => known === signal?.level);
  if (!signal || !name || !family || !level) return null;
  const reference = webAddress(signal.reference);
  return { id, name, family, level, why: line(signal.why) ?? "", after: line(signal.after) ?? "", reference };
}

function parsePageNote(entry: unknown, signals: ReadonlyMap<string, Signal>): PageNote | null {
  const note = fields<Wire["PageNote"]>(entry);
  const signal = signals.get(String(note?.signal));
  const id = line(note?.id);
  const message = line(note?.message);
  if (!note || !signal || !id || !message) return null;
  return {
    id,
    signal,
    message,
    question: line(note.question) ?? "",
    evidence: list(note.evidence, MOST_WAYS, parseWay),
    look: list(note.look, MOST_WAYS, parseLook),
  };
}

function parseNote(entry: unknown, signals: ReadonlyMap<string, Signal>, offsets: Offsets): Note | null {
  const base = parsePageNote(entry, signals);
  const note = fields<Wire["Note"]>(entry);
  const quote = fields<Wire["Quote"]>(note?.quote);
  if (!base || !note || typeof quote?.exact !== "string" || !quote.exact) return null;
  if (typeof note.start !== "number" || typeof note.end !== "number" || note.start >= note.end) return null;
  return {
    ...base,
    start: offsets.toUtf16(note.start),
    end: offsets.toUtf16(note.end),
    quote: { exact: quote.exact, prefix: line(quote.prefix) ?? "", suffix: line(quote.suffix) ?? "" },
  };
}

function parseWay(entry: unknown): Way | null {
  const way = fields<Wire["Evidence"]>(entry);
  const title = line(way?.title);
  const url = webAddress(way?.url);
  return title && url ? { title, url, date: line(way?.date) } : null;
}

/** A search, in the reader's language. */
function parseLook(entry: unknown): Way | null {
  const way = parseWay(entry);
  const at = fields<Wire["Look"]>(entry)?.at;
  if (!way || typeof at !== "string" || !Object.hasOwn(LOOK, at)) return way;
  return { ...way, title: say(LOOK[at as keyof typeof LOOK], way.title) };
}

function parseClaim(entry: unknown): Claim | null {
  const claim = fields<Wire["Claim"]>(entry);
  const id = line(claim?.id);
  const words = line(fields<Wire["Quote"]>(claim?.quote)?.exact);
  const look = list(claim?.look, MOST_WAYS, parseLook);
  return id && words && look.length > 0 ? { id, words, look } : null;
}

function parseCoverage(coverage: Fields<Wire["Coverage"]>): Coverage {
  const count = (value: unknown) => (typeof value === "number" && value > 0 ? Math.floor(value) : 0);
  return {
    sentences: count(coverage.sentences),
    claims: count(coverage.claims),
    attributed: count(coverage.attributed),
    named: count(coverage.named),
  };
}

/** What a stranger says has these fields: any of them may be missing, or be anything. */
type Fields<T> = { readonly [K in keyof T]?: unknown };

function fields<T = Record<never, never>>(value: unknown): Fields<T> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields<T>) : null;
}

function line(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, LONGEST_LINE) : null;
}

function list<T>(value: unknown, most: number, parse: (entry: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap(entry => parse(entry) ?? []);
}

/** The address, if it leads to a web page; `javascript:`, `data:` and the like lead nowhere. */
export function webAddress(value: unknown): string | null {
  if (typeof value !== "string") return null;
  try {
    const url = new URL(value);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
