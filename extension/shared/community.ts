/**
 * What volunteers wrote and what became of it, as the server tells it: taken apart as if it came from a
 * stranger.
 *
 * In: whatever JSON came back. Out: plain text of bounded length, numbers that are numbers, links to web
 * pages only. An annotation that does not say who wrote what about which words is left out; nothing of
 * one is ever used as markup. Offsets stay code points here: only who has the article can turn them.
 */
import type { Quote } from "./analysis";
import { plain, webAddress } from "./stranger";

export const STATUSES = [
  "pending",
  "needs-ratings",
  "helpful",
  "not-helpful",
  "hidden",
  "withdrawn",
  "settled",
] as const;
export type Status = (typeof STATUSES)[number];

export const VERDICTS = ["helpful", "somewhat", "not"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why an annotation is helpful, and why it is not. */
export const FOR = ["clear", "good-sources", "addresses-claim", "important-context", "neutral"] as const;
export const AGAINST = [
  "sources-missing",
  "opinion",
  "hard-to-understand",
  "wrong-words",
  "not-needed",
] as const;
export const REASONS = [...FOR, ...AGAINST] as const;
export type Reason = (typeof REASONS)[number];

export interface Given {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

/** How many rated it, and on each of two sides that mostly disagree how many of them found it helpful. */
export interface Standing {
  readonly ratings: number;
  readonly sides: readonly { readonly helpful: number; readonly ratings: number }[];
}

export interface Source {
  readonly url: string;
  readonly title: string;
}

export interface Annotation {
  readonly id: string;
  /** `url` is null where it leads to no web page. */
  readonly page: { readonly digest: string; readonly url: string | null; readonly title: string };
  readonly quote: Quote;
  /** Where the words began in the article as its author saw it, in code points. */
  readonly start: number;
  readonly signal: string;
  readonly body: string;
  readonly sources: readonly Source[];
  readonly author: string;
  readonly status: Status;
  readonly created: string;
  readonly revision: number;
  /** Why it stands where it stands, in the server's words. */
  readonly reason: string;
  readonly correction: string | null;
  readonly mine: boolean;
  /** What the one who asks made of it. */
  readonly rating: Given | null;
  /** What was counted; null until the one who asks has rated it, or it is decided. */
  readonly standing: Standing | null;
  /** The page it was written for, where that is another one with the same words. */
  readonly elsewhere?: Elsewhere;
}

export interface Elsewhere {
  readonly url: string;
  readonly title: string;
}

/** On a card. */
export interface Words extends Annotation {
  /** Its reader is connected, and it is not their own. */
  readonly mayRate: boolean;
  /** Its own page at the server. */
  readonly address: string;
  /** Where its author can appeal, if it was a moderator who decided against it; null where nobody did. */
  readonly appeal: string | null;
}

/** An annotation of this server's, as a card has it. */
export function onCard(annotation: Annotation, server: string, mayRate: boolean): Words {
  const { id, mine, status } = annotation;
  const isAgainst = mine && (status === "hidden" || status === "not-helpful");
  return {
    ...annotation,
    mayRate,
    address: `${server}/a/${id}`,
    appeal: isAgainst ? `${server}/account/annotations#n-${id}` : null,
  };
}

/** A page's annotations, for its reader. */
export interface People {
  readonly annotations: readonly Annotation[];
  readonly isConnected: boolean;
  /** They were asked for and did not come: whether there are any is not known. */
  readonly isMissed: boolean;
}

export const NOBODY: People = { annotations: [], isConnected: false, isMissed: false };

/** Longer than the server allows, so that nothing it took is cut. */
const LONGEST_TEXT = 4_000;
const MOST = 200;
const MOST_SOURCES = 12;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of all pages that begin with the same digits: the annotations of this one. Null: this is no answer. */
export function annotationsOf(answer: unknown, digest: string): Annotation[] | null {
  const pages = fields(fields(answer)?.pages);
  return pages && annotations(pages[digest]).filter(({ page }) => page.digest === digest);
}

export function annotations(list: unknown): Annotation[] {
  if (!Array.isArray(list)) return [];
  const found = list.slice(0, MOST).flatMap(entry => parseAnnotation(entry) ?? []);
  return [...new Map(found.map(each => [each.id, each])).values()];
}

export function parseAnnotation(entry: unknown): Annotation | null {
  const said = fields(entry);
  const target = fields(said?.target);
  const page = fields(said?.page);
  const id = text(said?.id);
  const signal = text(said?.signal);
  const body = text(said?.body);
  const author = text(said?.author);
  const exact = raw(target?.exact);
  const status = STATUSES.find(known => known === said?.status);
  if (!said || !UUID.test(id) || !signal || !body || !author || !exact || !status) return null;
  return {
    id: id.toLowerCase(),
    page: { digest: text(page?.digest), url: webAddress(page?.url), title: text(page?.title) },
    quote: { exact, prefix: raw(target?.prefix), suffix: raw(target?.suffix) },
    start: count(target?.start),
    signal: signal.slice(0, 60),
    body,
    sources: list(said.sources, source),
    author: author.slice(0, 80),
    status,
    created: text(said.created),
    revision: count(said.revision),
    reason: text(said.reason),
    correction: text(said.correction) || null,
    mine: said.mine === true,
    rating: given(said.rating),
    standing: standing(said.standing),
  };
}

function source(entry: unknown): Source | null {
  const said = fields(entry);
  const url = webAddress(said?.url);
  return url ? { url, title: text(said?.title) } : null;
}

function given(entry: unknown): Given | null {
  const said = fields(entry);
  const verdict = VERDICTS.find(known => known === said?.verdict);
  if (!verdict) return null;
  return { verdict, reasons: list(said?.reasons, reason => REASONS.find(known => known === reason) ?? null) };
}

function standing(entry: unknown): Standing | null {
  const said = fields(entry);
  if (typeof said?.ratings !== "number") return null;
  const sides = list(said.sides, side => {
    const counted = fields(side);
    return counted && { helpful: halves(counted.helpful), ratings: count(counted.ratings) };
  });
  return { ratings: count(said.ratings), sides: sides.slice(0, 2) };
}

/** Whether one may, why or why not in the server's words, and how many times more today. */
export interface Allowance {
  readonly may: boolean;
  readonly reason: string;
  readonly left: number;
}

/** Who is connected. */
export interface Me {
  readonly alias: string;
  readonly role: string;
  readonly writing: Allowance;
  readonly rating: Allowance;
  /** Why nobody may write or rate for now; empty where everybody may. */
  readonly stopped: string;
  readonly own: readonly Annotation[];
}

export function parseMe(answer: unknown): Me | null {
  const said = fields(answer);
  const role = text(said?.role);
  if (!said || !role) return null;
  return {
    alias: text(said.alias).slice(0, 80),
    role,
    writing: allowance(said.may_write),
    rating: allowance(said.may_rate),
    stopped: text(said.stopped),
    own: annotations(said.annotations),
  };
}

function allowance(entry: unknown): Allowance {
  const said = fields(entry);
  return { may: said?.may === true, reason: text(said?.reason), left: count(said?.left) };
}

export function parseAnnotations(answer: unknown): Annotation[] {
  return annotations(fields(answer)?.annotations);
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? plain(value).slice(0, LONGEST_TEXT) : "";
}

/** Words that are looked for in a page, as they stand there. */
function raw(value: unknown): string {
  return typeof value === "string" ? value.slice(0, LONGEST_TEXT) : "";
}

function count(value: unknown): number {
  return typeof value === "number" && value > 0 && Number.isFinite(value) ? Math.floor(value) : 0;
}

/** "Somewhat" counts half. */
function halves(value: unknown): number {
  return typeof value === "number" && value > 0 && Number.isFinite(value) ? Math.round(value * 2) / 2 : 0;
}

function list<T>(value: unknown, parse: (entry: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_SOURCES).flatMap(entry => parse(entry) ?? []);
}
