import { describe, expect, it, vi } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { settings } from "../shared/settings";
import { analysis, TEXT } from "../shared/specimen";
import { offers } from "./offers";

const NOTE = parseAnalysis(analysis(), TEXT).notes[0];

function offered() {
  if (!NOTE) throw new Error("no note");
  const kept: Record<string, unknown> = {};
  const storage = {
    get: async (names: string[]) => Object.fromEntries(names.map(name => [name, kept[name]])),
    set: async (some: object) => void Object.assign(kept, some),
  } as unknown as chrome.storage.StorageArea;
  const offering = { storage: () => storage, changed: vi.fn(async () => {}), told: vi.fn(), link: () => "" };
  return { ...offers(offering), ...offering, note: NOTE, now: () => settings(storage) };
}

describe("a note that its reader calls not useful", () => {
  it("is remembered without its words, followed in the page, and told of", async () => {
    const { notUseful, note, now, changed, told } = offered();
    await notUseful(note);
    const kept = (await now()).notUseful;
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatch(/^[0-9a-f]{64}$/);
    expect([changed.mock.calls.length, told.mock.calls]).toEqual([1, [[note]]]);
  });

  it("is forgotten again when that is undone, and not told of twice", async () => {
    const { notUseful, note, now, changed, told } = offered();
    await (await notUseful(note))();
    expect((await now()).notUseful).toEqual([]);
    expect([changed.mock.calls.length, told.mock.calls.length]).toEqual([2, 1]);
  });

  it("is told of to nobody where it could not be kept", async () => {
    const { told, note, ...rest } = offered();
    const gone = () => {
      throw new Error("the extension was updated");
    };
    await expect(offers({ ...rest, told, storage: gone }).notUseful(note)).rejects.toThrow();
    expect(told).not.toHaveBeenCalled();
  });
});

describe("a kind of note that its reader hides", () => {
  it("is kept with its name and family, once, for the options to list", async () => {
    const { hideKind, note, now, told } = offered();
    await hideKind(note);
    await hideKind(note);
    expect((await now()).hidden).toEqual([
      { signal: "vague-source", name: "Vague source", family: "sources" },
    ]);
    expect(told).not.toHaveBeenCalled();
  });

  it("shows again when that is undone", async () => {
    const { hideKind, note, now } = offered();
    await (await hideKind(note))();
    expect((await now()).hidden).toEqual([]);
  });
});
