/**
 * What a volunteer has the background do at the server, and what comes back: the thing itself, or why not
 * in plain words, with a way out.
 *
 * A card in a page may rate and report, and nothing else: all other errands are our own pages'.
 */

import type { Annotation, Given, Me, Source } from "./community";
import type { Listed } from "./messages";

export const REPORTS = ["private", "abuse", "unlawful", "spam", "misleading", "other"] as const;
export type ReportKind = (typeof REPORTS)[number];

export type Errand =
  | ({ readonly do: "rate"; readonly id: string; readonly revision: number } & Given)
  | { readonly do: "unrate"; readonly id: string; readonly revision: number }
  | { readonly do: "report"; readonly id: string; readonly kind: ReportKind; readonly words: string }
  | { readonly do: "connect" }
  | { readonly do: "disconnect" }
  | { readonly do: "me" }
  | { readonly do: "queue" }
  /** A draft of this browser's, by its client id. */
  | { readonly do: "send"; readonly draft: string; readonly anyway: boolean }
  | { readonly do: "withdraw"; readonly id: string; readonly revision: number }
  | {
      readonly do: "edit";
      readonly id: string;
      readonly revision: number;
      readonly body: string;
      readonly sources: readonly Source[];
    }
  | { readonly do: "settle"; readonly id: string; readonly revision: number; readonly correction: string }
  /** The words selected in a tab become a draft. */
  | { readonly do: "begin"; readonly tab: number }
  /** A volunteer's own words, to be read like an article. */
  | { readonly do: "check"; readonly words: string };

export interface Outcomes {
  readonly rate: Annotation | null;
  readonly unrate: null;
  readonly report: null;
  readonly connect: null;
  readonly disconnect: null;
  readonly me: Me;
  readonly queue: readonly Annotation[];
  readonly send: Annotation | null;
  readonly withdraw: Annotation | null;
  readonly edit: Annotation | null;
  readonly settle: Annotation | null;
  readonly begin: null;
  readonly check: readonly Pick<Listed, "name" | "words" | "message">[];
}

export interface Fault {
  readonly reason:
    | "offline"
    | "unconnected"
    | "similar"
    | "changed"
    | "limit"
    | "refused"
    | "unwell"
    | "page";
  readonly message: string;
  /** What stands on these words already, and could be rated instead. */
  readonly similar: readonly Annotation[];
}

export type Reply<T> = { readonly done: T } | { readonly fault: Fault };

export type Ask = <E extends Errand>(errand: E) => Promise<Reply<Outcomes[E["do"]]>>;

/** What a card in a page may have done. */
export const FROM_PAGES: readonly Errand["do"][] = ["rate", "unrate", "report"];
