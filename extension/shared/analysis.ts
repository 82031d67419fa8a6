/**
 * The server's answer, taken apart as if it came from a stranger.
 *
 * In: whatever JSON came back, and the text that was sent. Out: the parts that are shown, as plain
 * strings of bounded length, offsets in UTF-16 units, links to web pages only. What does not fit the
 * shape is left out where the rest makes sense without it, else `Malformed` is thrown. Nothing of an
 * answer is ever used as markup.
 */
import type { components } from "./api";
import { say } from "./catalogue";
import { type Claim, parseClaims } from "./claims";
import type { Words } from "./community";
import { type Evidence, parseEvidence } from "./evidence";
import { Offsets } from "./offsets";
import { type Fields, fields, line, list, raw, webAddress } from "./stranger";
import { like, searches } from "./ways";

/** The API's shapes, from its OpenAPI document. */
export type Wire = components["schemas"];

export type Family = Wire["Signal"]["family"];
export type Level = Wire["Signal"]["level"];
export const FAMILIES = ["sources", "numbers", "wording", "reasoning", "credit"] as const satisfies Family[];
export const LEVELS = ["question", "quiet", "credit"] as const satisfies Level[];

export type Quote = Readonly<Wire["Quote"]>;
export type Coverage = Readonly<Wire["Coverage"]>;
/** A way out of the page. */
export type Way = Readonly<Pick<Wire["Look"], "title" | "url">>;

/** What a public list says of an outlet, in its own words; places are UTF-16 units. */
export interface Listing extends Readonly<Omit<Wire["Listing"], "places">> {
  readonly places: readonly { readonly start: number; readonly end: number }[];
}

export interface Signal
  extends Readonly<Pick<Wire["Signal"], "id" | "name" | "family" | "level" | "why" | "after">> {
  /** Null where it leads to no web page. */
  readonly reference: string | null;
}

export interface PageNote extends Readonly<Pick<Wire["PageNote"], "id" | "message" | "question">> {
  readonly signal: Signal;
  readonly evidence: readonly Evidence[];
  readonly look: readonly Way[];
}

/** Offsets are UTF-16 units from here on. */
export interface Note extends PageNote, Readonly<Pick<Wire["Note"], "start" | "end">> {
  readonly quote: Quote;
  /** Of the outlets that the words link or cite. */
  readonly listings?: readonly Listing[];
  /** Where a person wrote it: what the card shows in the place of message and question. */
  readonly people?: Words;
}

export interface Analysis extends Readonly<Pick<Wire["Analysis"], "engine" | "language">> {
  readonly notes: readonly Note[];
  readonly pageNotes: readonly PageNote[];
  /** Those that can be looked up, in reading order. */
  readonly claims: readonly Claim[];
  readonly listings: readonly Listing[];
  readonly coverage: Coverage;
  readonly unread: { readonly reason: string; readonly message: string } | null;
}

export class Malformed extends Error {}

const MOST_NOTES = 5_000;
const MOST_RECORDS = 12;
const MOST_LISTINGS = 200;

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
  const claims = parseClaims(body.claims);
  const unread = fields<Wire["Unread"]>(body.unread);
  const listings = list(body.listings, MOST_LISTINGS, entry => parseListing(entry, offsets));
  return {
    engine: line(body.engine) ?? "",
    language: line(body.language),
    claims: [...claims.values()],
    notes: list(body.notes, MOST_NOTES, entry => parseNote(entry, signals, offsets, claims))
      .map(note => withListings(note, listings))
      .sort((a, b) => a.start - b.start || a.end - b.end),
    pageNotes: list(body.page_notes, MOST_NOTES, entry => parsePageNote(entry, signals)),
    listings,
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
    evidence: list(note.evidence, MOST_RECORDS, parseEvidence),
    look: searches(note.look),
  };
}

function parseNote(
  entry: unknown,
  signals: ReadonlyMap<string, Signal>,
  offsets: Offsets,
  claims: ReadonlyMap<string, Claim>,
): Note | null {
  const base = parsePageNote(entry, signals);
  const note = fields<Wire["Note"]>(entry);
  const quote = fields<Wire["Quote"]>(note?.quote);
  if (!base || !note || typeof quote?.exact !== "string" || !quote.exact) return null;
  if (typeof note.start !== "number" || typeof note.end !== "number" || note.start >= note.end) return null;
  return {
    ...base,
    look: [...base.look, ...like(claims.get(String(note.claim))?.suggested ?? [])],
    start: offsets.toUtf16(note.start),
    end: offsets.toUtf16(note.end),
    quote: { exact: quote.exact, prefix: raw(quote.prefix), suffix: raw(quote.suffix) },
  };
}

function parseListing(entry: unknown, offsets: Offsets): Listing | null {
  const listing = fields<Wire["Listing"]>(entry);
  const outlet = line(listing?.outlet);
  const category = line(listing?.category);
  const url = webAddress(listing?.url);
  if (!listing || !outlet || !category || !url) return null;
  const places = list(listing.places, MOST_NOTES, place => {
    const [start, end] = Array.isArray(place) ? (place as unknown[]) : [];
    if (typeof start !== "number" || typeof end !== "number" || start >= end) return null;
    return { start: offsets.toUtf16(start), end: offsets.toUtf16(end) };
  });
  return {
    outlet,
    category,
    url,
    places,
    domain: line(listing.domain) ?? "",
    date: line(listing.date) ?? "",
  };
}

function withListings(note: Note, all: readonly Listing[]): Note {
  const listings = all.filter(({ places }) =>
    places.some(({ start, end }) => start < note.end && note.start < end),
  );
  return listings.length > 0 ? { ...note, listings } : note;
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
