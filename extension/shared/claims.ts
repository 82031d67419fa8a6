/**
 * The claims of an article that can be looked up.
 *
 * In: what a server said, taken apart as if it came from a stranger. Out: each claim with its prepared searches,
 * and with fact checks of claims that are like it. Whether those fit, people say: a reader has them as ways to
 * look, a volunteer as sources to take.
 */
import type { Way, Wire } from "./analysis";
import { type Evidence, parseEvidence } from "./evidence";
import { fields, line, list, raw } from "./stranger";
import { like, searches } from "./ways";

export interface Claim {
  readonly id: string;
  /** Its words, as the article that was read has them. */
  readonly words: string;
  /** Its searches, and the first of the fact checks. */
  readonly look: readonly Way[];
  readonly suggested: readonly Evidence[];
}

const MOST_CLAIMS = 5_000;
const MOST_SUGGESTED = 4;
const LONGEST_CLAIM = 4_000;

/** By their names. */
export function parseClaims(claims: unknown): ReadonlyMap<string, Claim> {
  return new Map(list(claims, MOST_CLAIMS, parseClaim).map(claim => [claim.id, claim]));
}

function parseClaim(entry: unknown): Claim | null {
  const claim = fields<Wire["Claim"]>(entry);
  const id = line(claim?.id);
  const words = raw(fields<Wire["Quote"]>(claim?.quote)?.exact, LONGEST_CLAIM);
  const suggested = list(claim?.suggested, MOST_SUGGESTED, parseEvidence);
  const look = [...searches(claim?.look), ...like(suggested)];
  return id && words && look.length > 0 ? { id, words, look, suggested } : null;
}

/** The fact checks for words of a text, wherever a claim that has some shares a word of it with them. */
export function suggestedFor(
  claims: readonly Claim[],
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): Evidence[] {
  const found = claims.filter(({ words }) => {
    for (let at = text.indexOf(words); at >= 0 && at < end; at = text.indexOf(words, at + 1)) {
      if (at + words.length > start) return true;
    }
    return false;
  });
  const once = new Map(found.flatMap(({ suggested }) => suggested).map(each => [each.url, each]));
  return [...once.values()].slice(0, MOST_SUGGESTED);
}
