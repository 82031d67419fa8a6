import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const SERVER = "https://caveat.example";
let kept: Record<string, unknown>;
let clicked: (item: object, tab?: object) => void;
let pressed: (command: string, tab?: object) => void;
let changed: (changes: object, area: string) => void;
const create = vi.fn();
const removeAll = vi.fn(async () => undefined);

beforeEach(() => {
  vi.resetModules();
  create.mockClear();
  kept = { server: SERVER };
  vi.stubGlobal("chrome", {
    runtime: { getURL: (path: string) => `chrome-extension://caveat/${path}` },
    contextMenus: {
      onClicked: {
        addListener: (each: typeof clicked) => {
          clicked = each;
        },
      },
      removeAll,
      create,
    },
    commands: {
      onCommand: {
        addListener: (each: typeof pressed) => {
          pressed = each;
        },
      },
    },
    storage: {
      local: { get: async () => kept },
      onChanged: {
        addListener: (each: typeof changed) => {
          changed = each;
        },
      },
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const begin = vi.fn(async () => null);
vi.mock("./beginning", () => ({ begin }));
const openPanel = vi.fn(async () => undefined);
vi.mock("#browser", () => ({ openPanel, togglePanel: vi.fn() }));

const settled = () => new Promise(done => setTimeout(done));

describe("the menu of a selection", () => {
  it("has nothing of ours for who takes no part", async () => {
    (await import("./menu")).followMenu();
    await settled();
    expect(create).not.toHaveBeenCalled();
  });

  it("offers a note once somebody is connected, and no longer when they are not", async () => {
    (await import("./menu")).followMenu();
    await settled();
    kept.account = { server: SERVER, token: "cv_token" };
    changed({ account: {} }, "local");
    await settled();
    expect(create).toHaveBeenCalledExactlyOnceWith({
      id: "add-note",
      title: "Add a note to these words",
      contexts: ["selection"],
    });
    delete kept.account;
    changed({ account: {} }, "local");
    await settled();
    expect(create).toHaveBeenCalledOnce();
    expect(removeAll.mock.calls.length).toBeGreaterThan(2);
  });
});

describe("a note is begun on the selected words", () => {
  beforeEach(() => {
    begin.mockClear();
    openPanel.mockClear();
  });

  it.each(["its item in the menu", "its key"])("by %s, beside the page that was pressed on", async by => {
    (await import("./menu")).followMenu();
    (await import("./keys")).followKeys();
    if (by === "its key") pressed("add-note", { id: 7 });
    else clicked({ menuItemId: "add-note" }, { id: 7 });
    await settled();
    expect(openPanel).toHaveBeenCalledExactlyOnceWith(7);
    expect(begin).toHaveBeenCalledExactlyOnceWith(7);
  });

  it("by nobody else's item, and in no tab that is none", async () => {
    (await import("./menu")).followMenu();
    clicked({ menuItemId: "another" }, { id: 7 });
    clicked({ menuItemId: "add-note" });
    await settled();
    expect(begin).not.toHaveBeenCalled();
  });
});
