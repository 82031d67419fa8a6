/**
 * What the popup, the panel, the background worker and the reader in the page say to each other.
 * A reader answers. What it says by itself is what became of its marks, how they are to be dressed, and that
 * a note was not useful; it never has a page read. A panel connects to the reader of the tab it follows, and
 * is told there what changes: nothing is kept in between, and the connection ends when the page or the
 * panel does.
 */
import type { Analysis, Family, Level, Listing, Quote, Way } from "./analysis";
import type { Article } from "./article";
import type { Answer, Problem, Sent } from "./ask";
import type { Claim } from "./claims";
import type { People, Words } from "./community";
import type { Target } from "./drafts";
import type { Errand } from "./errands";
import type { Evidence } from "./evidence";
import type { Refusal } from "./refused";
import type { Settings } from "./settings";
import type { Choice } from "./shown";

/** To the background. */
export type ToBackground =
  | { kind: "press"; tab: number; again: boolean }
  | { kind: "clear"; tab: number }
  | { kind: "cleared" }
  /** The page is being left; it may come back as it is. */
  | { kind: "left"; run: string }
  /** Pressed on the card that says that the server did not answer. */
  | { kind: "retry" }
  /** The page looks another way now, or is to: its marks want another style. */
  | { kind: "dress"; look: Look }
  /** The page has more text than when it was read, or fewer words of it are left. */
  | { kind: "changed"; reading: Reading }
  /** A note of this signal was called not useful; the server is told where its reader lets it be told. */
  | { kind: "not-useful"; signal: string; engine: string }
  /** What people wrote did not come with a reading of this text, and is asked for again. */
  | { kind: "people"; text: string }
  /** Something to be done at the server for a volunteer, or for somebody who reports. */
  | { kind: "errand"; errand: Errand };

/** To the reader in a tab. */
export type ToReader =
  /** For a run of the background's, by which "left" tells this page from the next. */
  | { kind: "find"; again: boolean; run: string }
  | { kind: "show"; answer: Answer; people: People; keys: NoteKeys }
  /** Ask for what people wrote again, where it did not come. Answered when it is done. */
  | { kind: "people" }
  /** The server did not answer what was to be shown. */
  | { kind: "failed"; problem: Problem }
  | { kind: "open"; note: string }
  /** Which words are selected? */
  | { kind: "selected" }
  /** To the next note, or the previous one. */
  | { kind: "step"; by: 1 | -1 }
  | { kind: "clear" };

/** The keys that lead from note to note, as the browser has them; empty where there are none. */
export interface NoteKeys {
  readonly next: string;
  readonly previous: string;
}

/** What keeps a reader from the words of a page: a closed shadow root, a frame, a browser's translation. */
export type InTheWay = "closed" | "frame" | "translated";

/** To a panel, from the reader it has connected to. */
export type ToPanel =
  /** Null: there are no marks, or none any more. */
  | { kind: "overview"; overview: Overview | null }
  /** This note's card is open now, or none is. */
  | { kind: "opened"; note: string | null };

/** The name of a panel's connection. */
export const PANEL = "panel";

/** How marks and cards look in a page. */
export interface Look {
  readonly theme: Exclude<Settings["theme"], "page">;
  readonly stroke: Settings["stroke"];
}

/** What a reader found when asked. */
export type Found =
  | { kind: "article"; article: Article; look: Look }
  | { kind: "known"; reading: Reading }
  | { kind: "none"; reason: "no-article" | "too-big" | InTheWay };

/** What is selected in an article, or why it makes no note. */
export type Selected =
  | { target: Target; title: string; language: string | null; suggested: readonly Evidence[] }
  | { none: "no-selection" | "outside" | "too-long" | "no-article" | "too-big" | InTheWay };

/** To whoever watches a press: how far it is. */
export interface Progress {
  readonly kind: "progress";
  readonly tab: number;
  readonly step: "finding" | "asking" | "painting";
}

/** To whoever watches a press: what came of it. */
export interface Done {
  readonly kind: "done";
  readonly tab: number;
  readonly outcome: Outcome;
}

/** One note, as the popup and the panel list it. */
export interface Listed {
  readonly id: string;
  readonly signal: string;
  readonly name: string;
  readonly family: Family;
  readonly level: Level;
  readonly words: string;
  readonly message: string;
  readonly question: string;
  readonly evidence: readonly Evidence[];
  readonly look: readonly Way[];
  /** False where the words could not be found in the page: such a note is listed, not painted. */
  readonly inPage: boolean;
  /** The words as they are now, where the page has changed them. */
  readonly changed: string | null;
  /** Who wrote it and what it rests on, where a person did: then `message` is their words. */
  readonly people?: Pick<Words, "author" | "status" | "reason" | "mine" | "elsewhere" | "appeal">;
  /** Where the words stand in the text that was read, in UTF-16 units; null for a note on the whole. */
  readonly at: { readonly start: number; readonly end: number; readonly quote: Quote } | null;
}

/** A note that its reader has chosen not to see, and by which choice. */
export interface Hidden {
  readonly note: Listed;
  readonly by: Choice;
}

/** What came of a press on a page. */
export interface Reading {
  readonly coverage: Analysis["coverage"];
  readonly unread: Analysis["unread"];
  readonly sent: Sent;
  readonly notes: readonly Listed[];
  readonly pageNotes: readonly Listed[];
  /** What a public list says of the outlets that are linked or cited. */
  readonly listings: readonly Listing[];
  /** Those are in none of the above. */
  readonly hidden: readonly Hidden[];
  /** People's notes were asked for and did not come. */
  readonly isMissingPeople: boolean;
}

/** All that a reader knows of its article: what a panel shows and exports. */
export interface Overview {
  readonly title: string;
  /** Of the page, without its fragment. It goes into an export only where the reader ticks it. */
  readonly address: string;
  readonly language: string | null;
  /** The text that was read. */
  readonly text: string;
  readonly reading: Reading;
  /** What can be looked up, whether a note is on it or not. */
  readonly claims: readonly Claim[];
  /** The note whose card is open. */
  readonly open: string | null;
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
