import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leading } from "./leading";

const window = globalThis as unknown as { happyDOM: { setURL: (address: string) => void } };
const PAGE = "https://gazette.example/2026/03/barrage?edition=2";

describe("where a link leads", () => {
  beforeEach(() => window.happyDOM.setURL(PAGE));
  afterEach(() => {
    document.head.innerHTML = "";
    window.happyDOM.setURL("about:blank");
  });

  it.each([
    ["to another site", "https://board.example/report.pdf", "https://board.example/report.pdf"],
    ["to another page", "/2026/03/ferry#map", "https://gazette.example/2026/03/ferry#map"],
    ["to a place in the page", "#note-1", "#note-1"],
    ["to the page by its whole address", `${PAGE}#note-1`, "#note-1"],
    ["to the page with another scheme and name", "http://www.gazette.example/2026/03/barrage/?edition=2", ""],
    ["to the page with something more", `${PAGE}&print=1`, "https://gazette.example"],
    [
      "to where it is shared",
      `https://share.example/?u=${encodeURIComponent(PAGE)}`,
      "https://share.example",
    ],
    [
      "to where its canonical address is shared",
      "https://x.example/?u=gazette.example%2Fbarrage",
      "https://x.example",
    ],
    ["to its canonical address", "https://gazette.example/barrage", ""],
    ["with a stray percent sign", "https://board.example/?q=100%", "https://board.example/?q=100%"],
    ["to no page", "javascript:alert(1)", null],
    ["to no address", "https://", null],
  ])("is told without the page's address: %s", (_, href, told) => {
    document.head.innerHTML = '<link rel="canonical" href="/barrage">';
    expect(leading(document)(href)).toBe(told);
  });
});
