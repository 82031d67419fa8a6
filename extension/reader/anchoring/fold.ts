/**
 * Two ways of writing the same words made one.
 *
 * Folded away: how much white space there is and of which kind, characters nobody sees, capitals,
 * curly quotes, the length of dashes, composed letters and ligatures.
 */

import { atOnce } from "../slices";

export interface Folded {
  readonly text: string;
  /** The character of the original that each unit was made of: where it starts, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const PIECE = 1024; // characters between two pauses
const SPACE = /\s/;
/** Soft hyphens and the like, which say where a word may break; \uFEFF is white space to JavaScript. */
const UNSEEN = "\u00AD\u200B\u2060\uFEFF";
const UNSEEN_ONES = /[\u00AD\u200B\u2060\uFEFF]/g;
const PLAIN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from("‘’‚‛′´`‹›ʼ", quote => [quote, "'"])),
  ...Object.fromEntries(Array.from("“”„‟″«»", quote => [quote, '"'])),
  ...Object.fromEntries(Array.from("‐‑‒–—―−", dash => [dash, "-"])),
};

export function fold(text: string): Folded {
  return atOnce(folding(text));
}

/** The same in pieces. */
export function* folding(text: string): Generator<void, Folded> {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = "";
  let inSpace = false;
  let at = 0;
  for (const character of text) {
    const start = at;
    at += character.length;
    if (at % PIECE === 0) yield;
    if (UNSEEN.includes(character)) continue;
    if (SPACE.test(character)) {
      if (inSpace) ends[ends.length - 1] = at;
      else {
        folded += " ";
        starts.push(start);
        ends.push(at);
      }
      inSpace = true;
      continue;
    }
    inSpace = false;
    const plain = plainly(character);
    folded += plain;
    for (let i = 0; i < plain.length; i++) {
      starts.push(start);
      ends.push(at);
    }
  }
  return { text: folded, starts, ends };
}

function plainly(character: string): string {
  if (character >= "a" && character <= "z") return character;
  if (character === "`") return "'";
  if (character < "\u0080") return character.toLowerCase();
  return PLAIN[character] ?? character.normalize("NFKD").toLowerCase();
}

/** Are these the same words to a reader, whatever the white space between them? */
export function sameWords(one: string, other: string): boolean {
  return one === other || seen(one) === seen(other);
}

function seen(words: string): string {
  return words.replace(UNSEEN_ONES, "").normalize("NFC").replace(/\s+/g, " ").trim();
}
