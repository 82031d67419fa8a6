/** What is looked for, and what is found. */

export interface QuoteSelector {
  readonly exact: string;
  readonly prefix?: string | null | undefined;
  readonly suffix?: string | null | undefined;
  /** Where the words started when they were quoted. */
  readonly start?: number | null | undefined;
}

/** A stretch of the text, in UTF-16 units; it never cuts a surrogate pair in two. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * exact: the same words, beside words they stood beside; moved: the same words among others;
 * changed: other words, or the same written otherwise, where the words stood. White space and
 * characters nobody sees are no part of the words.
 */
export interface Anchor extends Place {
  readonly state: "exact" | "moved" | "changed";
}

/**
 * Shorter than this the words alone say little about their place, and a few edits make other words
 * of them ("said he would", "said she could"). Set on edited copies of eleven news articles.
 */
export const LONG = 32;

/** Letters that may have changed however long the quotation: with every one that is looked for comparing takes longer. */
export const MOST_EDITS = 400;

export function splitsPair(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/** How far a place is from where the words started. */
export function shift(quote: QuoteSelector, { start }: Place): number {
  return Math.abs(start - (quote.start ?? start));
}
