/**
 * A text read once for all the quotations that are looked for in it: as it is, folded, and cut into
 * words and sentences. Each is made when it is first asked for, or before, in pieces; where nothing has
 * changed none is.
 */
import { atOnce } from "../slices";
import { type Folded, fold, folding } from "./fold";
import { beginnings } from "./sentences";
import { cutting, type Words, wordsOf } from "./words";

export class Page {
  readonly text: string;
  #folded: Folded | null = null;
  #words: Words | null = null;
  #beginnings: number[] | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Make all of it, in pieces: a long text takes longer than a page should stand still. */
  *reading(): Generator<void, void> {
    this.#folded ??= yield* folding(this.text);
    this.#words ??= yield* cutting(this.#folded);
    this.#beginnings ??= yield* beginnings(this.text);
  }

  get folded(): Folded {
    this.#folded ??= fold(this.text);
    return this.#folded;
  }

  get words(): Words {
    this.#words ??= wordsOf(this.folded);
    return this.#words;
  }

  /** The folded text between two places. */
  between(start: number, end: number): string {
    const { text, starts } = this.folded;
    return text.slice(firstFrom(starts, start), firstFrom(starts, end));
  }

  /** Where the sentence or line begins that `at` stands in or begins. */
  beginningAt(at: number): number {
    this.#beginnings ??= atOnce(beginnings(this.text));
    return this.#beginnings[firstFrom(this.#beginnings, at + 1) - 1] ?? 0;
  }

  /** Where the next sentence or line begins. */
  beginningFrom(at: number): number {
    this.#beginnings ??= atOnce(beginnings(this.text));
    return this.#beginnings[firstFrom(this.#beginnings, at)] ?? this.text.length;
  }
}

/** The number of the first of the ascending values that is not less. */
function firstFrom(values: readonly number[], least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
