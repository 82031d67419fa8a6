/**
 * What stood before and after a quotation, held against what stands before and after a place.
 *
 * The two parts of it say different things. The rest of the quotation's own sentence says which
 * statement the words were part of; it goes wherever the sentence goes, and nearly all of it is in
 * every lookalike of the sentence too. What stood beyond the sentence says where that stood.
 */
import { editsToBeginning } from "./edits";
import { occurrences } from "./exact";
import { fold } from "./fold";
import { Page } from "./page";
import { LONG, type Place, type QuoteSelector, shift } from "./quote";
import { isCut } from "./sentences";

// All of these were set by the trials (README.md has the figures): each gives up words that could
// have been found for fewer notes on wrong words.
// How alike the rest of a sentence must be: unrelated English of 32 letters is 0.2-0.35 alike, one
// replaced word leaves 0.7 and more.
const ALIKE = 0.7;
// How alike what stands beyond it: the formulas of news are more like each other than other English.
const ALIKE_BESIDE = 0.85;
// Fewer letters from beyond the sentence than this ("The", "He said") stand beside too many.
const BEYOND = 16;
// Letters a place may have shifted where only that tells it from a lookalike of its sentence.
const NEAR = 40;
// And where a neighbour or two may be gone, but nothing has moved: a long paragraph.
const ABOUT = 600;
const SOME = 3; // letters of context that say something where the text ends within it
const NEIGHBOUR = 4; // letters by which what stood beside the quotation is known again
const MOST = 64; // letters compared one by one; who keeps more gains nothing here
const SIDE = 32; // letters of context looked for as they are
const REACH = 400; // characters of a sentence that are looked at on a side

export interface Surroundings {
  /** Likeness before and after together, 0 to 2: of two places that will do, the more alike is meant. */
  readonly like: number;
  /** How much of the rest of the sentence is the same; "same" where the quotation had all of it. */
  readonly sentence: "same" | "alike" | "other";
  /** Does what stands beyond the sentence say that this is the place? */
  readonly beside: boolean;
  /** Letters between the place and where the words started. */
  readonly shift: number;
}

/** One side of the words, folded, trimmed, and read outwards from them. */
interface Side {
  /** The rest of the sentence; empty where there are only marks. */
  readonly inner: string;
  /** What stands beyond it. */
  readonly outer: string;
  readonly all: string;
  /** Is the sentence's beginning or end within what is known? */
  readonly bounded: boolean;
  /** Does a line end between the sentence and what stands beyond? */
  readonly broken: boolean;
}

export class Context {
  /** Folded and trimmed; as much as is looked for. */
  readonly prefix: string;
  readonly suffix: string;
  readonly kept: boolean;
  readonly #quote: QuoteSelector;
  readonly #before: Side;
  readonly #after: Side;
  /** Letters of the quoted sentence that are known. */
  readonly #known: number;
  readonly #opens: boolean;

