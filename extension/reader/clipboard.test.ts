import { afterEach, describe, expect, it, vi } from "vitest";
import { copy } from "./clipboard";

/** A shadow root with a button that has the focus. */
function root() {
  const host = document.body.appendChild(document.createElement("div"));
  const shadow = host.attachShadow({ mode: "open" });
  const button = shadow.appendChild(document.createElement("button"));
  button.focus();
  return shadow;
}

/** The browser's two ways to a clipboard: one that a page may lack, and the old one. */
function clipboard(writeText: ((text: string) => Promise<void>) | null, execCommand = () => true) {
  vi.stubGlobal("navigator", writeText ? { clipboard: { writeText } } : {});
  const old = vi.fn(execCommand);
  Object.assign(document, { execCommand: old });
  return old;
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

describe("copying", () => {
  it("asks the browser's clipboard where there is one", async () => {
    const written = vi.fn(async () => {});
    const old = clipboard(written);
    expect(await copy("words", root())).toBe(true);
    expect([written.mock.calls, old.mock.calls]).toEqual([[["words"]], []]);
  });

  it.each([
    ["has none", null],
    ["refuses", async () => Promise.reject(new Error("not allowed"))],
  ])("goes by a field of our own where the page %s, and leaves none behind", async (_, writeText) => {
    const shadow = root();
    const copied = vi.fn(() => {
      const field = shadow.activeElement as HTMLTextAreaElement;
      return field.value.slice(field.selectionStart, field.selectionEnd) === "words";
    });
    clipboard(writeText, copied);
    expect(await copy("words", shadow)).toBe(true);
    expect(shadow.querySelector("textarea")).toBeNull();
    expect(shadow.activeElement?.localName).toBe("button");
  });

  it("says so where neither works", async () => {
    clipboard(null, () => false);
    expect(await copy("words", root())).toBe(false);
  });
});
