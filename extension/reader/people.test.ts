import { describe, expect, it } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { annotations, NOBODY } from "../shared/community";
import { analysis, annotation, TEXT } from "../shared/specimen";
import { withPeople } from "./people";

const SENT = { server: "https://caveat.example", characters: 45, of: 45, along: [], links: 0 };
const ANSWER = { analysis: parseAnalysis(analysis(), TEXT), sent: SENT };

function written(more: Record<string, unknown> = {}, isConnected = false) {
  const { notes } = withPeople(
    ANSWER,
    { annotations: annotations([annotation(more)]), isConnected, isMissed: false },
    TEXT,
  ).analysis;
  const found = notes.find(note => note.people);
  if (!found) throw new Error("no note by a person");
  return { found, notes };
}

describe("what people wrote about a page", () => {
  it("leaves the machine's answer as it is where nobody wrote", () => {
    expect(withPeople(ANSWER, NOBODY, TEXT)).toBe(ANSWER);
  });

  it("stands among the machine's notes, on its words", () => {
    const { found, notes } = written();
    expect(notes).toHaveLength(2);
    expect(TEXT.slice(found.start, found.end)).toBe("Many experts"); // behind an emoji
    expect(found.signal).toMatchObject({ name: "Vague source", family: "sources", level: "question" });
    expect(found.people?.address).toBe(`https://caveat.example/a/${found.id}`);
  });

  it("names a source without a title by its host", () => {
    const { found } = written({ sources: [{ url: "https://council.example/a", title: "" }] });
    expect(found.evidence).toEqual([
      {
        title: "council.example",
        url: "https://council.example/a",
        date: null,
        publisher: null,
        rating: null,
      },
    ]);
  });

  it("goes by its id where its signal is not known yet", () => {
    expect(written({ signal: "brand-new" }).found.signal).toMatchObject({
      name: "brand-new",
      level: "question",
    });
  });

  it.each<[string, Record<string, unknown>, boolean, boolean]>([
    ["by somebody else, to whoever is connected", {}, true, true],
    ["of one's own", { mine: true }, true, false],
    ["by anybody, to whoever is not connected", {}, false, false],
  ])("offers a note %s for rating: %o %s -> %s", (_, more, isConnected, mayRate) => {
    expect(written(more, isConnected).found.people?.mayRate).toBe(mayRate);
  });
});

describe("what was written for another page", () => {
  const ELSEWHERE = { title: "The Courier", url: "https://courier.example/ferry" };
  const BEFORE = "The council met on Monday to hear what it costs to cross the sound. ";
  const AFTER = " on the ferries of the northern line. Nobody asked why that was so.";
  const here = (exact: string, text: string) => {
    const target = { exact, prefix: BEFORE.slice(-32), suffix: AFTER.slice(0, 32), start: 700 };
    const [found] = annotations([annotation({ target })]);
    if (!found) throw new Error("no annotation");
    const people = { annotations: [{ ...found, elsewhere: ELSEWHERE }], isConnected: true, isMissed: false };
    return withPeople(ANSWER, people, text).analysis.notes.find(note => note.people);
  };

  it("stands on the same words, whatever stood around them there", () => {
    const found = here("The fare rose by 40 per cent", TEXT);
    expect(TEXT.slice(found?.start, found?.end)).toBe("The fare rose by 40 per cent");
    expect(found?.quote).toMatchObject({ prefix: "🚢 Many experts say so.\n", suffix: "." });
    expect(found?.people?.elsewhere).toEqual(ELSEWHERE);
  });

  it("stands on nearly the same words between the same others", () => {
    const text = `${BEFORE}The fare rose by 45 per cent${AFTER}`;
    const found = here("The fare rose by 40 per cent", text);
    expect(text.slice(found?.start, found?.end)).toBe("The fare rose by 45 per cent");
    expect(found?.quote.exact).toBe("The fare rose by 40 per cent");
  });

  it.each([
    ["are not here", TEXT],
    ["have others in their place", `${BEFORE}Two boats were sold${AFTER}`],
    [
      "have many more in their place",
      `${BEFORE}The fare fell, then it rose by forty and more per cent${AFTER}`,
    ],
  ])("is left out where the words %s", (_, text) => {
    expect(here("The bridge was closed for repairs again", text)).toBeUndefined();
  });

  it("is not rated from here: the server was not told who asks", () => {
    expect(here("The fare rose by 40 per cent", TEXT)?.people?.mayRate).toBe(false);
  });
});
