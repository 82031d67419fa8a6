import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import type { Evidence } from "../shared/evidence";
import { factCheck, record } from "../shared/specimen";
import { Beside } from "./record";

function show(signal: string, evidence: readonly Evidence[], words: string | null = "Mayor Ada Holt") {
  const root = document.createElement("div");
  const resized = vi.fn();
  act(() => render(<Beside signal={signal} evidence={evidence} words={words} resized={resized} />, root));
  const parts = (name: string) => [...root.querySelectorAll<HTMLElement>(`[data-caveat="${name}"]`)];
  const press = (name: string) => act(async () => parts(name)[0]?.click());
  return { root, resized, parts, press, part: (name: string) => parts(name)[0]?.textContent };
}

const records = (...evidence: Evidence[]) => show("conflicts-record", evidence);
const checks = (...evidence: Evidence[]) => show("checked-before", evidence);

describe("a record", () => {
  it("stands below what the page says, with its date and the way there", () => {
    const { root, part } = records(record());
    expect([...root.querySelectorAll("dt")].map(each => each.textContent)).toEqual([
      "On this page",
      "On record",
    ]);
    expect(part("record-page")).toBe("“Mayor Ada Holt”");
    expect(part("record")).toMatch(/^Edda Quist, mayor of Lowmoor since 6 May 2025 · as of October 1, 2026$/);
    expect(root.querySelector("a")?.textContent).toBe("Wikidata records.example ↗");
    expect(root.querySelector("a")?.href).toBe("https://records.example/lowmoor");
  });

  it("says its address once where its publisher is called so", () => {
    const { root } = records(
      record({ url: "https://www.calendar.example/5", publisher: "calendar.example" }),
    );
    expect(root.querySelector("a")?.textContent).toBe("www.calendar.example ↗");
  });

  it("is one of several where there are several", () => {
    expect(records(record(), record({ title: "Ada Holt, mayor until 2025" })).parts("record")).toHaveLength(
      2,
    );
  });

  it("is nothing where there is none: a sum needs no record", () => {
    expect(records().root.textContent).toBe("");
  });

  it("stands alone where the page's words stand beside it already", () => {
    expect(show("conflicts-record", [record()], null).parts("record-page")).toEqual([]);
  });
});

describe("a fact check", () => {
  it("is the claim as it was checked, who checked it and when, and what they found, in their words", () => {
    const { root, part } = checks(factCheck());
    expect(part("checked-claim")).toBe("“The ferry carried nobody in May.”");
    expect(part("checked-by")).toBe("The Harbour Desk · May 12, 2026");
    expect(part("checked-rating")).toBe("“Half of it”");
    expect(root.querySelector("a")?.textContent).toBe("Read the fact check checks.example ↗");
  });

  it("goes by its address and says nothing of a verdict where none is given", () => {
    const { part, parts } = checks(factCheck({ publisher: null, rating: null, date: null }));
    expect(part("checked-by")).toBe("checks.example");
    expect(parts("checked-rating")).toEqual([]);
  });

  it("keeps the others behind a press", async () => {
    const { parts, press, resized } = checks(
      factCheck(),
      factCheck({ url: "https://b.example/" }),
      factCheck(),
    );
    expect(parts("fact-check")).toHaveLength(1);
    const [more] = parts("more-checks");
    expect([more?.textContent, more?.getAttribute("aria-expanded")]).toEqual([
      "2 more fact checks of this claim",
      "false",
    ]);
    resized.mockClear();
    await press("more-checks");
    expect(parts("fact-check")).toHaveLength(3);
    expect(more?.getAttribute("aria-expanded")).toBe("true");
    expect(resized).toHaveBeenCalled();
  });
});

describe("text of a feed", () => {
  const long = `It began ${"and went on ".repeat(100)}to its end.`;

  it("is shortened in the middle, and whole at a press", async () => {
    const { part, press, parts, resized } = checks(factCheck({ title: long }));
    expect(part("checked-claim")).toMatch(/^“It began .* … .* its end\.” Show all of it$/);
    expect(parts("whole")[0]?.getAttribute("aria-expanded")).toBe("false");
    await press("whole");
    expect(part("checked-claim")).toBe(`“${long}” Show all of it`);
    expect(parts("whole")[0]?.getAttribute("aria-expanded")).toBe("true");
    expect(resized).toHaveBeenCalled();
    await press("whole");
    expect(part("checked-claim")?.length).toBeLessThan(280);
  });

  it("is never markup", () => {
    const trap = '<img src=x onerror="alert(1)"><b>bold</b>';
    const { root } = checks(factCheck({ title: trap, publisher: trap, rating: trap, date: trap }));
    expect(root.querySelector("img, b")).toBeNull();
    expect(root.textContent?.split(trap)).toHaveLength(5);
    expect(
      records(record({ title: trap, publisher: trap, date: trap })).root.querySelector("img, b"),
    ).toBeNull();
  });

  it("keeps its direction to itself", () => {
    const { root } = checks(factCheck({ title: "قال خبراء", publisher: "مسبار", rating: "نصف الحقيقة" }));
    expect([...root.querySelectorAll("bdi")].map(each => each.textContent)).toEqual([
      "قال خبراء",
      "مسبار",
      "نصف الحقيقة",
    ]);
  });
});