  constructor(quote: QuoteSelector) {
    const prefix = quote.prefix ?? "";
    const suffix = quote.suffix ?? "";
    this.#quote = quote;
    this.prefix = fold(prefix.slice(-SIDE)).text.trim();
    this.suffix = fold(suffix.slice(0, SIDE)).text.trim();
    this.kept = Boolean(this.prefix || this.suffix);
    const end = prefix.length + quote.exact.length;
    const kept = new Page(prefix + quote.exact + suffix);
    [this.#before, this.#after] = sides(kept, { start: prefix.length, end });
    this.#known = quote.exact.trim().length + this.#before.inner.length + this.#after.inner.length;
    this.#opens = quote.start === 0 && !this.prefix;
  }

  /** How many letters beside the place are the same, counted from the place outwards. */
  run(text: string, { start, end }: Place): number {
    const prefix = this.#quote.prefix ?? "";
    const suffix = this.#quote.suffix ?? "";
    let before = 0;
    while (before < prefix.length && before < start && prefix.at(-1 - before) === text[start - 1 - before])
      before++;
    let after = 0;
    while (after < suffix.length && suffix[after] === text[end + after]) after++;
    return before + after;
  }

  around(page: Page, place: Place): Surroundings {
    const [before, after] = sides(page, place);
    // The first words of a text have nothing before them but its beginning, and that is something.
    const opens = this.#opens && !before.all;
    const far = shift(this.#quote, place);
    return {
      like: (opens ? 1 : likeness(this.#before.all, before.all)) + likeness(this.#after.all, after.all),
      sentence: this.#sentence(before, after),
      beside: opens || this.#beside(page, before, after, far),
      shift: far,
    };
  }

  /**
   * Both neighbours, or one of them and the place is about where it was, or one that stands nowhere
   * else: in lists, programmes and the like many a sentence has the same neighbour.
   */
  #beside(page: Page, before: Side, after: Side, far: number): boolean {
    const left = isBeside(this.#before, before);
    const right = isBeside(this.#after, after);
    if (!left && !right) return false;
    if ((left && right) || far <= ABOUT) return true;
    const { outer } = left ? this.#before : this.#after;
    const words = outer.slice(0, MOST);
    return occurrences(page.folded.text, left ? reverse(words) : words).length === 1;
  }

  #sentence(before: Side, after: Side): "same" | "alike" | "other" {
    const pairs = [
      [this.#before, before],
      [this.#after, after],
    ] as const;
    if (pairs.every(([kept, now]) => isSame(kept, now))) return "same";
    let letters = 0;
    let alike = 0;
    for (const [kept, now] of pairs) {
      const length = Math.min(kept.inner.length, MOST);
      letters += length;
      alike += length * likeness(kept.inner, now.inner);
    }
    return alike >= ALIKE * letters ? "alike" : "other";
  }

  /**
   * Are the same words here the words that were quoted? Moved, if they are among others now.
   * `telling`: words that say much about their place by themselves.
   */
  knows({ sentence, beside, shift }: Surroundings, telling: boolean): "exact" | "moved" | null {
    if (!this.kept || (beside && sentence !== "other")) return "exact";
    const near = shift <= NEAR;
    if (near && telling) return "exact";
    if (sentence === "other") return null;
    if (sentence === "same" && (near || this.#known >= LONG)) return shift <= ABOUT ? "exact" : "moved";
    return near ? "exact" : null;
  }

  /** May other words here be the words that were quoted? */
  knowsChanged({ sentence, beside, shift }: Surroundings): boolean {
    if (!this.kept) return true;
    if (sentence === "other") return false;
    const placed = this.#opens || [this.#before, this.#after].some(side => side.outer.length >= BEYOND);
    return beside || (!placed && shift <= NEAR);
  }

  /** Is what stands before the place all that was kept from before the words? */
  follows(page: Page, start: number): boolean {
    return (
      likeness(this.#before.all, reverse(page.between(Math.max(0, start - 2 * MOST), start).trim())) === 1
    );
  }

  /** The same for what stands after it. */
  precedes(page: Page, end: number): boolean {
    return likeness(this.#after.all, page.between(end, end + 2 * MOST).trim()) === 1;
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

function sides(page: Page, place: Place): [Side, Side] {
  const words = page.text.slice(place.start, place.end);
  const start = place.start + words.length - words.trimStart().length;
  const end = place.end - words.length + words.trimEnd().length;
  // Whoever quoted from one full stop to another cut a sentence there, be it only "Mr.".
  const next = end + (/^\s*/.exec(page.text.slice(end, end + SIDE))?.[0].length ?? 0);
  const first = isCut(page.text, start) ? start : page.beginningAt(start);
  const last = isCut(page.text, next) ? next : page.beginningFrom(end);
  const between = (from: number, to: number) => page.between(Math.max(0, from), to).trim();
  const inner = between(Math.max(first, start - REACH), start);
  const rest = between(end, Math.min(last, end + REACH));
  return [
    {
      inner: hasWords(inner) ? reverse(inner) : "",
      outer: reverse(between(first - 2 * MOST, first)),
      all: reverse(between(start - 2 * MOST, start)),
      bounded: first > 0,
      broken: /\n\s*$/.test(page.text.slice(Math.max(0, first - SIDE), first)),
    },
    {
      inner: hasWords(rest) ? rest : "",
      outer: between(last, last + 2 * MOST),
      all: between(end, end + 2 * MOST),
      bounded: last < page.text.length,
      broken: /\n\s*$/.test(page.text.slice(Math.max(end, last - SIDE), last)),
    },
  ];
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Is the rest of the sentence on this side what it was, as far as that is known? */
function isSame(kept: Side, now: Side): boolean {
  if (!kept.inner) return true;
  if (now.inner.startsWith(kept.inner)) {
    const more = now.inner.slice(kept.inner.length);
    if (!more || !kept.bounded) return true;
    // Beside another neighbour ("One X. Now") the sentence's bound may be none to sentences.ts.
    return /^\s["')\]]*[.!?]/.test(more) || /[.!?]["')\]]*$/.test(kept.inner);
  }
  return !now.bounded && now.inner.length >= SOME && kept.inner.startsWith(now.inner);
}

/**
 * A lookalike put at the end of an article is a line of its own: a line has to end beside the
 * sentence in both, or in neither.
 */
function isBeside(kept: Side, now: Side): boolean {
  return (
    kept.outer.length >= BEYOND &&
    kept.broken === now.broken &&
    likeness(kept.outer, now.outer) >= ALIKE_BESIDE
  );
}

/** 1 for a text that begins with the context, 0 for one that has nothing of it. */
function likeness(kept: string, text: string): number {
  const context = kept.slice(0, MOST);
  if (!context) return 0;
  if (text.startsWith(context)) return 1;
  // A text may begin or end within the context: as far as it goes it says as much.
  if (text.length >= SOME && context.startsWith(text)) return 1;
  return 1 - editsToBeginning(context, text.slice(0, 2 * MOST)) / context.length;
}

/** By code units: the halves of a pair are only compared with each other. */
function reverse(words: string): string {
  let back = "";
  for (let i = words.length - 1; i >= 0; i--) back += words[i];
  return back;
}
