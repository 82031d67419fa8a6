import { afterEach, describe, expect, it } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { analysis, note, TEXT } from "../shared/specimen";
import { place } from "./marks";
import { indexText } from "./text-index";

function marks(page: string) {
  document.body.innerHTML = page;
  const index = indexText(document.body, {
    skips: () => false,
    reads: () => true,
    breaks: element => element.tagName === "P",
  });
  const [experts, fare] = [note("n1", 2, 14), note("n2", 23, 52)];
  const { notes } = parseAnalysis(analysis({ notes: [fare, experts] }), TEXT);
  return place(notes, index).map(({ note, ranges, changed }) => ({
    id: note.id,
    words: ranges.join(""),
    changed,
  }));
}

afterEach(() => {
  document.body.innerHTML = "";
});

describe("marks", () => {
  it("stand at the words of their notes, in reading order", () => {
    expect(marks("<p>🚢 Many experts say so.</p><p>The fare rose by 40 per cent.</p>")).toEqual([
      { id: "n1", words: "Many experts", changed: null },
      { id: "n2", words: "The fare rose by 40 per cent.", changed: null },
    ]);
  });

  it("carry the new words where the page has changed them, and are none where the words are gone", () => {
    expect(marks("<p>🚢 Many EXPERTS say so.</p><p>Withdrawn.</p>")).toEqual([
      { id: "n1", words: "Many EXPERTS", changed: "Many EXPERTS" },
    ]);
  });
});
