/**
 * What is sent when a reader asks: the words of the article and what the page says about it.
 * The page's address is not among it. Offsets of links are UTF-16 units here; shared/ask.ts turns
 * them into the API's code points.
 */
export interface Link {
  readonly start: number;
  readonly end: number;
  readonly href: string;
}

export interface Context {
  readonly title?: string | null;
  readonly site?: string | null;
  readonly byline?: string | null;
  readonly published?: string | null;
  readonly language?: string | null;
  readonly links?: readonly Link[];
}

export interface Article {
  readonly text: string;
  readonly context: Context;
}
