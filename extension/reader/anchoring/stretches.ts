/**
 * The stretches of a text most like a row of words (Sellers' algorithm, word by word).
 *
 * A word that is missing, more or another costs its letters. That is more than the letters that
 * differ, so the limit here is wide and what is found is counted again, letter by letter.
 */
import type { Words } from "./words";

// Pairs of words compared at most, some 30 ms: 48 words looked for in 100,000. What
// asks for more is no article, and a page must not stand still for it.
const MOST_WORK = 5_000_000;
const MOST_PARTS = 50_000;

export interface Stretch {
  /** The first word, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly cost: number;
}

/** `limit`: the share of the letters looked for that may be wrong. */
export function similarStretches(text: Words, looked: readonly string[], limit: number): Stretch[] {
  const most = Math.floor(looked.reduce((sum, word) => sum + weight(word), 0) * limit);
  const parts = windows(text, looked, most);
  const work = parts.reduce((sum, { first, end }) => sum + end - first, 0) * looked.length;
  if (work > MOST_WORK) return [];
  return parts.flatMap(part => search(text.words, looked, most, part));
}

interface Window {
  readonly first: number;
  /** The word after the last. */
  readonly end: number;
}

/**
 * The parts of the text that can hold such a stretch: those with one of the rarest words looked
 * for, of which so many are taken that all of them cannot be wrong.
 */
function windows(text: Words, looked: readonly string[], most: number): Window[] {
  const places = looked.map((word, at) => ({ word, at, where: text.where.get(word) ?? [] }));
  places.sort((a, b) => a.where.length - b.where.length);
  const reach = Math.ceil(looked.length / 2) + 2;
  const parts: Window[] = [];
  let sum = 0;
  for (const { word, at, where } of places) {
    if (sum > most) break;
    sum += weight(word);
    if (parts.length + where.length > MOST_PARTS) return [];
    for (const place of where) {
      parts.push({
        first: Math.max(0, place - at - reach),
        end: Math.min(text.words.length, place - at + looked.length + reach),
      });
    }
  }
  parts.sort((a, b) => a.first - b.first);
  const joined: Window[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && part.first <= last.end) {
      joined[joined.length - 1] = { first: last.first, end: Math.max(last.end, part.end) };
    } else joined.push(part);
  }
  return joined;
}

function search(
  words: readonly string[],
  looked: readonly string[],
  most: number,
  { first, end }: Window,
): Stretch[] {
  const size = looked.length;
  const weights = looked.map(weight);
  // cost[i]: of the cheapest way to read the first i words in what ends here; from[i]: where it starts.
  const cost = new Int32Array(size + 1).fill(most + 1);
  const from = new Int32Array(size + 1).fill(first);
  cost[0] = 0;
  let reached = 0; // rows below cost more than `most` and need no look (Ukkonen)
  for (let i = 1; i <= size && reached === i - 1; i++) {
    const sum = (cost[i - 1] as number) + (weights[i - 1] as number);
    if (sum > most) break;
    cost[i] = sum;
    reached = i;
  }
  const found: Stretch[] = [];
  for (let at = first; at < end; at++) {
    const word = words[at] as string;
    const added = weight(word);
    let diagonal = 0;
    let diagonalFrom = at;
    from[0] = at + 1;
    let deepest = 0;
    for (let i = 1; i <= size; i++) {
      if (i > reached + 1 && (cost[i - 1] as number) > most) break;
      const above = cost[i] as number;
      const aboveFrom = from[i] as number;
      const wanted = weights[i - 1] as number;
      let cheapest = diagonal + (looked[i - 1] === word ? 0 : Math.max(wanted, added));
      let origin = diagonalFrom;
      if (above + added < cheapest) {
        cheapest = above + added;
        origin = aboveFrom;
      }
      const without = (cost[i - 1] as number) + wanted;
      if (without < cheapest) {
        cheapest = without;
        origin = from[i - 1] as number;
      }
      cost[i] = Math.min(cheapest, most + 1);
      from[i] = origin;
      if (cheapest <= most) deepest = i;
      diagonal = above;
      diagonalFrom = aboveFrom;
    }
    reached = deepest;
    if (deepest === size) {
      keep(found, { from: from[size] as number, to: at + 1, cost: cost[size] as number });
    }
  }
  return found.filter(one => one.from < one.to);
}

/** Of stretches that overlap the cheapest stays; of equal ones the last, which holds more of the words. */
function keep(found: Stretch[], next: Stretch): void {
  const last = found.at(-1);
  if (!last || last.to <= next.from) found.push(next);
  else if (next.cost <= last.cost) found[found.length - 1] = next;
}

/** A word takes the space beside it with it; a sign does not. */
function weight(word: string): number {
  return word.length + (/^[\p{L}\p{N}]/u.test(word) ? 1 : 0);
}
