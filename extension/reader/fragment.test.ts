import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { directive, type Fragment, fragment, linkTo } from "./fragment";

const PAGE = "https://gazette.example/ferries";

/** The words between ⟦ and ⟧, as the directive names them. */
function named(marked: string): string | null {
  const found = fragmentOf(marked);
  return found && directive(found);
}

function fragmentOf(marked: string): Fragment | null {
  const text = marked.replace(/[⟦⟧]/g, "");
  const start = marked.indexOf("⟦");
  return fragment(text, { start, end: marked.indexOf("⟧") - 1 }, "en");
}

const LONG =
  "the barrage would have cost more than every other harbour work of the last forty years put together, twice";

describe("words are named", () => {
  it.each([
    ["whole where they are few", "It is said that ⟦many experts⟧ agree.", "text=many%20experts"],
    ["by whole words, not parts", "It is said that ma⟦ny exp⟧erts agree.", "text=many%20experts"],
    ["without the marks around them", "He said: ⟦“many experts,”⟧ and left.", "text=many%20experts"],
    [
      "with dashes, commas and ampersands as such",
      "A ⟦well-known, R&D⟧ firm.",
      "text=well%2Dknown%2C%20R%26D",
    ],
    ["in any script", "Der ⟦Fährmann 🚢 sagt⟧ es.", "text=F%C3%A4hrmann%20%F0%9F%9A%A2%20sagt"],
    [
      "by how they begin and end where they are many",
      `So ⟦${LONG}⟧.`,
      "text=the%20barrage%20would%20have,years%20put%20together%2C%20twice",
    ],
    [
      "by how they begin and end where they run on to another block",
      "First ⟦one.\nThen two⟧.",
      "text=one,two",
    ],
    ["within one block at either end", "A ⟦b\nc d e f g h i\nj⟧ k.", "text=b,j"],
  ] as const)("%s", (_, marked, wanted) => {
    expect(named(marked)).toBe(wanted);
  });

  it.each([
    ["the word before", "Some critics. Many ⟦critics⟧ say.", "text=Many-,critics"],
    [
      "the word behind, where the one before is the same",
      "The ⟦fare⟧ rose. The fare fell.",
      "text=fare,-rose",
    ],
    [
      "as many as it takes",
      "we saw the old ⟦fare⟧ go up; they saw the old fare go up",
      "text=fare,-go%20up%3B%20they",
    ],
    ["one on each side", "a x b, a ⟦x⟧ c, d x c", "text=a-,x,-c"],
    ["marks that stand between", "Who? “⟦Experts⟧”, they say. Experts!", "text=Who%3F%20%E2%80%9C-,Experts"],
    ["whatever the case", "EXPERTS agree. Few ⟦experts⟧ do.", "text=Few-,experts"],
    ["whatever the accents", "Café life. The ⟦cafe⟧ closed.", "text=The-,cafe"],
  ])("with their surroundings where the text has them twice: %s", (_, marked, wanted) => {
    expect(named(marked)).toBe(wanted);
  });

  it("without surroundings where others only contain them", () => {
    expect(named("Articles on ⟦art⟧ and particles.")).toBe("text=art");
  });

  it("never by words of another block", () => {
    const found = fragmentOf("Nobody knows.\n⟦Experts⟧\nExperts");
    expect([found?.prefix, found?.suffix]).toEqual([undefined, undefined]);
  });

  it("not at all where there are none", () => {
    expect(named("He left ⟦…⟧ quietly.")).toBeNull();
  });
});

describe("the link", () => {
  const text = "Many experts say so.";
  const at = { start: 5, end: 12 };
  it.each([
    [PAGE, `${PAGE}#:~:text=experts`],
    [`${PAGE}?page=2`, `${PAGE}?page=2#:~:text=experts`],
    [`${PAGE}#comments`, `${PAGE}#:~:text=experts`],
    [`${PAGE}#:~:text=old`, `${PAGE}#:~:text=experts`],
    [`${PAGE}#comments:~:text=old&text=older`, `${PAGE}#:~:text=experts`],
    [`${PAGE}#/article/5`, `${PAGE}#/article/5:~:text=experts`],
    [`${PAGE}#!/article/5:~:text=old`, `${PAGE}#!/article/5:~:text=experts`],
    ["https://me:secret@gazette.example/", "https://gazette.example/#:~:text=experts"],
  ])("from %s", (address, wanted) => {
    expect(linkTo(address, text, at, "en")).toBe(wanted);
  });

  it("is the page's own where no words can be named", () => {
    expect(linkTo(`${PAGE}#top`, "He left … quietly.", { start: 8, end: 9 }, "en")).toBe(PAGE);
  });
});

/** Texts in which every word comes up again and again. */
const word = constantFrom(
  "experts",
  "Experts",
  "say",
  "the",
  "fare",
  "café",
  "40",
  "well-known",
  "it’s",
  "🚢",
);
const mark = constantFrom(" ", " ", " ", ", ", ". ", ".\n", " “", "” ");
const texts = array(tuple(word, mark), { minLength: 1, maxLength: 60 }).map(parts => parts.flat().join(""));

describe("whatever the text", () => {
  const cases = tuple(texts, nat(), nat()).map(([text, a, b]) => {
    const [start, end] = [a % text.length, b % text.length].sort((x, y) => x - y) as [number, number];
    return { text, start, end: end + 1 };
  });

  it("every part is whole words of one block, in their order", () => {
    assert(
      property(cases, ({ text, ...at }) => {
        const found = fragment(text, at, "en");
        if (!found) return;
        let from = 0;
        for (const part of [found.prefix, found.start, found.end, found.suffix]) {
          if (part === undefined) continue;
          expect(part).not.toContain("\n");
          const place = text.indexOf(part, from);
          expect(place).toBeGreaterThanOrEqual(0);
          from = part === found.prefix ? 0 : place;
        }
        const words = [...new Intl.Segmenter("en", { granularity: "word" }).segment(text)];
        for (const part of [found.start, found.end ?? found.start]) {
          const starts = words.some(({ segment, isWordLike }) => isWordLike && part.startsWith(segment));
          const ends = words.some(({ segment, isWordLike }) => isWordLike && part.endsWith(segment));
          expect([starts, ends]).toEqual([true, true]);
        }
      }),
    );
  });

  it("the words are among those that are named", () => {
    assert(
      property(cases, ({ text, ...at }) => {
        const found = fragment(text, at, "en");
        const inside = text.slice(at.start, at.end).match(/[\p{L}\p{N}]+/gu) ?? [];
        const whole = found?.end === undefined ? found?.start : text;
        for (const piece of inside) expect(whole).toContain(piece);
      }),
    );
  });
});
