import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import german from "../_locales/de/messages.json";
import { attributed, day, parseEvidence } from "./evidence";
import { factCheck, record } from "./specimen";

describe("a record or a fact check of a stranger's", () => {
  it("is what it says, in plain text", () => {
    expect(parseEvidence(factCheck())).toEqual(factCheck());
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", "", 7, null])(
    "is none where %j is its address",
    url => {
      expect(parseEvidence({ ...factCheck(), url })).toBeNull();
    },
  );

  it.each([
    ["no title", { title: "" }],
    ["a title of nothing to see", { title: " \u202E\u0000 " }],
  ])("is none with %s", (_, more) => {
    expect(parseEvidence({ ...factCheck(), ...more })).toBeNull();
  });

  it("turns no line around, rings no bell and builds no towers", () => {
    const words = `not \u202Eeslaf\u202C \u2066a\u2069 \u0007x\u0000 e${"\u0301".repeat(400)}`;
    expect(parseEvidence({ ...factCheck(), rating: words })?.rating).toBe(
      `not eslaf a x e${"\u0301".repeat(8)}`,
    );
  });

  it("has no half a character where it is cut", () => {
    const title = `${"x".repeat(1_999)}🚢`;
    expect(parseEvidence({ ...factCheck(), title })?.title).toBe("x".repeat(1_999));
  });

  it("is bounded and has no markup of its own, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.record({
          title: fc.oneof(fc.anything(), fc.string({ unit: "binary" })),
          url: fc.constantFrom("https://a.example/", "javascript:1"),
          date: fc.anything(),
          publisher: fc.oneof(fc.anything(), fc.string({ unit: "binary", maxLength: 2_500 })),
          rating: fc.oneof(fc.anything(), fc.string({ unit: "binary", maxLength: 2_500 })),
        }),
        entry => {
          const found = parseEvidence(entry);
          if (!found) return;
          for (const words of [found.title, found.date, found.publisher, found.rating]) {
            if (words === null) continue;
            expect(words.length).toBeLessThanOrEqual(2_000);
            expect(words).not.toMatch(/[\u202A-\u202E\u2066-\u2069\p{Cs}]|[^\P{Cc}\n\t]/u);
          }
        },
      ),
    );
  });
});

describe("a date", () => {
  it.each([
    ["2026-05-12", "May 12, 2026"],
    ["2026-05-12T23:30:00-08:00", "May 12, 2026"],
    ["2026-05", "May 2026"],
    ["2026", "2026"],
    ["0001-01-01", "January 1, 1"],
    ["2026-02-30", "2026-02-30"],
    ["2026-13-01", "2026-13-01"],
    ["12.5.2026", "12.5.2026"],
    ["yesterday", "yesterday"],
    ["20260512", "20260512"],
  ])("%s is %s to its reader", (date, written) => {
    expect(day(date)).toBe(written);
  });
});

describe("one line", () => {
  it("says of a record whose it is and as of when", () => {
    const { link, after } = attributed({ signal: "conflicts-record" }, record());
    expect(`${link} (${after})`).toBe(
      "Edda Quist, mayor of Lowmoor since 6 May 2025 (Wikidata, as of October 1, 2026)",
    );
  });

  it("names who checked a claim by their address where nothing else does", () => {
    const { after } = attributed({ signal: "checked-before" }, factCheck({ publisher: null, rating: null }));
    expect(after).toBe("Checked by checks.example, May 12, 2026.");
  });

  it("speaks its reader's language, but for what others said", () => {
    const getMessage = (name: keyof typeof german) => german[name].message;
    vi.stubGlobal("chrome", { i18n: { getMessage } });
    const { link, after } = attributed({ signal: "checked-before" }, factCheck());
    vi.unstubAllGlobals();
    expect(`${link} ${after}`).toBe(
      "„The ferry carried nobody in May.“ Geprüft von The Harbour Desk, 12. Mai 2026. " +
        "Das Urteil im Wortlaut: „Half of it“",
    );
  });

  it("keeps words from right to left to themselves", () => {
    const { after } = attributed(
      { signal: "checked-before" },
      factCheck({ publisher: "مسبار", rating: "زائف" }),
    );
    expect(after).toContain("by \u2068مسبار\u2069, May");
    expect(after).toContain("“\u2068زائف\u2069”");
  });

  it("leaves what a person names as a source as they named it", () => {
    expect(attributed({ signal: "checked-before", people: {} }, record()).after).toBe("");
  });
});
