/**
 * What the popup, the background worker and the reader in the page say to each other.
 * A reader only answers; it never asks for anything but its badge to be kept true.
 */

import type { Analysis, Family, Level } from "./analysis";
import type { Article } from "./article";
import type { Answer, Problem, Sent } from "./ask";
import type { Refusal } from "./refused";

/** To the background. */
export type ToBackground =
  | { kind: "press"; tab: number; again: boolean }
  | { kind: "clear"; tab: number }
  | { kind: "cleared" }
  /** The page has more text than when it was read, or fewer words of it are left. */
  | { kind: "changed"; reading: Reading };

/** To the reader in a tab. */
export type ToReader =
  | { kind: "find"; again: boolean }
  | { kind: "show"; answer: Answer }
  | { kind: "open"; note: string }
  | { kind: "clear" };

/** What keeps a reader from the words of a page: a closed shadow root, a frame, a browser's translation. */
export type InTheWay = "closed" | "frame" | "translated";

/** What a reader found when asked. */
export type Found =
  | { kind: "article"; article: Article; dark: boolean }
  | { kind: "known"; reading: Reading }
  | { kind: "none"; reason: "no-article" | "too-big" | InTheWay };

/** To whoever watches a press: how far it is. */
export interface Progress {
  readonly kind: "progress";
  readonly tab: number;
  readonly step: "finding" | "asking" | "painting";
}

/** One line of the popup's list. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  readonly level: Level;
  readonly words: string;
  readonly message: string;
  /** False where the words could not be found in the page: such a note is listed, not painted. */
  readonly inPage: boolean;
}

/** What came of a press on a page. */
export interface Reading {
  readonly coverage: Analysis["coverage"];
  readonly unread: Analysis["unread"];
  readonly sent: Sent;
  readonly notes: readonly Listed[];
  readonly pageNotes: readonly Listed[];
}

/** The end of a press. */
export type Outcome =
  | { kind: "read"; reading: Reading }
  | { kind: "refused"; refusal: Refusal }
  /** No article to send. */
  | { kind: "none"; title: string; message: string }
  /** It broke off, and what was sent by then is not known. */
  | { kind: "gone"; title: string; message: string }
  | { kind: "problem"; problem: Problem };
