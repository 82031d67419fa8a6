/** The server's sample article as our own `Article`; its links count code points, ours UTF-16 units. */

import type { Article, Link } from "../shared/article";
import { Offsets } from "../shared/offsets";
import { webAddress } from "../shared/stranger";

export function parseArticle(sample: unknown): Article {
  const { text, context } = sample as { text?: unknown; context?: Record<string, unknown> };
  if (typeof text !== "string") throw new Error("the sample has no text");
  const line = (name: string) => (typeof context?.[name] === "string" ? (context[name] as string) : null);
  const offsets = new Offsets(text);
  const links = (Array.isArray(context?.links) ? context.links : []).flatMap((link): Link[] => {
    const href = webAddress(link?.href);
    return href ? [{ start: offsets.toUtf16(link.start), end: offsets.toUtf16(link.end), href }] : [];
  });
  return {
    text,
    context: {
      title: line("title"),
      site: line("site"),
      byline: line("byline"),
      published: line("published"),
      language: line("language"),
      links,
    },
  };
}
