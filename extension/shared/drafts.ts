/**
 * What a volunteer is writing, kept in the browser until the server has it.
 *
 * In: the storage area. Out: drafts that can be used, whatever lies there; one entry each, so that the panel
 * that writes one and the background that sends another do not overwrite each other. A draft has its name
 * (the client id) from when it is begun: sent twice, it is one annotation.
 */

import type { Source } from "./community";
import { type Evidence, parseEvidence } from "./evidence";
import { NEED_SOURCES } from "./signals";
import { list, webAddress } from "./stranger";

export interface Draft {
  readonly id: string;
  /** ms since 1970. */
  readonly begun: number;
  readonly page: { readonly url: string; readonly title: string };
  /** `start` in code points of the article's text. */
  readonly target: Target;
  readonly language: string | null;
  /** Empty until it is chosen. */
  readonly signal: string;
  readonly body: string;
  /** As they are typed: an address may not be one yet. */
  readonly sources: readonly Source[];
  /** Fact checks of claims like the one that was selected; a press makes one a source. They are not sent. */
  readonly suggested: readonly Evidence[];
  /** "Send" was pressed, and the server does not have it yet. */
  readonly isWaiting: boolean;
}

export interface Target {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
}

/** As the server has them. */
export const LONGEST_BODY = 1_000;
export const LONGEST_QUOTE = 1_000;
export const MOST_SOURCES = 5;

const HEAD = "draft:";

export async function drafts(storage: chrome.storage.StorageArea): Promise<Draft[]> {
  const all = await storage.get(null);
  const found = Object.entries(all).flatMap(([key, entry]) =>
    key.startsWith(HEAD) ? (parseDraft(entry) ?? []) : [],
  );
  return found.sort((a, b) => b.begun - a.begun);
}

export async function draft(storage: chrome.storage.StorageArea, id: string): Promise<Draft | null> {
  return parseDraft((await storage.get(HEAD + id))[HEAD + id]);
}

export function keep(storage: chrome.storage.StorageArea, it: Draft): Promise<void> {
  return storage.set({ [HEAD + it.id]: it });
}

export function drop(storage: chrome.storage.StorageArea, id: string): Promise<void> {
  return storage.remove(HEAD + id);
}

/** Does a change of the storage concern drafts? */
export function isOfDrafts(changes: object): boolean {
  return Object.keys(changes).some(key => key.startsWith(HEAD));
}

/** What keeps it from being sent: what the server would refuse. Advice is another matter (see panel/rubric.ts). */
export type Lack = "signal" | "body" | "long" | "sources" | "address";

export function lacks({ signal, body, sources }: Pick<Draft, "signal" | "body" | "sources">): Lack[] {
  const named = sources.filter(({ url }) => url.trim());
  const all: [Lack, boolean][] = [
    ["signal", signal === ""],
    ["body", body.trim() === ""],
    ["long", [...body.trim()].length > LONGEST_BODY],
    ["sources", NEED_SOURCES.includes(signal) && named.length === 0],
    ["address", named.some(({ url }) => webAddress(url.trim()) === null)],
  ];
  return all.flatMap(([lack, is]) => (is ? [lack] : []));
}

/** What goes to the server. */
export function submission({ id, page, target, language, signal, body, sources }: Draft, anyway: boolean) {
  return {
    client_id: id,
    page,
    target,
    signal,
    body: body.trim(),
    sources: sources
      .filter(({ url }) => url.trim())
      .map(({ url, title }) => ({ url: url.trim(), title: title.trim() })),
    ...(language && { language }),
    ...(anyway && { anyway }),
  };
}

function parseDraft(entry: unknown): Draft | null {
  const kept = fields(entry);
  const [page, target] = [fields(kept?.page), fields(kept?.target)];
  const [id, url, exact] = [text(kept?.id), text(page?.url), text(target?.exact)];
  if (!kept || !id || !url || !exact) return null;
  return {
    id,
    begun: number(kept.begun),
    page: { url, title: text(page?.title) },
    target: {
      exact,
      prefix: text(target?.prefix),
      suffix: text(target?.suffix),
      start: number(target?.start),
    },
    language: text(kept.language) || null,
    signal: text(kept.signal),
    body: text(kept.body),
    sources: (Array.isArray(kept.sources) ? kept.sources : []).slice(0, MOST_SOURCES).map(source => {
      const said = fields(source);
      return { url: text(said?.url), title: text(said?.title) };
    }),
    suggested: list(kept.suggested, MOST_SOURCES, parseEvidence),
    isWaiting: kept.isWaiting === true,
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
