/** An answer as the server gives it, and what becomes of it, for tests. */
import type { Wire } from "./analysis";
import { onCard, parseAnnotation, type Words } from "./community";
import type { Evidence } from "./evidence";
import type { Listed, Overview, Reading } from "./messages";
import { digest } from "./page-identity";

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
    look: [{ title: "experts", at: "fact-checks", url: "https://factcheck.example/?q=experts" }],
    ...more,
  };
}

export function claim(id: string, more: Partial<Wire["Claim"]> = {}): Wire["Claim"] {
  return {
    id,
    start: 0,
    end: 24,
    quote: { exact: "Many experts say so.", prefix: "", suffix: "" },
    kind: "statement",
    checkworthiness: 0.4,
    attribution: {
      kind: "vague",
      source: null,
      cue: null,
      content: [],
      relayed_by: null,
      name: null,
      voiced: true,
    },
    look: [{ title: "experts ferry", at: "web", url: "https://search.example/?q=experts%20ferry" }],
    suggested: [],
    ...more,
  };
}

/** What a record has. */
export function record(more: Partial<Evidence> = {}): Evidence {
  return {
    title: "Edda Quist, mayor of Lowmoor since 6 May 2025",
    url: "https://records.example/lowmoor",
    date: "2026-10-01",
    publisher: "Wikidata",
    rating: null,
    ...more,
  };
}

/** What others found when they checked a claim. */
export function factCheck(more: Partial<Evidence> = {}): Evidence {
  return {
    title: "The ferry carried nobody in May.",
    url: "https://checks.example/ferry",
    date: "2026-05-12T23:30:00-08:00",
    publisher: "The Harbour Desk",
    rating: "Half of it",
    ...more,
  };
}

export function analysis(more: Partial<Wire["Analysis"]> = {}): Wire["Analysis"] {
  return {
    engine: "caveat",
    language: "en",
    claims: [],
    listings: [],
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

/** A note as the popup and the panel list it, on the first “experts” of TEXT. */
export function listed(id: string, more: Partial<Listed> = {}): Listed {
  const start = TEXT.indexOf("experts");
  return {
    id,
    signal: "vague-source",
    name: "Vague source",
    family: "sources",
    level: "question",
    words: "experts",
    message: "“experts” does not say who.",
    question: "Which ones, and how many?",
    evidence: [],
    look: [],
    inPage: true,
    changed: null,
    at: { start, end: start + 7, quote: { exact: "experts", prefix: "🚢 Many ", suffix: " say so." } },
    ...more,
  };
}

/** A note on the whole article. */
export function onWhole(id: string, more: Partial<Listed> = {}): Listed {
  return listed(id, {
    name: "One voice",
    words: "",
    message: "Only one side is heard.",
    inPage: false,
    at: null,
    ...more,
  });
}

export function reading(more: Partial<Reading> = {}): Reading {
  return {
    coverage: { sentences: 31, claims: 14, attributed: 9, named: 5 },
    unread: null,
    sent: { server: "http://127.0.0.1:5000", characters: 4032, of: 4032, along: ["title", "site"], links: 3 },
    notes: [listed("n1"), listed("n2", { level: "quiet" })],
    listings: [],
    pageNotes: [],
    hidden: [],
    isMissingPeople: false,
    ...more,
  };
}

export function overview(more: Partial<Overview> = {}): Overview {
  return {
    title: "Ferries on time",
    address: "https://gazette.example/ferries",
    language: "en",
    text: TEXT,
    reading: reading(),
    claims: [],
    open: null,
    ...more,
  };
}

export const PAGE = "https://news.example/ferry";

/** An annotation as the server sends it, on “Many experts” in TEXT. */
export function annotation(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "0190a0b0-0000-7000-8000-000000000001",
    page: { digest: digest(PAGE), url: PAGE, title: "Ferries on time" },
    target: { exact: "Many experts", prefix: "🚢 ", suffix: " say so.", start: 2 },
    signal: "vague-source",
    body: "Two are named in the council's minutes.",
    sources: [{ url: "https://council.example/minutes", title: "Minutes, 4 May" }],
    author: "heron",
    status: "helpful",
    created: "2026-11-20T10:00:00Z",
    edited: null,
    revision: 3,
    reason: "Shown because 7 of 9 on one side and 4 of 6 on the other found it helpful.",
    correction: null,
    mine: false,
    rating: null,
    standing: null,
    ...more,
  };
}

/** The same, as a card has it. */
export function words(more: Record<string, unknown> = {}, mayRate = true): Words {
  const parsed = parseAnnotation(annotation(more));
  if (!parsed) throw new Error("no annotation");
  return onCard(parsed, "https://caveat.example", mayRate);
}
