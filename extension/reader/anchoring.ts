/**
 * Where the words of a quotation are now.
 *
 * In: a text, the words, what stood before and after them, and where they started. Out: start and
 * end in UTF-16 units and how the words were found, or null when they are lost. Pure text: this
 * room knows no page.
 *
 * A note on the wrong words is worse than none, so every step may answer "lost":
 *   1. position: the words stand where they stood, between the words they stood between;
 *   2. exact: the same words elsewhere, chosen by their context, then by the distance;
 *   3. folded: the same, whatever the white space between the words;
 *   4. approximate: long quotations only, few edits, and only between the words they stood between.
 */

export interface QuoteSelector {
  readonly exact: string;
  readonly prefix?: string | null | undefined;
  readonly suffix?: string | null | undefined;
  /** Where the words started when they were quoted. */
  readonly start?: number | null | undefined;
}

export interface Anchor {
  readonly start: number;
  readonly end: number;
  /** exact: the same words in their place; moved: the same words among others; changed: reworded. */
  readonly state: "exact" | "moved" | "changed";
}

// Below this length a few edits make other words of them ("said he would", "said she could"), and
// the words alone say little about their place. Set on edited copies of eleven news articles.
const LONG = 32;
// Share of edits forgiven in a long quotation. A replaced word or figure costs 3-10 %; at 50 %, as
// some matchers have it, a deleted sentence is "found" in its lookalike.
const EDITS = 0.15;
// How alike the words beside must be. Unrelated English of this length is 0.2-0.35 alike; one
// replaced word leaves 0.7 and more.
const ALIKE = 0.6;
const SOME = 4; // characters of context that say something where the text ends within it
const MOST_CANDIDATES = 200; // occurrences compared by context; past that a word is no anchor anyway

export function anchor(text: string, quote: QuoteSelector): Anchor | null {
  if (!quote.exact.trim()) return null;
  return atPosition(text, quote) ?? exact(text, quote) ?? folded(text, quote) ?? approximate(text, quote);
}

function atPosition(text: string, quote: QuoteSelector): Anchor | null {
  const start = quote.start ?? -1;
  const end = start + quote.exact.length;
  if (start < 0 || !text.startsWith(quote.exact, start)) return null;
  const before = text.slice(0, start).endsWith(quote.prefix ?? "");
  return before && text.startsWith(quote.suffix ?? "", end) ? { start, end, state: "exact" } : null;
}

function exact(text: string, quote: QuoteSelector): Anchor | null {
  return choose(text, quote, occurrences(text, quote.exact));
}

