import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Malformed, parseAnalysis } from "./analysis";
import { analysis, claim, note, signal, TEXT } from "./specimen";

describe("an answer", () => {
  it("is counted in code points and read in UTF-16 units", () => {
    const [first] = parseAnalysis(analysis(), TEXT).notes;
    expect(TEXT.slice(first?.start, first?.end)).toBe("Many experts");
  });

  it("lists its notes in reading order, whatever order they came in", () => {
    const notes = [note("n2", 30, 40), note("n1", 2, 14)];
    expect(parseAnalysis(analysis({ notes }), TEXT).notes.map(({ id }) => id)).toEqual(["n1", "n2"]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "chrome://settings",
    "//evil.example",
    "not a link",
    "",
    7,
    null,
  ])("leads nowhere by %s", url => {
    const way = { title: "Look", url, date: null } as never;
    const parsed = parseAnalysis(
      analysis({ notes: [note("n1", 2, 14, { look: [way], evidence: [way] })] }),
      TEXT,
    );
    expect(parsed.notes[0]).toMatchObject({ look: [], evidence: [] });
  });

  it("loses a reference that is no web page, not the signal", () => {
    const signals = { "vague-source": signal("vague-source", { reference: "javascript:alert(1)" }) };
    expect(parseAnalysis(analysis({ signals }), TEXT).notes[0]?.signal.reference).toBeNull();
  });

  it.each([
    ["a signal it does not explain", { signal: "unheard-of" }],
    ["no message", { message: "" }],
    ["an end before its start", { start: 9, end: 3 }],
    ["offsets that are no numbers", { start: "2" as never }],
    ["no words", { quote: { exact: "", prefix: "", suffix: "" } }],
    ["no quote", { quote: null as never }],
  ])("loses a note with %s, and keeps the others", (_, more) => {
    const notes = [note("n1", 2, 14, more), note("n2", 2, 14)];
    expect(parseAnalysis(analysis({ notes }), TEXT).notes.map(({ id }) => id)).toEqual(["n2"]);
  });

  it("says in its reader's language where each search leads", () => {
    const look = (["web", "fact-checks", "wikidata"] as const).map(at => ({
      title: "Ina Holt",
      at,
      url: `https://${at}.example/`,
    }));
    const [first] = parseAnalysis(analysis({ notes: [note("n1", 2, 14, { look })] }), TEXT).notes;
    expect(first?.look.map(({ title }) => title)).toEqual([
      "Search: Ina Holt",
      "Fact checks: Ina Holt",
      "Wikidata: Ina Holt",
    ]);
  });

  it.each(["toString", "", 7, null])("leads somewhere unheard of (%j) by the server's own words", at => {
    const look = [{ title: "Ina Holt", at: at as never, url: "https://x.example/" }];
    const [first] = parseAnalysis(analysis({ notes: [note("n1", 2, 14, { look })] }), TEXT).notes;
    expect(first?.look[0]?.title).toBe("Ina Holt");
  });

  it("has its claims with their searches, and loses those that lead nowhere", () => {
    const bad = { title: "x", at: "web", url: "javascript:alert(1)" } as const;
    const claims = [
      claim("c1"),
      claim("c2", { look: [] }),
      claim("c3", { look: [bad] }),
      claim("c4", { quote: null as never }),
      null as never,
    ];
    expect(parseAnalysis(analysis({ claims }), TEXT).claims).toEqual([
      {
        id: "c1",
        words: "Many experts say so.",
        look: [{ title: "Search: experts ferry", url: "https://search.example/?q=experts%20ferry" }],
        suggested: [],
      },
    ]);
  });

  it("has bounded strings", () => {
    const notes = [note("n1", 2, 14, { message: "x".repeat(100_000) })];
    expect(parseAnalysis(analysis({ notes }), TEXT).notes[0]?.message.length).toBeLessThanOrEqual(2_000);
  });

  it.each([null, "no", 7, [], {}, { notes: {} }, { notes: [] }, { error: "nope" }])(
    "is refused when it is %j",
    answer => {
      expect(() => parseAnalysis(answer, TEXT)).toThrow(Malformed);
    },
  );

  it("is either an analysis or malformed, never an accident", () => {
    const shape = fc.record(
      {
        claims: fc.anything(),
        notes: fc.anything(),
        page_notes: fc.anything(),
        signals: fc.anything(),
        coverage: fc.anything(),
        unread: fc.anything(),
        engine: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), shape), answer => {
        try {
          parseAnalysis(answer, TEXT);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
    );
  });
});
