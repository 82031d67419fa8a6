/** What stood before and after a quotation, held against what stands before and after a place. */
import { editsToBeginning } from "./edits";
import { fold } from "./fold";
import type { Place, QuoteSelector } from "./quote";

// How alike the words on one side must be. Unrelated English of this length is 0.2-0.35 alike; one
// replaced word leaves 0.7 and more.
const ALIKE = 0.6;
// Both sides together, where each has lost a part. Two unrelated sides reach 0.7.
const ALIKE_TOGETHER = 1;
const SOME = 3; // letters of context that say something where the text ends within it
// A context that reaches this far out of the quotation's own sentence cannot be alike without it.
const BEYOND = 14;
// Letters a place may have shifted where the context cannot tell it from a copy of its sentence.
const NEAR = 250;
const NEIGHBOUR = 4; // letters by which what stood beside the quotation is known again
const SPACE = 16; // characters among which a line break is looked for
const MOST = 64; // letters of context compared letter by letter; who keeps more gains nothing here

export interface Surroundings {
  /** Likeness before and after, 0 to 1 each; 0 where nothing was kept on that side. */
  readonly before: number;
  readonly after: number;
  /** Do they say that this is the place? True where no context was kept. */
  readonly fit: boolean;
  /** Does every side that was kept say so? */
  readonly fitsWhole: boolean;
}

export class Context {
  /** Folded and trimmed; as much as is compared. */
  readonly prefix: string;
  readonly suffix: string;
  readonly kept: boolean;
  readonly #rawPrefix: string;
  readonly #rawSuffix: string;
  readonly #back: string;
  readonly #start: number | null;
  /** Does the side say something about the place, or only about the sentence that stood there? */
  readonly #placesBefore: boolean;
  readonly #placesAfter: boolean;

  constructor(quote: QuoteSelector) {
    this.#rawPrefix = quote.prefix ?? "";
    this.#rawSuffix = quote.suffix ?? "";
    this.prefix = fold(this.#rawPrefix.slice(-MOST)).text.trim();
    this.suffix = fold(this.#rawSuffix.slice(0, MOST)).text.trim();
    this.kept = Boolean(this.prefix || this.suffix);
    this.#back = reverse(this.prefix);
    this.#start = quote.start ?? null;
    this.#placesBefore = beyondSentence(reverse(this.#rawPrefix)) >= BEYOND;
    this.#placesAfter = beyondSentence(quote.exact.trimEnd().slice(-2) + this.#rawSuffix) >= BEYOND;
  }

  /** How many letters beside the place are the same, counted from the place outwards. */
  run(text: string, { start, end }: Place): number {
    const prefix = this.#rawPrefix;
    const suffix = this.#rawSuffix;
    let before = 0;
    while (before < prefix.length && before < start && prefix.at(-1 - before) === text[start - 1 - before])
      before++;
    let after = 0;
    while (after < suffix.length && suffix[after] === text[end + after]) after++;
    return before + after;
  }

  around(text: string, { start, end }: Place): Surroundings {
    if (!this.kept) return { before: 0, after: 0, fit: true, fitsWhole: true };
    const reach = 2 * MOST; // a text with more white space or a word more is longer than the context
    const before = fold(text.slice(Math.max(0, start - reach), start)).text.trim();
    const after = fold(text.slice(end, end + reach)).text.trim();
    // The first words of a text have nothing before them but its beginning, and that is something.
    const opening = this.#start === 0 && !this.prefix && !before ? 1 : 0;
    const likeBefore = opening || likeness(this.#back, reverse(before));
    const likeAfter = likeness(this.suffix, after);
    return fitting(likeBefore, likeAfter, this);
  }

  /**
   * What is left of the likeness where a paragraph begins or ends at the place and none did at the
   * quotation, or the other way round: a lookalike put at the end of an article is a line of its own.
   */
  inParagraph(text: string, { start, end }: Place, around: Surroundings): Surroundings {
    const { before: likeBefore, after: likeAfter } = around;
    const textBefore = text.slice(Math.max(0, start - SPACE), start);
    const before = sameBreak(/\s*$/, this.#rawPrefix.slice(-SPACE), textBefore) ? likeBefore : 0;
    const after = sameBreak(/^\s*/, this.#rawSuffix, text.slice(end, end + SPACE)) ? likeAfter : 0;
    return before === likeBefore && after === likeAfter ? around : fitting(before, after, this);
  }

  /**
   * May words that changed be these? The words beside a part of a sentence go wherever the sentence
   * goes, and into every lookalike of it; so the context has to reach beyond the sentence, or the
   * place has to be about where the quotation was.
   */
  placed({ start }: Place, { before, after }: Surroundings): boolean {
    return (
      this.#start === null ||
      Math.abs(start - this.#start) <= NEAR ||
      (before >= ALIKE && this.#placesBefore) ||
      (after >= ALIKE && this.#placesAfter)
    );
  }

  /**
   * Is the place what stood beside the quotation, and not the quotation? Where a sentence was taken
   * out its neighbour stands in its place, and in lists neighbours are much alike.
   */
  isNeighbour(words: string, place: string): boolean {
    const slack = 12; // a word more at the edge of the place
    const { prefix, suffix } = this;
    const opens = (text: string) => text.slice(0, suffix.length + slack).includes(suffix);
    const closes = (text: string) => text.slice(-prefix.length - slack).includes(prefix);
    return (
      (suffix.length >= NEIGHBOUR && opens(place) && !opens(words)) ||
      (prefix.length >= NEIGHBOUR && closes(place) && !closes(words))
    );
  }
}

function fitting(before: number, after: number, { prefix, suffix }: Context): Surroundings {
  const fit = before >= ALIKE || after >= ALIKE || before + after >= ALIKE_TOGETHER;
  const fitsWhole = (before >= ALIKE || !prefix) && (after >= ALIKE || !suffix);
  return { before, after, fit, fitsWhole };
}

/** Is there a line break between the words and their neighbour in both, or in neither? */
function sameBreak(edge: RegExp, kept: string, now: string): boolean {
  const broken = (words: string) => edge.exec(words)?.[0].includes("\n") ?? false;
  return kept === "" || broken(kept) === broken(now);
}

/** How many letters come after the first end of a sentence; forwards or reversed. */
function beyondSentence(words: string): number {
  const end = /[.!?…]["”’')\]]*\s|\s["”’')\]]*[.!?…]|[。！？\n]/.exec(words);
  return end ? words.slice(end.index + end[0].length).trim().length : 0;
}

/** 1 for a text that begins with the context, 0 for one that has nothing of it. */
function likeness(context: string, text: string): number {
  if (!context) return 0;
  if (text.startsWith(context)) return 1;
  // A text may begin or end within the context: as far as it goes it says as much.
  if (text.length >= SOME && context.startsWith(text)) return 1;
  return 1 - editsToBeginning(context, text) / context.length;
}

/** By code units: the halves of a pair are only compared with each other. */
function reverse(words: string): string {
  let back = "";
  for (let i = words.length - 1; i >= 0; i--) back += words[i];
  return back;
}
