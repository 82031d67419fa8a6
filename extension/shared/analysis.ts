/**
 * The server's answer, taken apart as if it came from a stranger.
 *
 * In: whatever JSON came back, and the text that was sent. Out: the parts that are shown, as plain
 * strings of bounded length, offsets in UTF-16 units, links to web pages only. What does not fit the
 * shape is left out where the rest makes sense without it, else `Malformed` is thrown. Nothing of an
 * answer is ever used as markup.
 */
import { Offsets } from "./offsets";

export const FAMILIES = ["sources", "numbers", "wording", "reasoning", "credit"] as const;
export type Family = (typeof FAMILIES)[number];
export const LEVELS = ["question", "quiet", "credit"] as const;
export type Level = (typeof LEVELS)[number];

export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface Signal {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  readonly level: Level;
  readonly why: string;
  readonly after: string;
  readonly reference: string | null;
}

export interface Way {
  readonly title: string;
  readonly url: string;
  readonly date: string | null;
}

export interface PageNote {
  readonly id: string;
  readonly signal: Signal;
  readonly message: string;
  readonly question: string;
  readonly evidence: readonly Way[];
  readonly look: readonly Way[];
}

export interface Note extends PageNote {
  readonly start: number;
  readonly end: number;
  readonly quote: Quote;
}

export interface Coverage {
  readonly sentences: number;
  readonly claims: number;
  readonly attributed: number;
  readonly named: number;
}

export interface Analysis {
  readonly engine: string;
  readonly language: string | null;
  readonly notes: readonly Note[];
  readonly pageNotes: readonly PageNote[];
  readonly coverage: Coverage;
  readonly unread: { readonly reason: string; readonly message: string } | null;
}

export class Malformed extends Error {}

const LONGEST_LINE = 2_000; // messages and questions are a sentence or two
const MOST_NOTES = 5_000;
const MOST_WAYS = 12;

export function parseAnalysis(answer: unknown, text: string): Analysis {
  const body = object(answer);
  if (!body || !Array.isArray(body.notes) || !object(body.coverage)) {
    throw new Malformed("the answer is not an analysis");
  }
  const signals = new Map<string, Signal>();
  for (const [id, entry] of Object.entries(object(body.signals) ?? {})) {
    const signal = parseSignal(id, entry);
    if (signal) signals.set(id, signal);
  }
  const offsets = new Offsets(text);
  const unread = object(body.unread);
  return {
    engine: line(body.engine) ?? "",
    language: line(body.language),
    notes: list(body.notes, MOST_NOTES, entry => parseNote(entry, signals, offsets)).sort(
      (a, b) => a.start - b.start || a.end - b.end,
    ),
    pageNotes: list(body.page_notes, MOST_NOTES, entry => parsePageNote(entry, signals)),
    coverage: parseCoverage(object(body.coverage) ?? {}),
    unread: unread && {
      reason: line(unread.reason) ?? "",
      message: line(unread.message) ?? "This text was not read.",
    },
  };
}

function parseSignal(id: string, entry: unknown): Signal | null {
  const signal = object(entry);
  const name = line(signal?.name);
  const family = FAMILIES.find(known => known === signal?.family);
  const level = LEVELS.find(known => known === signal?.level);
  if (!signal || !name || !family || !level) return null;
  const reference = webAddress(signal.reference);
  return { id, name, family, level, why: line(signal.why) ?? "", after: line(signal.after) ?? "", reference };
}

function parsePageNote(entry: unknown, signals: ReadonlyMap<string, Signal>): PageNote | null {
  const note = object(entry);
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
    look: list(note.look, MOST_WAYS, parseWay),
  };
}

function parseNote(entry: unknown, signals: ReadonlyMap<string, Signal>, offsets: Offsets): Note | null {
  const base = parsePageNote(entry, signals);
  const note = object(entry);
  const quote = object(note?.quote);
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
  const way = object(entry);
  const title = line(way?.title);
  const url = webAddress(way?.url);
  return title && url ? { title, url, date: line(way?.date) } : null;
}

function parseCoverage(coverage: Record<string, unknown>): Coverage {
  const count = (value: unknown) => (typeof value === "number" && value > 0 ? Math.floor(value) : 0);
  return {
    sentences: count(coverage.sentences),
    claims: count(coverage.claims),
    attributed: count(coverage.attributed),
    named: count(coverage.named),
  };
}

function object(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
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