function folded(text: string, quote: QuoteSelector): Anchor | null {
  const map: number[] = [];
  let flat = "";
  for (const piece of text.matchAll(/\s+|\S+/g)) {
    const space = /^\s/.test(piece[0]);
    for (let i = 0; i < (space ? 1 : piece[0].length); i++) map.push(piece.index + i);
    flat += space ? " " : piece[0];
  }
  const words = quote.exact.trim().replace(/\s+/g, " ");
  const found = occurrences(flat, words).map(({ start, end }) => ({
    start: map[start] as number,
    end: (map[end - 1] as number) + 1,
  }));
  return choose(text, quote, found);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function occurrences(text: string, words: string): Place[] {
  const found: Place[] = [];
  for (
    let at = text.indexOf(words);
    at >= 0 && found.length < MOST_CANDIDATES;
    at = text.indexOf(words, at + 1)
  ) {
    found.push({ start: at, end: at + words.length });
  }
  return found;
}

/** The place whose context fits best; ties go to the nearest. */
function choose(text: string, quote: QuoteSelector, places: readonly Place[]): Anchor | null {
  let best: (Place & Surroundings & { distance: number }) | null = null;
  for (const place of places) {
    const around = surroundings(text, quote, place);
    const distance = Math.abs(place.start - (quote.start ?? 0));
    if (!best || around.both > best.both || (around.both === best.both && distance < best.distance)) {
      best = { ...place, ...around, distance };
    }
  }
  if (!best) return null;
  const inPlace = best.fits;
  // A short quotation among other words may be other words that happen to read the same.
  if (!inPlace && quote.exact.length < LONG) return null;
  return { start: best.start, end: best.end, state: inPlace ? "exact" : "moved" };
}

interface Surroundings {
  /** Likeness before and after together, 0 to 2. */
  readonly both: number;
  /** Is one side like enough to say that this is the place? True where no context was kept. */
  readonly fits: boolean;
}

function surroundings(text: string, quote: QuoteSelector, place: Place): Surroundings {
  const reach = 2; // text with more white space than the context had is longer than it
  const prefix = fold(quote.prefix).trimStart();
  const suffix = fold(quote.suffix).trimEnd();
  if (!prefix.trim() && !suffix.trim()) return { both: 0, fits: true };
  const textBefore = reverse(fold(text.slice(Math.max(0, place.start - prefix.length * reach), place.start)));
  const textAfter = fold(text.slice(place.end, place.end + suffix.length * reach));
  const before = prefix && likeness(within(reverse(prefix), textBefore), textBefore);
  const after = suffix && likeness(within(suffix, textAfter), textAfter);
  return { both: (before || 0) + (after || 0), fits: Number(before) >= ALIKE || Number(after) >= ALIKE };
}

/** The context as far as there is text to hold against it; a text may begin or end within it. */
function within(context: string, text: string): string {
  return text.length >= SOME && text.length < context.length && context.startsWith(text) ? text : context;
}

/** 1 for a text that begins with the context, 0 for one that has nothing of it. */
function likeness(context: string, text: string): number {
  if (text.startsWith(context)) return 1;
  // The context may have lost or gained letters: the best of all lengths of the text counts.
  let row = Array.from({ length: text.length + 1 }, (_, j) => j);
  for (let i = 1; i <= context.length; i++) {
    const next = [i];
    for (let j = 1; j <= text.length; j++) {
      const kept = (row[j - 1] as number) + (context[i - 1] === text[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return 1 - Math.min(...row) / context.length;
}

function approximate(text: string, quote: QuoteSelector): Anchor | null {
  const words = quote.exact;
  if (words.length < LONG) return null;
  const most = Math.floor(words.length * EDITS);
  const contextKept = Boolean(quote.prefix?.trim() || quote.suffix?.trim());
  let best: (Place & { edits: number; both: number }) | null = null;
  let runnerUp = Number.POSITIVE_INFINITY;
  for (const end of closeEnds(text, words, most)) {
    const { start, edits } = startOf(text, words, end.at, most);
    const place = { start, end: end.at };
    const around = surroundings(text, quote, place);
    if (contextKept && !around.fits) continue;
    const better = !best || edits / words.length - around.both < best.edits / words.length - best.both;
    if (better) {
      runnerUp = best?.edits ?? runnerUp;
      best = { ...place, edits, both: around.both };
    } else runnerUp = Math.min(runnerUp, edits);
  }
  if (!best) return null;
  // Without context only a clear lead counts: half the edits of the next best place.
  if (!contextKept && best.edits * 2 > runnerUp) return null;
  return { start: best.start, end: best.end, state: "changed" };
}

/** Where the text matches `words` with at most `most` edits: the best end of each such stretch (Sellers). */
function closeEnds(text: string, words: string, most: number): { at: number; edits: number }[] {
  const ends: { at: number; edits: number }[] = [];
  const column = Int32Array.from({ length: words.length + 1 }, (_, i) => i);
  const letters = Array.from(words, (_, i) => words.charCodeAt(i));
  let reached = most + 1; // rows below hold more than `most` edits and need no look (Ukkonen)
  let stretch: { at: number; edits: number } | null = null;
  for (let at = 1; at <= text.length; at++) {
    const letter = text.charCodeAt(at - 1);
    let diagonal = 0;
    const deepest = Math.min(reached + 1, words.length);
    for (let i = 1; i <= deepest; i++) {
      const above = column[i] as number;
      const edits =
        letters[i - 1] === letter ? diagonal : 1 + Math.min(diagonal, above, column[i - 1] as number);
      diagonal = above;
      column[i] = edits;
    }
    reached = deepest;
    while ((column[reached] as number) > most) reached--;
    if (reached < words.length) column[reached + 1] = most + 1;
    const edits = reached === words.length ? (column[reached] as number) : most + 1;
    if (edits <= most) {
      if (!stretch || edits < stretch.edits) stretch = { at, edits };
    } else if (stretch) {
      ends.push(stretch);
      stretch = null;
    }
  }
  if (stretch) ends.push(stretch);
  return ends;
}

/** Where a match that ends at `end` starts: the same search backwards from there. */
function startOf(text: string, words: string, end: number, most: number): { start: number; edits: number } {
  const back = reverse(text.slice(Math.max(0, end - words.length - most), end));
  const pattern = reverse(words);
  let row = Array.from({ length: back.length + 1 }, (_, j) => j);
  for (let i = 1; i <= pattern.length; i++) {
    const next = [i];
    for (let j = 1; j <= back.length; j++) {
      const kept = (row[j - 1] as number) + (pattern[i - 1] === back[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  const edits = Math.min(...row);
  return { start: end - row.indexOf(edits), edits };
}

/** By code units: the halves of a pair are only compared with each other. */
function reverse(words: string): string {
  let back = "";
  for (let i = words.length - 1; i >= 0; i--) back += words[i];
  return back;
}

function fold(words: string | null | undefined): string {
  return (words ?? "").replace(/\s+/g, " ");
}
