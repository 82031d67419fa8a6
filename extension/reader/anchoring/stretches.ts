/**
 * The stretches of a text most like a row of words (Sellers' algorithm, word by word).
 *
 * A word costs its letters; two that begin alike cost half. That is more than the letters that
 * differ, so the limit here is wide and what is found is counted again, letter by letter.
 */
import type { Words } from "./words";

export interface Stretch {
  /** The first word, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly cost: number;
}

const LIMIT = 0.45; // of the letters looked for

export function similarStretches(text: Words, looked: readonly string[]): Stretch[] {
  const most = Math.floor(looked.reduce((sum, word) => sum + weight(word), 0) * LIMIT);
  const size = looked.length;
  const weights = looked.map(weight);
  // cost[i]: of the cheapest way to read the first i words in what ends here; from[i]: where it starts.
  const cost = new Int32Array(size + 1).fill(most + 1);
  const from = new Int32Array(size + 1);
  cost[0] = 0;
  for (let i = 1; i <= size; i++)
    cost[i] = Math.min(most + 1, (cost[i - 1] as number) + (weights[i - 1] as number));
  let reached = size; // rows below cost more than `most` and need no look (Ukkonen)
  const found: Stretch[] = [];
  for (let at = 0; at < text.words.length; at++) {
    const word = text.words[at] as string;
    const added = weight(word);
    let diagonal = 0;
    let diagonalFrom = at;
    from[0] = at + 1;
    let deepest = 0;
    for (let i = 1; i <= size; i++) {
      if (i > reached + 1 && (cost[i - 1] as number) > most) break;
      const above = cost[i] as number;
      const aboveFrom = from[i] as number;
      const wanted = looked[i - 1] as string;
      let cheapest = diagonal + (wanted === word ? 0 : replacing(wanted, word));
      let origin = diagonalFrom;
      if (above + added < cheapest) {
        cheapest = above + added;
        origin = aboveFrom;
      }
      const without = (cost[i - 1] as number) + (weights[i - 1] as number);
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
    if (deepest === size) keep(found, { from: from[size] as number, to: at + 1, cost: cost[size] as number });
  }
  return found.filter(one => one.from < one.to);
}

/** Of stretches that overlap the cheapest stays. */
function keep(found: Stretch[], next: Stretch): void {
  const last = found[found.length - 1];
  if (!last || last.to <= next.from) found.push(next);
  else if (next.cost < last.cost) found[found.length - 1] = next;
}

function weight(word: string): number {
  return word.length + (/^[\p{L}\p{N}]/u.test(word) ? 1 : 0);
}

function replacing(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  return one[0] === other[0] ? Math.ceil(longer / 2) : longer;
}
