import { describe, expect, it } from "vitest";
import { within } from "./selected";
import { indexText } from "./text-index";

function page(html: string) {
  document.body.innerHTML = html;
  const index = indexText(document.body, {
    skips: element => element.localName === "aside",
    reads: () => true,
    breaks: element => element.localName === "p",
  });
  const range = (from: Node | null, start: number, to: Node | null, end: number) => {
    const range = document.createRange();
    range.setStart(from as Node, start);
    range.setEnd(to as Node, end);
    const place = within(index, range);
    return place && index.text.slice(place.start, place.end);
  };
  return { range, part: (selector: string) => document.querySelector(selector) as Element };
}

describe("the words that are selected", () => {
  it("are those between two places in the text", () => {
    const { range, part } = page("<p id=a>🚢 Many <b>experts</b> say so.</p>");
    expect(range(part("#a").firstChild, 3, part("b").firstChild, 7)).toBe("Many experts");
  });

  it("come without the spaces at their ends", () => {
    const { range, part } = page("<p id=a>Many experts say so.</p>");
    expect(range(part("#a").firstChild, 4, part("#a").firstChild, 13)).toBe("experts");
  });

  it("are a paragraph's, where the selection ends before the next one begins", () => {
    const { range, part } = page("<p id=a>One  two.</p><p id=b>Three.</p>");
    expect(range(part("#a").firstChild, 0, part("#b"), 0)).toBe("One two.");
  });

  it("are none outside the article, or in what is left out of it", () => {
    const { range, part } = page("<p>One.</p><aside>Advertisement</aside>");
    expect(range(part("aside").firstChild, 0, part("aside").firstChild, 5)).toBeNull();
  });
});
