/**
 * What is sent when a reader asks: the words of the article and what the page says about it.
 * The page's address is not among it. Offsets of links are UTF-16 units here; shared/ask.ts turns
 * them into the API's code points.
 */
import type { components } from "./api";

export type Link = Readonly<components["schemas"]["Link"]>;

export interface Context extends Readonly<Omit<components["schemas"]["Context"], "url" | "links">> {
  readonly links?: readonly Link[];
}

export interface Article {
  readonly text: string;
  readonly context: Context;
}
