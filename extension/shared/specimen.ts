/** An answer as the server gives it, for tests. */
import type { Wire } from "./analysis";

export const TEXT = "🚢 Many experts say so.\nThe fare rose by 40 per cent.";

export function signal(id: string, more: Partial<Wire["Signal"]> = {}): Wire["Signal"] {
  return {
    id,
    name: "Vague source",
    family: "sources",
    level: "question",
    line: "Credits “experts” without naming one.",
    why: "When nobody is named, nobody can be asked.",
    question: "Which ones, and how many?",
    after: "Words to watch",
    reference: "https://en.wikipedia.org/wiki/Weasel_word",
    default: true,
    ...more,
  };
}

export function note(id: string, start: number, end: number, more: Partial<Wire["Note"]> = {}): Wire["Note"] {
  const points = [...TEXT];
  return {
    id,
    signal: "vague-source",
    claim: null,
    start,
    end,
    quote: {
      exact: points.slice(start, end).join(""),
      prefix: points.slice(0, start).join(""),
      suffix: points.slice(end).join(""),
    },
    message: "“Many experts” does not say who.",
    question: "Which ones, and how many?",
    confidence: 0.9,
    evidence: [],
    look: [{ title: "Search fact checks", url: "https://factcheck.example/?q=experts" }],
    ...more,
  };
}

export function analysis(more: Partial<Wire["Analysis"]> = {}): Wire["Analysis"] {
  return {
    engine: "caveat",
    language: "en",
    claims: [],
    notes: [note("n1", 2, 14)],
    page_notes: [],
    coverage: { sentences: 2, claims: 2, attributed: 1, named: 0 },
    unread: null,
    signals: {
      "vague-source": signal("vague-source"),
      "bare-number": signal("bare-number", { name: "Bare number", family: "numbers" }),
      hedged: signal("hedged", { name: "Only a possibility", family: "reasoning", level: "quiet" }),
      "named-source": signal("named-source", { name: "Named source", family: "credit", level: "credit" }),
    },
    ...more,
  };
}
