/**
 * Runs of words as numbers, by which a claim is known again on another page.
 *
 * The same as the server's, number for number: server/caveat/annotations/runs.py says what for and why so.
 */
const WORDS = 6;

const WORD = /[\p{L}\p{N}]+/gu;
const PRIME = 0x01000193; // FNV-1a, 32 bits
const FIRST = 0x811c9dc5;
const SECOND = FIRST ^ 0x5bd1e995;

/** The number of every run of six words, in order. */
export function* runs(text: string): Generator<number> {
  const encoder = new TextEncoder();
  const words = text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
  for (let at = 0; at + WORDS <= words.length; at++) {
    const bytes = encoder.encode(words.slice(at, at + WORDS).join(" "));
    yield fnv(bytes, FIRST) * 2 ** 21 + (fnv(bytes, SECOND) >>> 11);
  }
}

function fnv(bytes: Uint8Array, basis: number): number {
  let state = basis;
  for (const byte of bytes) state = Math.imul(state ^ byte, PRIME);
  return state >>> 0;
}
