import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annotations, annotationsOf, parseAnnotation, parseAnnotations, parseMe } from "./community";
import { digest } from "./page-identity";
import { annotation, PAGE } from "./specimen";

describe("an annotation from a stranger", () => {
  it("keeps what a card shows", () => {
    expect(parseAnnotation(annotation())).toMatchObject({
      author: "heron",
      status: "helpful",
      quote: { exact: "Many experts", prefix: "🚢 ", suffix: " say so." },
      start: 2,
      sources: [{ url: "https://council.example/minutes", title: "Minutes, 4 May" }],
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ["names no words", { target: { exact: "" } }],
    ["has no target", { target: null }],
    ["says nothing", { body: "" }],
    ["has nobody who wrote it", { author: 7 }],
    ["stands nowhere", { status: "loved" }],
    ["is named by no uuid", { id: "../../account" }],
    ["is about nothing", { signal: null }],
  ])("that %s is left out", (_, more) => {
    expect(parseAnnotation(annotation(more))).toBeNull();
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc", "//x", 7])(
    "has no source at %j",
    url => {
      expect(parseAnnotation(annotation({ sources: [{ url, title: "x" }] }))?.sources).toEqual([]);
    },
  );

  it("loses what turns its lines around, and keeps its paragraphs", () => {
    const body = "One\u202E\u0000\n\ntwo";
    expect(parseAnnotation(annotation({ body }))?.body).toBe("One\n\ntwo");
  });

  it("has a rating and a standing only where they are ones", () => {
    const rated = annotation({
      rating: { verdict: "helpful", reasons: ["clear", "because"] },
      standing: { ratings: 5, sides: [{ helpful: 3.5, ratings: "many" }, 7] },
    });
    expect(parseAnnotation(rated)).toMatchObject({
      rating: { verdict: "helpful", reasons: ["clear"] },
      standing: { ratings: 5, sides: [{ helpful: 3.5, ratings: 0 }] },
    });
    expect(parseAnnotation(annotation({ rating: "helpful", standing: {} }))).toMatchObject({
      rating: null,
      standing: null,
    });
  });

  it("throws nothing and promises its shape, whatever comes", () => {
    const shape = fc.record(
      Object.fromEntries(Object.keys(annotation()).map(name => [name, fc.anything()])),
      {
        requiredKeys: [],
      },
    );
    fc.assert(
      fc.property(shape, anything => {
        const found = parseAnnotation({ ...annotation(), ...anything });
        if (!found) return;
        expect([found.body, found.author, found.reason].every(each => typeof each === "string")).toBe(true);
        expect(Number.isSafeInteger(found.start)).toBe(true);
        for (const { url } of found.sources) expect(url).toMatch(/^https?:/);
      }),
    );
  });
});

describe("a page's annotations", () => {
  const other = "f".repeat(64);

  it("are those under its whole digest, and no other page's", () => {
    const pages = {
      [digest(PAGE)]: [annotation()],
      [other]: [annotation({ page: { digest: other, url: PAGE, title: "" } })],
    };
    expect(annotationsOf({ pages }, digest(PAGE))).toHaveLength(1);
    expect(annotationsOf({ pages }, "0".repeat(64))).toEqual([]);
  });

  it("say themselves that they are this page's", () => {
    const pages = { [digest(PAGE)]: [annotation({ page: { digest: other } })] };
    expect(annotationsOf({ pages }, digest(PAGE))).toEqual([]);
  });

  it("come once each", () => {
    expect(annotations([annotation(), annotation()])).toHaveLength(1);
  });

  it.each([null, [], "", {}, { pages: [] }, { pages: null }])(
    "are not known from %j, which is no answer",
    said => {
      expect(annotationsOf(said, digest(PAGE))).toBeNull();
    },
  );

  it("are none in an answer that is none", () => {
    fc.assert(
      fc.property(fc.anything(), anything => (annotationsOf(anything, digest(PAGE)) ?? []).length === 0),
    );
  });
});

describe("who is connected", () => {
  it("may write only where the server says so", () => {
    const may_write = { may: "yes", reason: "Three ratings to go.", most: 3, left: 3 };
    const me = { alias: "heron", role: "volunteer", may_write, may_rate: null, stopped: null };
    expect(parseMe(me)).toMatchObject({
      alias: "heron",
      writing: { may: false, reason: "Three ratings to go.", left: 3 },
      rating: { may: false, reason: "", left: 0 },
      stopped: "",
    });
    expect(parseMe({ ...me, may_write: { may: true } })?.writing.may).toBe(true);
    expect(parseMe({ alias: "heron" })).toBeNull();
  });
});

it("a queue is a list under its name", () => {
  expect(parseAnnotations({ annotations: [annotation()] })).toHaveLength(1);
  expect(parseAnnotations(null)).toEqual([]);
});
