import { describe, expect, it } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { NOBODY } from "../shared/community";
import { digest } from "../shared/not-useful";
import { STANDARD } from "../shared/settings";
import { analysis, note, TEXT, words } from "../shared/specimen";
import type { Mark } from "./marks";
import { overview, reading } from "./overview";

const PARSED = parseAnalysis(
  analysis({
    notes: [note("n1", 2, 14), note("n2", 15, 21)],
    page_notes: [
      {
        id: "p1",
        signal: "hedged",
        message: "Much is only possible.",
        question: "What is known?",
        confidence: 0.8,
        evidence: [],
        look: [],
      },
    ],
  }),
  TEXT,
);
const SENT = { server: "http://127.0.0.1:5000", characters: 45, of: 45, along: [], links: 0 };
const ANSWER = { analysis: PARSED, sent: SENT };
const PAGE = new URL("https://gazette.example/ferries?page=2#comments") as unknown as Location;

function marked(id: string, changed: string | null = null): Mark {
  const found = PARSED.notes.find(each => each.id === id);
  if (!found) throw new Error(`no note ${id}`);
  return { note: found, start: 0, end: 1, ranges: [], changed };
}

const NONE = { characters: 0 };

describe("what a reader tells of its notes", () => {
  it("has every note's words, message, question and ways out", () => {
    expect(
      reading({ answer: ANSWER, marks: [], growth: NONE, people: NOBODY, chosen: STANDARD }).notes[0],
    ).toMatchObject({
      id: "n1",
      name: "Vague source",
      words: "Many experts",
      question: "Which ones, and how many?",
      look: [{ title: "Fact checks: experts" }],
    });
  });

  it("leaves out what was written for another page where it has no place in this one", () => {
    const elsewhere = { title: "The Courier", url: "https://courier.example/ferry" };
    const notes = PARSED.notes.map(each => ({ ...each, people: { ...words(), elsewhere } }));
    const answer = { ...ANSWER, analysis: { ...PARSED, notes } };
    const told = reading({ answer, marks: [marked("n2")], growth: NONE, people: NOBODY, chosen: STANDARD });
    expect(told.notes.map(({ id }) => id)).toEqual(["n2"]);
    expect(told.notes[0]?.people?.elsewhere).toEqual(elsewhere);
  });

  it("says which notes have a place in the page", () => {
    const { notes } = reading({
      answer: ANSWER,
      marks: [marked("n2")],
      growth: NONE,
      people: NOBODY,
      chosen: STANDARD,
    });
    expect(notes.map(({ id, inPage }) => [id, inPage])).toEqual([
      ["n1", false],
      ["n2", true],
    ]);
  });

  it("says what the page has made of the words", () => {
    const { notes } = reading({
      answer: ANSWER,
      marks: [marked("n1", "Some experts")],
      growth: NONE,
      people: NOBODY,
      chosen: STANDARD,
    });
    expect(notes[0]?.changed).toBe("Some experts");
  });

  it("counts in the text that was read, wherever the words stand now", () => {
    const { notes } = reading({
      answer: ANSWER,
      marks: [marked("n1")],
      growth: NONE,
      people: NOBODY,
      chosen: STANDARD,
    });
    expect(TEXT.slice(notes[0]?.at?.start, notes[0]?.at?.end)).toBe("Many experts");
  });

  it("keeps the notes on the whole article apart", () => {
    expect(
      reading({ answer: ANSWER, marks: [], growth: NONE, people: NOBODY, chosen: STANDARD }).pageNotes,
    ).toMatchObject([{ id: "p1", at: null, inPage: false }]);
  });

  it("keeps what its reader has hidden apart from all that is listed and counted, and says by which choice", () => {
    const kind = { signal: "hedged", name: "Only a possibility", family: "reasoning" } as const;
    const chosen = { ...STANDARD, hidden: [kind], notUseful: [digest("vague-source", "say so")] };
    const told = reading({ answer: ANSWER, marks: [], growth: NONE, people: NOBODY, chosen });
    expect([told.notes.map(({ id }) => id), told.pageNotes]).toEqual([["n1"], []]);
    expect(told.hidden.map(({ by, note }) => [note.id, by])).toEqual([
      ["p1", "kind"],
      ["n2", "note"],
    ]);
  });

  it("names the article, the open note, and the page without its fragment", () => {
    const article = { text: TEXT, context: { title: "Ferries" } };
    const told = { article, answer: ANSWER, marks: [], growth: NONE, people: NOBODY, chosen: STANDARD };
    expect(overview(told, "n1", PAGE)).toMatchObject({
      title: "Ferries",
      address: "https://gazette.example/ferries?page=2",
      text: TEXT,
      open: "n1",
    });
  });
});
