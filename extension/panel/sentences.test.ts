import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listed } from "../shared/specimen";
import { markedSentences } from "./sentences";

const TEXT =
  "The ferry sails. Many experts say so. Nobody asked.\nThe fare rose by 40 per cent. It may rise.";

function on(id: string, words: string) {
  const start = TEXT.indexOf(words);
  return listed(id, {
    words,
    at: { start, end: start + words.length, quote: { exact: words, prefix: "", suffix: "" } },
  });
}

const said = (notes: ReturnType<typeof on>[]) =>
  markedSentences(TEXT, "en", notes).map(({ pieces }) => pieces.map(piece => piece.words));

describe("the marked sentences", () => {
  it("are those with notes, in reading order, cut at the notes", () => {
    expect(said([on("b", "40 per cent"), on("a", "Many experts")])).toEqual([
      ["Many experts", " say so."],
      ["The fare rose by ", "40 per cent", "."],
    ]);
  });

  it("are one where a note runs over a full stop", () => {
    expect(said([on("a", "say so. Nobody")])).toEqual([["Many experts ", "say so. Nobody", " asked."]]);
  });

  it("know which notes meet on a piece", () => {
    const [sentence] = markedSentences(TEXT, "en", [on("a", "Many experts"), on("b", "experts say")]);
    expect(sentence?.pieces.map(({ notes }) => notes.map(({ id }) => id))).toEqual([
      ["a"],
      ["a", "b"],
      ["b"],
      [],
    ]);
  });

  it("are none where nothing is marked", () => {
    expect(said([])).toEqual([]);
    expect(markedSentences("", "en", [listed("p", { at: null })])).toEqual([]);
  });

  it("hold every marked character once, wherever notes begin and end", () => {
    const place = fc.nat({ max: TEXT.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { maxLength: 6 }), places => {
        const notes = places.map(([a, b], id) =>
          listed(String(id), {
            at: {
              start: Math.min(a, b),
              end: Math.max(a, b) + 1,
              quote: { exact: "x", prefix: "", suffix: "" },
            },
          }),
        );
        const pieces = markedSentences(TEXT, "en", notes).flatMap(sentence => sentence.pieces);
        const marked = [...TEXT].filter((_, at) =>
          notes.some(({ at: on }) => on && on.start <= at && at < on.end),
        );
        const printed = pieces.filter(piece => piece.notes.length > 0).map(piece => piece.words);
        expect(printed.join("").replace(/\s/g, "")).toBe(marked.join("").replace(/\s/g, ""));
      }),
    );
  });
});
