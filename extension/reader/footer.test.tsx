import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { analysis, TEXT } from "../shared/specimen";
import { type Doing, Footer } from "./footer";

function show(doing: Partial<Doing> | null = {}, isPeoples = false) {
  const signal = parseAnalysis(analysis(), TEXT).notes[0]?.signal;
  if (!signal) throw new Error("no note");
  const all = doing && {
    notUseful: vi.fn(),
    hideKind: vi.fn(),
    copyLink: vi.fn(async () => true),
    ...doing,
  };
  const resized = vi.fn();
  const root = document.createElement("div");
  act(() =>
    render(
      <Footer signal={signal} isPeoples={isPeoples} doing={all} resized={resized} close={vi.fn()} />,
      root,
    ),
  );
  const part = (name: string) => root.querySelector<HTMLElement>(`[data-caveat="${name}"]`);
  const press = (name: string) => act(async () => part(name)?.click());
  return { part, press, doing: all, resized };
}

describe("what a reader may do with a note", () => {
  it("is behind one button, which says whether it is open", async () => {
    const { part, press, resized } = show();
    expect([part("offers")?.hidden, part("more")?.getAttribute("aria-expanded")]).toEqual([true, "false"]);
    await press("more");
    expect([part("offers")?.hidden, part("more")?.getAttribute("aria-expanded")]).toEqual([false, "true"]);
    expect(part("offers")?.id).toBe(part("more")?.getAttribute("aria-controls"));
    expect(resized).toHaveBeenCalled();
  });

  it("is to call it not useful, to hide its kind, to copy a link", async () => {
    const { press, doing } = show();
    for (const name of ["not-useful", "hide-kind", "copy-link"]) await press(name);
    for (const done of [doing?.notUseful, doing?.hideKind, doing?.copyLink])
      expect(done).toHaveBeenCalledOnce();
  });

  it.each([
    [true, "Copied."],
    [false, "The browser did not let it be copied."],
  ])("says what came of copying: %s", async (copied, said) => {
    const { part, press } = show({ copyLink: async () => copied });
    expect([part("told")?.getAttribute("role"), part("told")?.textContent]).toEqual(["status", ""]);
    await press("copy-link");
    expect(part("told")?.textContent).toBe(said);
  });

  it("is nothing where nothing is kept, as in the lens", () => {
    expect(show(null).part("more")).toBeNull();
  });
});
