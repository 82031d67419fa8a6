/** Words on one line, and no more of them than there is room for. */
export function shortened(words: string, most = 60): string {
  const line = words.replace(/\s+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

/** The same, with an ellipsis in the middle: how words begin and how they end is what they are known by. */
export function shortenedInside(words: string, most: number): string {
  const line = words.replace(/\s+/g, " ");
  const letters = letterByLetter(line);
  if (letters.length <= most) return line;
  const head = letters.slice(0, Math.ceil(most * 0.6) - 1).join("");
  const tail = letters.slice(letters.length - (Math.floor(most * 0.4) - 2)).join("");
  const [begins, ends] = [head.replace(/ \S{0,20}$/, ""), tail.replace(/^\S{0,20} /, "")];
  return begins === head && ends === tail ? `${head}…${tail}` : `${begins} … ${ends}`;
}

/** As a reader counts them: an accent goes with its letter, half an emoji with the other half. */
function letterByLetter(words: string): string[] {
  return Array.from(new Intl.Segmenter().segment(words), ({ segment }) => segment);
}
