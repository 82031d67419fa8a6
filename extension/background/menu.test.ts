import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const SERVER = "https://caveat.example";
let kept: Record<string, unknown>;
let changed: (changes: object, area: string) => void;
const create = vi.fn();
const removeAll = vi.fn(async () => undefined);

beforeEach(() => {
  vi.resetModules();
  create.mockClear();
  kept = { server: SERVER };
  vi.stubGlobal("chrome", {
    contextMenus: { onClicked: { addListener: () => undefined }, removeAll, create },
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
