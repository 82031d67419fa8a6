/**
 * Advice for a note while it is written. Nothing of it keeps a note from being sent, and nothing is sent for it.
 *
 * In: a draft, and which of its sources were opened from here. Out: each line of the rubric and whether it is
 * met; null where there is nothing to tell yet.
 */
import type { Draft } from "../shared/drafts";

export interface Advice {
  readonly line: "claim" | "source" | "length";
  readonly met: boolean | null;
}

/** Shorter than this says little, longer is seldom read to the end: a card shows about 400 characters. */
const SHORT = 40;
const LONG = 600;

export function rubric({ target, body, sources }: Draft, opened: ReadonlySet<string>): Advice[] {
  const text = body.trim();
  const length = [...text].length;
  const named = sources.map(({ url }) => url.trim()).filter(Boolean);
  return [
    { line: "claim", met: text ? addresses(text, target.exact) : null },
    { line: "source", met: named.length > 0 ? named.every(url => opened.has(url)) : null },
    { line: "length", met: text ? length >= SHORT && length <= LONG : null },
  ];
}

/** Does a note take up a figure, a name or another telling word of the words it is on? */
export function addresses(body: string, quote: string): boolean {
  const said = new Set(telling(body));
  return telling(quote).some(word => said.has(word));
}

/** Figures, and words that are long enough to mean something by themselves, in one spelling. */
function telling(text: string): string[] {
  const words = text.normalize("NFC").match(/\d[\d.,]*|[\p{L}\p{M}]+/gu) ?? [];
  return words
    .filter(word => /\d/.test(word) || [...word].length >= 5 || /^\p{Lu}\p{L}/u.test(word))
    .map(word => word.toLowerCase().replace(/[.,]+$/, ""))
    .map(word => (/^\d/.test(word) ? word : [...word].slice(0, 5).join(""))); // whatever its ending
}
