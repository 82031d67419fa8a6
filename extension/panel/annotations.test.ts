import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Listed } from "../shared/messages";
import { factCheck, listed, onWhole, overview, reading, TEXT } from "../shared/specimen";
import { annotations, fileName } from "./annotations";

function made(notes: readonly Listed[], more: { address?: boolean; text?: string } = {}) {
  let last = 0;
  return annotations(
    overview({
      reading: reading({ notes, pageNotes: [onWhole("p1")] }),
      ...(more.text && { text: more.text }),
    }),
    {
      address: more.address ?? false,
      now: new Date("2026-03-09T06:30:00Z"),
      uuid: () => `00000000-0000-4000-8000-${String(++last).padStart(12, "0")}`,
    },
  );
}

/** Where the first note on words stands. */
function position(collection: ReturnType<typeof made>): { start: number; end: number } {
  for (const { target } of collection.first.items) {
    for (const selector of target.selector ?? []) if (selector.start !== undefined) return selector;
  }
  throw new Error("no note has a position");
}

const isIri = (value: unknown) => typeof value === "string" && URL.canParse(value);

/** What the data model says MUST be (sections 3 to 5 of https://www.w3.org/TR/annotation-model/). */
function faults(collection: ReturnType<typeof made>): string[] {
  const found: string[] = [];
  const must = (holds: boolean, words: string) => holds || found.push(words);
  must(collection["@context"] === "http://www.w3.org/ns/anno.jsonld", "a collection has the context");
  must(isIri(collection.id), "a collection has an IRI");
  must(collection.type === "AnnotationCollection", "a collection has its type");
  must(Number.isInteger(collection.total) && collection.total >= 0, "a total is a count");
  const page = collection.first;
  must(isIri(page.id) && page.type === "AnnotationPage", "a page has an IRI and its type");
  must(page.partOf === collection.id, "a page is part of its collection");
  must(Number.isInteger(page.startIndex), "a page has a start index");
  must(page.items.length === collection.total, "the total is that of the items");
  const names = new Set<string>();
  for (const each of page.items) {
    must(isIri(each.id) && !names.has(each.id), "an annotation has an IRI of its own");
    names.add(each.id);
    must(each.type === "Annotation", "an annotation has its type");
    must(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(each.created), "a time is UTC, in the form of xsd:dateTime");
    for (const body of each.body) {
      if ("value" in body) must(body.type === "TextualBody", "a body of text has its type and one value");
      else must(isIri(body.source), "a body elsewhere has one source");
    }
    must(isIri(each.target.source), "a target has one source");
    if (!("selector" in each.target)) continue;
    for (const selector of each.target.selector ?? []) {
      if ("exact" in selector) must(Boolean(selector.exact), "a quotation has its words");
      else must(selector.start >= 0 && selector.end > selector.start, "a position begins before it ends");
    }
  }
  return found;
}

describe("all notes as Web Annotations", () => {
  it("are what the data model asks for", () => {
    const look = [{ title: "Search", url: "https://f.example/?q=1" }];
    expect(faults(made([listed("n1", { look }), listed("n2", { level: "credit", question: "" })]))).toEqual(
      [],
    );
  });

  it("count code points where the browser counts units", () => {
    const [, note] = made([listed("n1")]).first.items;
    expect(note?.target).toMatchObject({
      selector: [
        { type: "TextQuoteSelector", exact: "experts", prefix: "🚢 Many ", suffix: " say so." },
        { type: "TextPositionSelector", start: 7, end: 14 },
      ],
    });
  });

  it.each([
    [null, "Written for the same words on another page: The Courier (https://courier.example/a)", "experts"],
    ["experts say", "Written for much the same words on another page: The Courier", "experts say"],
  ])("say of one from another page where it was written, whose words here are %s", (changed, said, exact) => {
    const elsewhere = { title: "The Courier", url: "https://courier.example/a" };
    const people = {
      author: "heron",
      status: "helpful",
      reason: "",
      mine: false,
      appeal: null,
      elsewhere,
    } as const;
    const start = TEXT.indexOf("experts");
    const quote = { exact: changed ? "the experts said" : "experts", prefix: "", suffix: "" };
    const at = { start, end: start + exact.length, quote };
    const collection = made([listed("n1", { people, changed, at })]);
    expect(faults(collection)).toEqual([]);
    const [, note] = collection.first.items;
    expect(note?.target).toMatchObject({ via: elsewhere.url, selector: [{ exact }, {}] });
    expect(note?.body.find(each => each.purpose === "describing")).toMatchObject({
      value: expect.stringContaining(said),
    });
    expect(made([listed("n1")]).first.items[1]?.target).not.toHaveProperty("via");
  });

  it("hold a fact check with who checked the claim, when, and what they found", () => {
    const collection = made([listed("n1", { signal: "checked-before", evidence: [factCheck()] })]);
    expect(faults(collection)).toEqual([]);
    const body = collection.first.items[1]?.body ?? [];
    expect(body.find(({ purpose }) => purpose === "describing")).toMatchObject({
      value:
        "“The ferry carried nobody in May.” Checked by The Harbour Desk, May 12, 2026. " +
        "Their verdict, in their words: “Half of it” https://checks.example/ferry",
    });
    expect(body.find(({ purpose }) => purpose === "linking")).toMatchObject({
      source: "https://checks.example/ferry",
    });
  });

  it("find the quoted words at their position, whatever stands before them", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme", minLength: 1 }),
        (before, exact) => {
          const text = `${before}${exact}.`;
          const at = {
            start: before.length,
            end: before.length + exact.length,
            quote: { exact, prefix: "", suffix: "" },
          };
          const { start, end } = position(made([listed("n1", { words: exact, at })], { text }));
          expect([...text].slice(start, end).join("")).toBe(exact);
        },
      ),
    );
  });

  it("keep words as they are: brackets, lines, right to left", () => {
    const quote = { exact: "[قال]\n“خبراء”", prefix: "", suffix: "" };
    const [, note] = made([listed("n1", { at: { start: 0, end: 5, quote } })]).first.items;
    expect(JSON.parse(JSON.stringify(note)).target.selector[0]).toEqual({
      type: "TextQuoteSelector",
      exact: quote.exact,
    });
  });

  it("put a note on the whole article on its source", () => {
    const collection = made([listed("n1")]);
    const [whole, other] = collection.first.items;
    expect(whole?.target).toEqual({ type: "SpecificResource", source: other?.target.source });
  });

  it("say where the page is only when asked to", () => {
    expect(JSON.stringify(made([listed("n1")]))).not.toContain("gazette.example");
    expect(made([listed("n1")], { address: true }).first.items[0]?.target.source).toBe(
      "https://gazette.example/ferries",
    );
  });

  it("hold nothing of the text but the words of the notes and those beside them", () => {
    expect(JSON.stringify(made([listed("n1")]))).not.toContain(TEXT.split("\n")[1]);
  });
});

describe("the file's name", () => {
  it.each([
    ["Ferries on time", "caveat-ferries-on-time.jsonld"],
    ["../../etc/passwd", "caveat-etc-passwd.jsonld"],
    ["«قال خبراء»", "caveat-قال-خبراء.jsonld"],
    ["?!", "caveat-notes.jsonld"],
    ["a".repeat(300), `caveat-${"a".repeat(60)}.jsonld`],
  ])("of %s", (title, name) => {
    expect(fileName(title)).toBe(name);
  });
});
