import { afterEach, describe, expect, it } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { analysis, note, TEXT } from "../shared/specimen";
import { BUDGET } from "./anchoring/budget";
import { place, placing } from "./marks";
import { atOnce } from "./slices";
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

/** Marks of the words between brackets, on a page that has changed since it was read. */
function marksOf(read: string, now: string, clock?: () => number): string[] {
  const notes = [];
  let text = "";
  for (const [at, part] of read.split(/[[\]]/).entries()) {
    if (at % 2 === 1) notes.push({ start: text.length, end: text.length + part.length });
    text += part;
  }
  const wire = notes.map(({ start, end }, i) => ({
    ...note(`n${i}`, start, end),
    quote: {
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - 32), start),
      suffix: text.slice(end, end + 32),
    },
  }));
  document.body.innerHTML = now
    .split("\n")
    .map(line => `<p>${line}</p>`)
    .join("");
  const index = indexText(document.body, {
    skips: () => false,
    reads: () => true,
    breaks: element => element.tagName === "P",
  });
  const parsed = parseAnalysis(analysis({ notes: wire }), text);
  return atOnce(placing(parsed.notes, index, text, clock)).map(({ ranges }) => ranges.join(""));
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

  it("are none where another sentence has the words, however alike it is near them", () => {
    const own =
      "After a long day the harbour master told the council that [the night ferry] would not sail before the ice was gone from the whole sound.";
    const like = own.replace(/[[\]]/g, "").replace("whole sound", "inner harbour");
    const more = "Nothing of it was said at the time.";
    expect(marksOf(`${more}\n${own}\n${more}`, `${more}\n${more}\nLater.\n${like}`)).toEqual([]);
  });

  it("follow words through a long page, past lookalikes that are nearer", () => {
    const own = "The mayor said on Monday that [the line had lost forty thousand euros in March].";
    const like = "The mayor said on Friday that the line had lost forty thousand euros in April.";
    const filler = "Other news of the day, and nothing but that.\n".repeat(1500);
    const now = `${like}\n${filler}${own.replace(/[[\]]/g, "")}`;
    expect(marksOf(`Before it all.\n${own}\n${filler}`, now)).toEqual([
      "the line had lost forty thousand euros in March",
    ]);
  });

  it("are looked for within a budget; who had to wait is first at the next look", () => {
    const names = ["north", "south", "east", "west"];
    const read = names.map(name => `[The ${name} harbour had 41,000 boats] in its best summer.`).join("\n");
    const now = read.replace(/[[\]]/g, "").replaceAll("41,000", "14,000");
    let time = 0;
    const slow = () => {
      time += BUDGET / 2;
      return time;
    };
    const seen = (words: string[]) => words.map(one => one.split(" ")[1]);
    expect(seen(marksOf(read, now))).toEqual(names);
    expect(seen(marksOf(read, now, slow))).toEqual(["north", "south"]);
    expect(seen(marksOf(read, now, slow))).toEqual(["east", "west"]);
  });
});
