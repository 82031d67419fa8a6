import { describe, expect, it } from "vitest";
import type { Draft } from "../shared/drafts";
import { addresses, rubric } from "./rubric";

describe("a note", () => {
  it.each([
    ["a figure", "The council counted 40, not 60.", "rose by 40 per cent", true],
    ["a figure at the end of a sentence", "It was 40.", "rose by 40, they said", true],
    ["a name", "What Harrow decided is in the minutes.", "in Harrow alone", true],
    ["a word in another form", "The expert is named below.", "many experts", true],
    ["a long word in another form", "One ministry says so.", "several ministries", true],
    ["nothing of it", "This paper always lies.", "rose by 40 per cent", false],
    ["only what any sentence has", "And so it is.", "so it is and was", false],
  ])("that takes up %s", (_, body, quote, is) => {
    expect(addresses(body, quote)).toBe(is);
  });

  const draft = {
    target: { exact: "Many experts say so", prefix: "", suffix: "", start: 0 },
    body: "The experts are named in the council's minutes of 4 May.",
    sources: [{ url: " https://council.example/a ", title: "" }],
  } as unknown as Draft;
  const met = (more: object, opened: string[] = []) =>
    Object.fromEntries(rubric({ ...draft, ...more }, new Set(opened)).map(({ line, met }) => [line, met]));

  it("is told what of the rubric it meets", () => {
    expect(met({}, ["https://council.example/a"])).toEqual({ claim: true, source: true, length: true });
    expect(met({})).toMatchObject({ source: false });
    expect(met({ body: "Experts." })).toMatchObject({ length: false });
    expect(met({ body: "x ".repeat(400) })).toMatchObject({ claim: false, length: false });
  });

  it("that is not begun is told nothing", () => {
    expect(met({ body: " ", sources: [] })).toEqual({ claim: null, source: null, length: null });
  });
});
