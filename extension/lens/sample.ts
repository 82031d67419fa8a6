/** The server's sample article as our own `Article`; its links, counted in code points, are left out. */
import type { Article } from "../shared/article";

export function parseArticle(sample: unknown): Article {
  const { text, context } = sample as { text?: unknown; context?: Record<string, unknown> };
  if (typeof text !== "string") throw new Error("the sample has no text");
  const line = (name: string) => (typeof context?.[name] === "string" ? (context[name] as string) : null);
  return {
    text,
    context: {
      title: line("title"),
      site: line("site"),
      byline: line("byline"),
      published: line("published"),
      language: line("language"),
    },
  };
}
