/**
 * A text read once for all the quotations that are looked for in it: as it is, folded, and cut into
 * words. Each is made when it is first asked for; where nothing has changed none of them is.
 */
import { type Folded, fold } from "./fold";
import { type Words, wordsOf } from "./words";

export class Page {
  readonly text: string;
  #folded: Folded | null = null;
  #words: Words | null = null;

  constructor(text: string) {
    this.text = text;
  }

  get folded(): Folded {
    this.#folded ??= fold(this.text);
    return this.#folded;
  }

  get words(): Words {
    this.#words ??= wordsOf(this.folded);
    return this.#words;
  }
}
