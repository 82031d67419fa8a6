/**
 * A folded text cut into words, figures and signs. Words of scripts that put no spaces between them
 * count letter by letter.
 */
import { atOnce } from "../slices";
import type { Folded } from "./fold";

export interface Words {
  readonly words: readonly string[];
  /** Where each stands in the original text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The numbers of the places of each word. */
  readonly where: ReadonlyMap<string, readonly number[]>;
}

const PIECES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}]+|\S/gu;

export function wordsOf(folded: Folded): Words {
  return atOnce(cutting(folded));
}

/** The same in pieces. */
export function* cutting(folded: Folded): Generator<void, Words> {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const where = new Map<string, number[]>();
  for (const { 0: word, index } of folded.text.matchAll(PIECES)) {
    const known = where.get(word);
    if (known) known.push(words.length);
    else where.set(word, [words.length]);
    words.push(word);
    starts.push(folded.starts[index] as number);
    ends.push(folded.ends[index + word.length - 1] as number);
    yield;
  }
  return { words, starts, ends, where };
}
