import { render } from "preact";
import { describe, expect, it, vi } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { analysis, note, record, TEXT } from "../shared/specimen";
import { Card, type CardProps } from "./card";

const HOSTILE = '<img src=x onerror="alert(1)"><b>bold</b>';

function show(more: Partial<CardProps> = {}, about: Parameters<typeof note>[3] = {}) {
  const [first] = parseAnalysis(analysis({ notes: [note("n1", 2, 14, about)] }), TEXT).notes;
  if (!first) throw new Error("no note");
  const props: CardProps = {
    note: first,
    number: 1,
    of: 5,
    changed: null,
    others: [],
    pinned: true,
    resized: vi.fn(),
    keys: { next: "Alt+Shift+J", previous: "" },
    doing: null,
    ask: null,
    missed: null,
    open: vi.fn(),
    step: vi.fn(),
    close: vi.fn(),
    ...more,
  };
  const root = document.createElement("div");
  render(<Card {...props} />, root);
  return { root, props, part: (name: string) => root.querySelector(`[data-caveat="${name}"]`) };
}

describe("the card", () => {
  it("says that people's notes did not come, and nothing of them where none are missed", () => {
    expect(show().part("missed")).toBeNull();
    expect(show({ missed: vi.fn() }).part("missed")?.textContent).toContain("could not be fetched");
  });

  it("says what, why, and one question, and counts where it is", () => {
    const { root, part } = show();
    expect(root.querySelector("h2")?.textContent).toBe("Vague source");
    expect(part("message")?.textContent).toBe("“Many experts” does not say who.");
    expect(part("why")?.textContent).toBe("When nobody is named, nobody can be asked.");
    expect(part("question")?.textContent).toBe("Which ones, and how many?");
    expect(root.querySelector(".count")?.textContent).toBe("1 of 5");
    expect(root.textContent).toContain("a question, not a verdict");
  });

  it("is a dialog with a name and a description", () => {
    const card = show().root.firstElementChild;
    expect(card?.getAttribute("role")).toBe("dialog");
    for (const name of ["aria-labelledby", "aria-describedby"]) {
      expect(card?.querySelector(`#${card.getAttribute(name)}`)?.textContent).not.toBe("");
    }
  });

  it("takes markup from nobody", () => {
    const { root } = show(
      {},
      {
        message: HOSTILE,
        question: HOSTILE,
        look: [{ title: HOSTILE, at: "web", url: "https://a.example/" }],
      },
    );
    expect(root.querySelector("img, b")).toBeNull();
    expect(root.textContent).toContain(HOSTILE);
  });

  it("shows a record before the question that is asked about it", () => {
    const { root, part } = show({}, { evidence: [record()] });
    const words = root.querySelector(".body")?.textContent ?? "";
    expect(part("record-page")?.textContent).toBe("“Many experts”");
    expect(words.indexOf("On record")).toBeLessThan(words.indexOf("Which ones, and how many?"));
    expect(show({ changed: "Some experts" }, { evidence: [record()] }).part("record-page")?.textContent).toBe(
      "“Some experts”",
    );
  });

  it("leads out of the page without telling the other side where from", () => {
    const links = [
      ...show(
        {},
        {
          evidence: [
            {
              title: "Agenda",
              url: "https://council.example/a",
              date: "2026-05-02",
              publisher: null,
              rating: null,
            },
          ],
        },
      ).root.querySelectorAll("a"),
    ];
    expect(links.length).toBe(3);
    for (const link of links) {
      expect(link.getAttribute("rel")).toBe("noopener noreferrer");
      expect(link.getAttribute("target")).toBe("_blank");
    }
    expect(links[0]?.textContent).toContain("council.example");
  });

  it("steps, closes and opens the other notes on the same words", () => {
    const [other] = parseAnalysis(
      analysis({ notes: [note("n2", 2, 6, { signal: "bare-number" })] }),
      TEXT,
    ).notes;
    const { part, props } = show({ others: other ? [{ note: other, changed: null }] : [] });
    for (const name of ["previous", "next", "close", "other"]) (part(name) as HTMLButtonElement).click();
    expect(vi.mocked(props.step).mock.calls).toEqual([[-1], [1]]);
    expect(props.close).toHaveBeenCalledOnce();
    expect(props.open).toHaveBeenCalledWith(other);
  });

  it("shows both wordings where the page has changed", () => {
    const { part } = show({ changed: "Some experts" });
    expect(part("before")?.textContent).toBe("“Many experts”");
    expect(part("now")?.textContent).toBe("“Some experts”");
    expect(show().part("wording")).toBeNull();
  });

  it("names the keys that the browser has for a step, and none where it has none", () => {
    const { part } = show();
    expect(part("next")?.getAttribute("title")).toBe("Next note (Alt+Shift+J)");
    expect(part("previous")?.getAttribute("title")).toBe("Previous note");
  });

  it("calls a credit a credit", () => {
    expect(show({}, { signal: "named-source" }).root.textContent).toContain("a credit, not a verdict");
  });
});
