/**
 * Code points to UTF-16 and back, for one text.
 *
 * The API counts Unicode code points, JavaScript counts UTF-16 code units; they differ behind every
 * emoji. Offsets are converted where an answer enters (shared/ask.ts) and nowhere else. Offsets
 * outside the text are clamped to its ends, so that a wrong answer cannot make an invalid range.
 */
export class Offsets {
  /** The code point index of every character that takes two code units, ascending. */
  readonly #wide: number[] = [];
  readonly #units: number;

  constructor(text: string) {
    this.#units = text.length;
    const pairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
    for (let pair = pairs.exec(text); pair; pair = pairs.exec(text)) {
      this.#wide.push(pair.index - this.#wide.length);
    }
  }

  /** How many code points the text has. */
  get length(): number {
    return this.#units - this.#wide.length;
  }

  toUtf16(codePoint: number): number {
    const at = Math.min(Math.max(Math.trunc(codePoint) || 0, 0), this.length);
    return at + countBelow(this.#wide, index => index < at);
  }

  /** A position inside a surrogate pair counts as the position before it. */
  toCodePoint(unit: number): number {
    const at = Math.min(Math.max(Math.trunc(unit) || 0, 0), this.#units);
    return at - countBelow(this.#wide, (index, wideBefore) => index + wideBefore < at - 1) - this.#half(at);
  }

  /** 1 when `unit` falls between the halves of a pair. */
  #half(unit: number): number {
    const before = countBelow(this.#wide, (index, wideBefore) => index + wideBefore < unit - 1);
    const next = this.#wide[before];
    return next !== undefined && next + before === unit - 1 ? 1 : 0;
  }
}

/** How many leading entries satisfy `holds`, which is true for a prefix of the ascending list. */
function countBelow(list: readonly number[], holds: (entry: number, index: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] as number, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
