/**
 * Where sentences and lines begin, near enough to tell what belongs to a sentence from what only
 * stands beside it.
 *
 * Rather one beginning too few than one too many: what is taken for a sentence's own has to be the
 * same wherever its words are found, so a sentence cut short would be known by too little.
 */
const ENDS = /\n\s*|[。！？]["”’」』]*\s*|[.!?…]["”’'»)\]]*\s+(?=["“‘'«([]*[\p{Lu}\p{N}])/gu;
/** "Mr.", "No.", "U.S.": a full stop after these ends none. */
const ABBREVIATED = /(?<![\p{L}\p{N}.])(?:\p{Lu}\p{Ll}{0,2}|\p{L}(?:\.\p{L})+)$/u;
const LONGEST_ABBREVIATION = 10;

/** Offsets of the first characters of sentences, ascending; that of the text itself is not among them. In pieces. */
export function* beginnings(text: string): Generator<void, number[]> {
  const found: number[] = [];
  for (const { 0: end, index } of text.matchAll(ENDS)) {
    const cut =
      text[index] === "." && ABBREVIATED.test(text.slice(Math.max(0, index - LONGEST_ABBREVIATION), index));
    if (!cut) found.push(index + end.length);
    yield;
  }
  return found;
}

/** Do the marks alone say that a sentence begins at `at`? Words kept apart may have lost the space between. */
export function isCut(text: string, at: number): boolean {
  return (
    /[.!?…]["”’'»)\]]*\s*$/.test(text.slice(Math.max(0, at - LONGEST_ABBREVIATION), at)) &&
    /^["“‘'«([]*[\p{Lu}\p{N}]/u.test(text.slice(at, at + LONGEST_ABBREVIATION))
  );
}
