/** Words on one line, and no more of them than there is room for. */
export function shortened(words: string, most = 60): string {
  const line = words.replace(/\s+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
