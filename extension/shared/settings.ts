/**
 * What a reader has chosen, kept in the browser's own storage (`chrome.storage.local`) and nowhere else.
 *
 * In: the storage area. Out: every setting with a value that can be used: what is missing there, or
 * makes no sense, has its standard. `change` writes some of them; who wants to follow listens to
 * `chrome.storage.onChanged`.
 */
import { FAMILIES, type Family } from "./analysis";
import { STANDARD_SERVER, serverAddress } from "./server";

/** A kind of note that is not shown, by its signal; its name and family as they were when it was hidden. */
export interface Kind {
  readonly signal: string;
  readonly name: string;
  readonly family: Family;
}

export const THEMES = ["page", "light", "dark", "sepia"] as const;
export const STROKES = ["fine", "strong"] as const;

export interface Settings {
  /** The server that is asked. */
  readonly server: string;
  /** Sites that are read without a press: origins such as "https://news.example". */
  readonly sites: readonly string[];
  /** Kinds of notes that are not shown. */
  readonly hidden: readonly Kind[];
  /** Families that are not shown at all. */
  readonly off: readonly Family[];
  /** Are quiet notes painted too? */
  readonly quiet: boolean;
  /** Are the page's notes by other readers asked for and shown? */
  readonly people: boolean;
  /** How heavy the lines under the words are. */
  readonly stroke: (typeof STROKES)[number];
  /** The colours of cards and lines: the page's own, or always the same. */
  readonly theme: (typeof THEMES)[number];
  /** Notes that were called not useful, as digests of their kind and words (see `not-useful.ts`). */
  readonly notUseful: readonly string[];
  /** May the server be told which kinds of notes were called not useful? */
  readonly tell: boolean;
}

export const STANDARD: Settings = {
  server: STANDARD_SERVER,
  sites: [],
  hidden: [],
  off: [],
  quiet: true,
  people: true,
  stroke: "fine",
  theme: "page",
  notUseful: [],
  tell: false,
};

export async function settings(storage: chrome.storage.StorageArea): Promise<Settings> {
  const kept = await storage.get(Object.keys(STANDARD));
  const server = serverAddress(text(kept.server) ?? "");
  return {
    server: "address" in server ? server.address : STANDARD.server,
    sites: list(kept.sites, origin),
    hidden: list(kept.hidden, kind),
    off: list(kept.off, family),
    quiet: typeof kept.quiet === "boolean" ? kept.quiet : STANDARD.quiet,
    people: typeof kept.people === "boolean" ? kept.people : STANDARD.people,
    stroke: one(STROKES, kept.stroke) ?? STANDARD.stroke,
    theme: one(THEMES, kept.theme) ?? STANDARD.theme,
    notUseful: list(kept.notUseful, text),
    tell: typeof kept.tell === "boolean" ? kept.tell : STANDARD.tell,
  };
}

export function change(storage: chrome.storage.StorageArea, some: Partial<Settings>): Promise<void> {
  return storage.set(some);
}

function list<T>(value: unknown, parse: (entry: unknown) => T | null): T[] {
  return Array.isArray(value) ? value.flatMap(entry => parse(entry) ?? []) : [];
}

function one<T>(known: readonly T[], value: unknown): T | null {
  return known.find(each => each === value) ?? null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function family(value: unknown): Family | null {
  return one(FAMILIES, value);
}

function origin(value: unknown): string | null {
  if (typeof value !== "string") return null;
  try {
    const { protocol, origin } = new URL(value);
    return protocol === "https:" || protocol === "http:" ? origin : null;
  } catch {
    return null;
  }
}

function kind(value: unknown): Kind | null {
  if (typeof value !== "object" || value === null) return null;
  const entry: Partial<Record<keyof Kind, unknown>> = value;
  const signal = text(entry.signal);
  const name = text(entry.name);
  const of = family(entry.family);
  return signal && name && of ? { signal, name, family: of } : null;
}
