/** How many letters have to be put in, taken out or replaced to make one text of another (Levenshtein). */

/** The edits between two texts, or `most + 1` where there are more than `most`. */
export function edits(one: string, other: string, most: number): number {
  let from = 0;
  while (from < one.length && from < other.length && one[from] === other[from]) from++;
  let a = one.length;
  let b = other.length;
  while (a > from && b > from && one[a - 1] === other[b - 1]) {
    a--;
    b--;
  }
  const left = one.slice(from, a);
  const right = other.slice(from, b);
  // Few edits are the usual case and cheap to look for: twice as many at each try.
  for (let limit = 16; limit < most; limit *= 2) {
    const few = inBand(left, right, limit);
    if (few <= limit) return few;
  }
  return inBand(left, right, most);
}

/** Cells farther than `most` from the diagonal hold more than `most` edits and are passed over. */
function inBand(one: string, other: string, most: number): number {
  const columns = other.length;
  if (Math.abs(one.length - columns) > most) return most + 1;
  let row = Int32Array.from({ length: columns + 2 }, (_, j) => j);
  let next = new Int32Array(columns + 2);
  for (let i = 1; i <= one.length; i++) {
    const first = Math.max(1, i - most);
    const last = Math.min(columns, i + most);
    const letter = one.charCodeAt(i - 1);
    next[first - 1] = first === 1 ? i : most + 1;
    for (let j = first; j <= last; j++) {
      const kept = (row[j - 1] as number) + (letter === other.charCodeAt(j - 1) ? 0 : 1);
      next[j] = Math.min(kept, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    next[last + 1] = most + 1;
    [row, next] = [next, row];
  }
  return Math.min(row[columns] as number, most + 1);
}

/** The edits between a text and the beginning of another that is most like it, wherever that ends. */
export function editsToBeginning(words: string, text: string): number {
  const column = Int32Array.from({ length: words.length + 1 }, (_, i) => i);
  let fewest = words.length;
  for (let j = 1; j <= text.length; j++) {
    let diagonal = j - 1;
    column[0] = j;
    const letter = text.charCodeAt(j - 1);
    for (let i = 1; i <= words.length; i++) {
      const above = column[i] as number;
      column[i] =
        letter === words.charCodeAt(i - 1)
          ? diagonal
          : 1 + Math.min(diagonal, above, column[i - 1] as number);
      diagonal = above;
    }
    fewest = Math.min(fewest, column[words.length] as number);
  }
  return fewest;
}
