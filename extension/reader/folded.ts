/**
 * A text as a browser's search takes it: without case, accents and soft hyphens, one kind of quotation marks,
 * one space between words. Every place in it is known in the text itself.
 */
export interface Folded {
  readonly text: string;
  /** Where whole words stand, from a place on. */
  places(words: string, from?: number): number[];
  /** Do these words come next, white space aside? */
  follows(place: number, words: string): boolean;
  /** Where that is in the text that was folded. */
  at(place: number): number;
}

const LETTER = /[\p{L}\p{N}]/u;

export function folded(text: string): Folded {
  let line = "";
  const at: number[] = [];
  let from = 0;
  for (const character of text) {
    const plain = character === "\n" ? character : foldedCharacter(character);
    if (plain !== " " || !line.endsWith(" ")) {
      line += plain;
      for (let unit = 0; unit < plain.length; unit++) at.push(from);
    }
    from += character.length;
  }
  const isWithin = (place: number) => LETTER.test(line.charAt(place - 1)) && LETTER.test(line.charAt(place)); // of a word
  return {
    text: line,
    places(words, start = 0) {
      const found: number[] = [];
      for (let place = line.indexOf(words, start); place >= 0; place = line.indexOf(words, place + 1)) {
        if (!isWithin(place) && !isWithin(place + words.length)) found.push(place);
      }
      return found;
    },
    follows: (place, words) =>
      line.startsWith(words, place + (/^\s*/.exec(line.slice(place))?.[0].length ?? 0)),
    at: place => at[place] ?? text.length,
  };
}

function foldedCharacter(character: string): string {
  if (character >= "a" && character <= "z") return character;
  if (/\s/.test(character)) return " ";
  if (/[\u2018\u2019\u201A\u201B]/.test(character)) return "'";
  if (/[\u201C\u201D\u201E\u201F]/.test(character)) return '"';
  return character
    .normalize("NFKD")
    .replace(/[\p{M}\u00AD]/gu, "")
    .toLowerCase();
}
