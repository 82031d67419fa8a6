/**
 * Which notes a reader sees: all but those chosen away.
 *
 * In: what was chosen. Out: by which choice a note is hidden, or null where it shows. A note that several
 * choices hide names the widest.
 */
import type { Family, Level } from "./analysis";
import { digest } from "./not-useful";
import type { Settings } from "./settings";

/** All that people wrote, all of a family, all that is quiet, one kind of note, or this very note. */
export type Choice = "people" | "family" | "quiet" | "kind" | "note";

/** The settings that say so. */
export const CHOSEN = ["people", "off", "quiet", "hidden", "notUseful"] as const satisfies (keyof Settings)[];
export type Chosen = Pick<Settings, (typeof CHOSEN)[number]>;

interface Hideable {
  readonly signal: string;
  readonly family: Family;
  readonly level: Level;
  /** Empty for a note on the whole article, which is no note on words. */
  readonly words: string;
  /** Who wrote it, where a person did. */
  readonly author?: string | undefined;
}

export function hiding(chosen: Chosen): (note: Hideable) => Choice | null {
  const off = new Set(chosen.off);
  const kinds = new Set(chosen.hidden.map(({ signal }) => signal));
  const notes = new Set(chosen.notUseful);
  return ({ signal, family, level, words, author }) => {
    if (!chosen.people && author) return "people";
    if (off.has(family)) return "family";
    if (!chosen.quiet && level === "quiet") return "quiet";
    if (kinds.has(signal)) return "kind";
    return notes.size > 0 && words && !author && notes.has(digest(signal, words)) ? "note" : null;
  };
}
