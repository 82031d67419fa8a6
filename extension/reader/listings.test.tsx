import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it } from "vitest";
import { type Listing, parseAnalysis, type Wire } from "../shared/analysis";
import { analysis, note, TEXT } from "../shared/specimen";
import { Listings, withoutOwn } from "./listings";

const PAGE = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources";

function listing(outlet: string, more: Partial<Wire["Listing"]> = {}): Wire["Listing"] {
  return {
    outlet,
    domain: `${outlet.toLowerCase()}.example`,
    category: "generally reliable",
    date: "2026-08",
    url: `${PAGE}#${outlet}`,
    places: [[2, 6]],
    ...more,
  };
}

function parsed(listings: unknown, more: Partial<Wire["Analysis"]> = {}): readonly Listing[] {
  return parseAnalysis(analysis({ listings: listings as Wire["Listing"][], ...more }), TEXT).listings;
}

function drawn(listings: readonly Listing[], title?: string): HTMLElement {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  act(() => render(<Listings listings={listings} {...(title && { title })} />, root));
  return root;
}

describe("what a list says of an outlet", () => {
  it("is one plain line with who says so, when, and a way to the discussion", () => {
    const root = drawn(parsed([listing("Gazette")]), "Outlets linked or cited here");
    expect(root.querySelector("li")?.textContent).toBe(
      "Gazette — Wikipedia’s editors, 2026-08: generally reliable discussion ↗",
    );
    const way = root.querySelector("li a");
    expect(way?.getAttribute("href")).toBe(`${PAGE}#Gazette`);
    expect(way?.getAttribute("rel")).toBe("noopener noreferrer");
    expect(way?.getAttribute("aria-label")).toBe("discussion of Gazette");
    expect(root.querySelector("h2")?.textContent).toBe("Outlets linked or cited here");
  });

  it("says under which licence the list is", () => {
    const whose = drawn(parsed([listing("Gazette")])).querySelector(".whose");
    expect(whose?.textContent).toBe("Lists by Wikipedia’s editors, CC BY-SA 4.0");
    expect(whose?.querySelector("a")?.href).toBe("https://creativecommons.org/licenses/by-sa/4.0/");
  });

  it("looks the same whatever it says: no class, no picture, no number", () => {
    const shape = (category: string) =>
      drawn(parsed([listing("Gazette", { category })])).innerHTML.replace(category, "");
    expect(shape("deprecated")).toBe(shape("generally reliable"));
    expect(drawn(parsed([listing("Gazette")])).querySelector("svg, img, meter")).toBeNull();
  });

  it("is folded after three", () => {
    const outlets = ["One", "Two", "Three", "Four", "Five"].map(name => listing(name));
    const root = drawn(parsed(outlets));
    expect(root.querySelectorAll(".listings > ul > li")).toHaveLength(3);
    expect(root.querySelector("summary")?.textContent).toBe("2 more outlets");
    expect(root.querySelectorAll("details li")).toHaveLength(2);
    expect(root.querySelector("details")?.open).toBe(false);
    expect(drawn(parsed(outlets.slice(0, 4))).querySelector("summary")?.textContent).toBe("1 more outlet");
    expect(drawn(parsed(outlets.slice(0, 3))).querySelector("details")).toBeNull();
  });

  it("is nothing where there is nothing", () => {
    expect(drawn([], "Outlets linked or cited here").innerHTML).toBe("");
  });

  it("stays letters where a stranger sends markup", () => {
    const markup = "<img src=x onerror=alert(1)>";
    const root = drawn(parsed([listing(markup, { category: markup, date: markup })]));
    expect(root.querySelector("img")).toBeNull();
    expect(root.querySelector("li")?.textContent).toContain(markup);
  });

  it("does without a date", () => {
    expect(drawn(parsed([listing("Gazette", { date: "" })])).querySelector("li")?.textContent).toContain(
      "Gazette — Wikipedia’s editors: generally reliable",
    );
  });
});

describe("a stranger's listings", () => {
  it.each([undefined, null, 7, "x", {}, [null], [7], [{}], [[]]])("are none where they are %j", listings => {
    expect(parsed(listings)).toEqual([]);
  });

  it.each([
    { url: "javascript:alert(1)" },
    { url: "" },
    { outlet: "" },
    { outlet: 7 as never },
    { category: null as never },
  ])("lose the one with %j, and keep the others", more => {
    expect(parsed([listing("Gazette", more), listing("Other")]).map(({ outlet }) => outlet)).toEqual([
      "Other",
    ]);
  });

  it("have their places in UTF-16 units, without those that are none", () => {
    const places = [[2, 14], [5, 5], [9, 2], ["a", "b"], null, [1]] as never;
    expect(parsed([listing("Gazette", { places })])[0]?.places).toEqual([{ start: 3, end: 15 }]);
  });

  it("are bounded", () => {
    const many = Array.from({ length: 1_000 }, (_, n) => listing(`Gazette ${n}`));
    expect(parsed(many)).toHaveLength(200);
    expect(parsed([listing("x".repeat(9_000))])[0]?.outlet).toHaveLength(2_000);
  });
});

describe("a note", () => {
  it("has the listings of the outlets that its words link or cite", () => {
    const { notes } = parseAnalysis(
      analysis({
        notes: [note("n1", 2, 14), note("n2", 25, 30)],
        listings: [listing("Before", { places: [[0, 2]] }), listing("Within", { places: [[7, 9]] })],
      }),
      TEXT,
    );
    expect(notes.map(each => each.listings?.map(({ outlet }) => outlet))).toEqual([["Within"], undefined]);
  });
});

describe("a page's own outlet", () => {
  const domains = (host: string, ...listed: string[]) => {
    const answer = {
      analysis: parseAnalysis(
        analysis({ listings: listed.map(domain => listing(domain, { domain })) }),
        TEXT,
      ),
      sent: {} as never,
    };
    const { listings, notes } = withoutOwn(answer, host).analysis;
    expect(notes[0]?.listings).toEqual(listings);
    return listings.map(({ domain }) => domain);
  };

  it("is not listed, under whatever name of its host", () => {
    expect(domains("www.gazette.example", "gazette.example", "other.example")).toEqual(["other.example"]);
    expect(domains("m.gazette.example", "gazette.example", "other.example")).toEqual(["other.example"]);
    expect(domains("gazette.example", "blog.gazette.example/x", "other.example")).toEqual(["other.example"]);
  });

  it("is none whose name only ends alike", () => {
    expect(domains("gazette.example", "oldgazette.example", "example")).toEqual(["oldgazette.example"]);
    expect(domains("", "gazette.example")).toEqual(["gazette.example"]);
  });
});
