import { describe, expect, it } from "vitest";
import type { Outcome } from "../shared/messages";
import { listed, reading } from "../shared/specimen";
import { button } from "./button";

const SERVER = "http://127.0.0.1:5000";
const read = (more: Parameters<typeof reading>[0] = {}): Outcome => ({
  kind: "read",
  reading: reading(more),
});
const sent = { server: SERVER, characters: 100, of: 300, along: [], links: 0 };
const problem = { reason: "offline", title: "The server does not answer", wait: null } as const;

const TABLE: [what: string, outcome: Outcome | null, badge: string, title: RegExp][] = [
  ["a page nobody asked about", null, "", /^Read this page with Caveat$/],
  ["a page with a question", read({ notes: [listed("n1")], pageNotes: [] }), "1", /^1 question about/],
  [
    "a page with questions, quiet notes aside",
    read({
      notes: [listed("n1"), listed("n2", { level: "quiet" })],
      pageNotes: [listed("p1")],
    }),
    "2",
    /^2 questions about/,
  ],
  ["a page without a question", read({ notes: [], pageNotes: [] }), "", /no question/],
  [
    "a page with more text",
    read({ notes: [listed("n1")], pageNotes: [], sent }),
    "1+",
    /1 question.*more text/,
  ],
  ["a page with more text and no question", read({ notes: [], pageNotes: [], sent }), "+", /more text/],
  [
    "a page in another language",
    read({ unread: { reason: "language", message: "It seems to be in French." } }),
    "",
    /Not read.*French/,
  ],
  [
    "a page that is refused",
    { kind: "refused", refusal: { reason: "letters", message: "These are letters." } },
    "",
    /leaves this page alone.*letters/,
  ],
  ["a page without an article", { kind: "none", title: "No article", message: "…" }, "", /^Read this page/],
  [
    "a server that does not answer",
    { kind: "problem", problem: { ...problem, message: `Nothing answers at ${SERVER}.` } },
    "!",
    /does not answer\. Nothing answers at .* try again/,
  ],
];

describe("the button", () => {
  it.each(TABLE)("of %s", (_, outcome, badge, title) => {
    expect(button(outcome).badge).toBe(badge);
    expect(button(outcome).title).toMatch(title);
  });
});
