import { describe, expect, it } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { analysis, note } from "../shared/specimen";
import { place } from "./marks";
import { atOnce, inSlices } from "./slices";
import { indexText } from "./text-index";

const everything = { skips: () => false, reads: () => true, breaks: (e: Element) => e.tagName === "P" };

function index(lines: readonly string[]) {
  document.body.replaceChildren(
    ...lines.map(line => {
      const p = document.createElement("p");
      p.textContent = line;
      return p;
    }),
  );
  return indexText(document.body, everything);
}

describe("placing notes in a long text", () => {
  const filler = (from: number, many: number) =>
    Array.from(
      { length: many },
      (_, i) => `Section ${from + i} of the report says nothing that anybody would doubt.`,
    );
  const words = "Many experts say that the old bridge could fall within ten years";
  const before = [...filler(0, 800), `${words}.`, ...filler(800, 800)];
  const text = before.join("\n");
  const start = text.indexOf(words);
  const end = start + words.length;
  const quote = { exact: words, prefix: text.slice(start - 32, start), suffix: text.slice(end, end + 32) };
  const { notes } = parseAnalysis(analysis({ notes: [note("n1", start, end, { quote })] }), text);

  it("finds them where they were, and far away if only one place has them", () => {
    expect(place(notes, index(before))[0]?.start).toBe(start);
    const moved = index([...filler(5000, 900), ...before]);
    expect(place(notes, moved)[0]?.start).toBe(moved.text.indexOf(words));
  });

  it("loses them with the words", () => {
    expect(place(notes, index([...filler(0, 1601)]))).toEqual([]);
  });

  it("marks nothing in nodes that have changed since they were indexed", () => {
    const found = index(before);
    (document.querySelectorAll("p")[800] as Element).firstChild?.replaceWith("Nobody says so.");
    expect(place(notes, found)).toEqual([]);
  });
});

describe("work in slices", () => {
  function* counting(to: number): Generator<void, number> {
    let count = 0;
    while (count < to) {
      yield;
      count++;
    }
    return count;
  }

  it("comes to the same as work at once", async () => {
    globalThis.requestIdleCallback ??= done => setTimeout(done) as unknown as number;
    expect(await inSlices(counting(100_000))).toBe(atOnce(counting(100_000)));
  });
});
