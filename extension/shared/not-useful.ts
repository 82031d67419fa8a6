/**
 * Notes that a reader called not useful, remembered without their words.
 *
 * In: a note's kind and the words it is on. Out: a digest that is the same whenever the same words are read
 * again, wherever they stand, and tells nobody what they were. The list is bounded: the oldest go first.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const MOST = 1_000; // 64 kB in the browser's storage

export function digest(signal: string, words: string): string {
  // Not the browser's own crypto.subtle: it keeps itself from pages without https.
  return bytesToHex(sha256(utf8ToBytes(`${signal}\n${words.replace(/\s+/g, " ").trim()}`)));
}

export function remembered(list: readonly string[], entry: string): string[] {
  return [...forgotten(list, entry), entry].slice(-MOST);
}

export function forgotten(list: readonly string[], entry: string): string[] {
  return list.filter(each => each !== entry);
}
