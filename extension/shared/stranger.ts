/**
 * What a stranger says, whoever it is: a server, a feed behind it, our own storage.
 *
 * In: whatever JSON came. Out: plain text of bounded length, addresses that lead to web pages, lists of what
 * could be used. Nothing of it is ever markup, and nothing goes wrong: what is no such thing is null or empty.
 */

/** Any field may be missing, or be anything. */
export type Fields<T> = { readonly [K in keyof T]?: unknown };

export function fields<T = Record<never, never>>(value: unknown): Fields<T> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields<T>) : null;
}

export const LONGEST_LINE = 2_000; // messages and questions are a sentence or two

/** Words to show; null where there are none. */
export function line(value: unknown, most = LONGEST_LINE): string | null {
  return (typeof value === "string" && plain(value.slice(0, most)).trim()) || null;
}

/** Words to look for, as they stand somewhere else. */
export function raw(value: unknown, most = LONGEST_LINE): string {
  return typeof value === "string" ? value.slice(0, most) : "";
}

export function list<T>(value: unknown, most: number, parse: (entry: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap(entry => parse(entry) ?? []);
}

// What no reader sees, half a character, and what turns the lines around it (Unicode's annex 9).
const UNSEEN = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

// More accents on one letter than any script has: they would cover the lines around.
const TOWER = /(\p{M}{8})\p{M}+/gu;

/** Text without what is no part of plain text. */
export function plain(text: string): string {
  return text.replace(UNSEEN, found => (found === "\n" || found === "\t" ? found : "")).replace(TOWER, "$1");
}

const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Plain text that turns nothing around it, for a line of text with others in it; in markup `<bdi>` does it. */
export function apart(text: string): string {
  return FROM_RIGHT.test(text) ? `\u2068${text}\u2069` : text;
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
