import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { indexText, type Outline, visible } from "./text-index";

const outline: Outline = {
  skips: element => element.className === "ad",
  reads: () => true,
  breaks: element => /^(P|DIV|BR|LI)$/.test(element.tagName),
};

function index(html: string) {
  document.body.innerHTML = html;
  return indexText(document.body, outline);
}

afterEach(() => {
  document.body.innerHTML = "";
});

const CASES: [what: string, html: string, text: string][] = [
  ["one line a block", "<p>One.</p><p>Two.</p>", "One.\nTwo."],
  ["white space folded as it is shown", "<p>\n  One\n\t two  </p>\n\n<p>three</p>", "One two\nthree"],
  ["a break is the end of a line", "<p>One<br>two</p>", "One\ntwo"],
  ["inline elements are no seam", "<p>One <b>two</b><i> three</i>.</p>", "One two three."],
  ["one space where two nodes bring two", "<p>One <b> two</b></p>", "One two"],
  ["words around a skipped element", "<p>One <span class='ad'>advertisement</span>two</p>", "One two"],
  ["soft hyphens and zero-width spaces gone", "<p>in\u00ADfor\u200Bmation</p>", "information"],
  ["joiners of an emoji kept", "<p>👨‍👩‍👧 go</p>", "👨‍👩‍👧 go"],
  ["no-break spaces kept", "<p>41\u00A0000</p>", "41\u00A0000"],
  ["half a pair made whole", "<p>a\uD83Db</p>", "a\uFFFDb"],
  ["nothing", "<p> </p>", ""],
];

describe("the text of a page", () => {
  it.each(CASES)("has %s", (_, html, text) => {
    expect(index(html).text).toBe(text);
  });

  it("leads back to the words it came from", () => {
    const { text, ranges } = bound(index("<p>One <b>two</b> three</p><p>in\u00ADformation</p>"));
    const words = (of: string) => ranges(text.indexOf(of), text.indexOf(of) + of.length).map(String);
    expect(words("two three")).toEqual(["two three"]);
    expect(words("information")).toEqual(["in\u00ADformation"]);
    expect(words("three\ninformation")).toHaveLength(1);
  });

  it("leaves out of a range what is no part of the text", () => {
    const { text, ranges } = bound(index("<p>The mayor <span class='ad'>Advertisement</span>said so.</p>"));
    expect(ranges(0, text.length).map(String)).toEqual(["The mayor ", "said so."]);
  });

  it("knows the offset of a place in the page", () => {
    const found = index("<p>  One</p><p>two</p>");
    const node = document.querySelectorAll("p")[1]?.firstChild as Text;
    expect(found.offset(node, 1)).toBe(found.text.indexOf("wo"));
    expect(found.offset(document.body, 0)).toBeNull();
  });

  it("knows which part of it an element holds", () => {
    const found = index('<p>See <a href="/x">the <b>report</b></a> now</p>');
    const link = document.querySelector("a") as Element;
    expect(found.extent(link)).toEqual({ start: 4, end: 14 });
  });

  it("gives ranges with the very words of any stretch, on any page", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "é", "🚢", " ", "\n", "\u00AD", "\u00A0") });
    const piece = fc.tuple(fc.constantFrom("p", "b", "i", "div", "ad"), words);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(), fc.nat(), (pieces, a, b) => {
        document.body.replaceChildren(
          ...pieces.map(([tag, content]) => {
            const element = document.createElement(tag === "ad" ? "span" : tag);
            element.className = tag;
            element.textContent = content;
            return element;
          }),
        );
        const found = indexText(document.body, outline);
        const start = a % (found.text.length + 1);
        const end = start + (b % (found.text.length + 1 - start));
        const read = found.ranges(start, end).map(String).join("");
        expect(visible(read)).toBe(visible(found.text.slice(start, end)));
      }),
    );
  });

  it("changes nothing of the page", () => {
    const found = index("<p>One <b>two</b></p>");
    const before = document.documentElement.outerHTML;
    found.ranges(0, 5);
    expect(document.documentElement.outerHTML).toBe(before);
  });
});

function bound(found: ReturnType<typeof index>) {
  return { text: found.text, ranges: (start: number, end: number) => found.ranges(start, end) };
}
