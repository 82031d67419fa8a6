import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import type { Draft } from "../shared/drafts";
import { factCheck } from "../shared/specimen";
import { Suggested } from "./suggested";

const CHECK = factCheck();
const DRAFT: Draft = {
  id: "d1",
  begun: 1,
  page: { url: "https://news.example/ferry", title: "Ferries" },
  target: { exact: "Many experts", prefix: "", suffix: "", start: 2 },
  language: "en",
  signal: "",
  body: "",
  sources: [],
  suggested: [CHECK],
  isWaiting: false,
};
const TAKEN = { url: CHECK.url, title: "The Harbour Desk: The ferry carried nobody in May." };

function show(more: Partial<Draft> = {}) {
  const root = document.createElement("div");
  const [change, opened] = [vi.fn(), vi.fn()];
  act(() => render(<Suggested draft={{ ...DRAFT, ...more }} change={change} opened={opened} />, root));
  const button = root.querySelector<HTMLButtonElement>("[data-caveat=take-source]");
  return { root, button, change, opened, changed: () => change.mock.calls[0]?.[0] as Draft };
}

describe("fact checks that may fit", () => {
  it("are not there where none was found", () => {
    expect(show({ suggested: [] }).root.textContent).toBe("");
  });

  it("say which claim was checked, by whom, when, and what they found", () => {
    const { root } = show();
    for (const said of [
      "“The ferry carried nobody in May.”",
      "The Harbour Desk · May 12, 2026",
      "“Half of it”",
    ])
      expect(root.textContent).toContain(said);
  });

  it("become a source at a press, and the kind of note where none was chosen", () => {
    const { button, changed } = show();
    expect(button?.getAttribute("aria-pressed")).toBe("false");
    button?.click();
    expect(changed()).toEqual({ ...DRAFT, signal: "checked-before", sources: [TAKEN] });
  });

  it("leave what was chosen and typed as it is, but for empty lines", () => {
    const typed = { url: "https://a.example/", title: "A" };
    const { button, changed } = show({
      signal: "missing-context",
      sources: [typed, { url: " ", title: "" }],
    });
    button?.click();
    expect(changed()).toMatchObject({ signal: "missing-context", sources: [typed, TAKEN] });
  });

  it("are taken away again by another press", () => {
    const { button, changed } = show({ signal: "checked-before", sources: [TAKEN] });
    expect(button?.getAttribute("aria-pressed")).toBe("true");
    button?.click();
    expect(changed()).toMatchObject({ signal: "checked-before", sources: [] });
  });

  it("cannot be taken where there are as many sources as may be", () => {
    const sources = ["a", "b", "c", "d", "e"].map(name => ({ url: `https://${name}.example/`, title: "" }));
    expect(show({ sources }).button?.disabled).toBe(true);
  });

  it("are known to have been opened from here", () => {
    const { root, opened } = show();
    root.querySelector("a")?.dispatchEvent(new MouseEvent("auxclick"));
    expect(opened).toHaveBeenCalledWith(CHECK.url);
  });
});
