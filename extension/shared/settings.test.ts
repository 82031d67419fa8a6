import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { change, STANDARD, settings } from "./settings";

function storage(kept: Record<string, unknown> = {}) {
  return {
    get: async (names: string[]) => Object.fromEntries(names.flatMap(n => (n in kept ? [[n, kept[n]]] : []))),
    set: async (some: object) => void Object.assign(kept, some),
  } as unknown as chrome.storage.StorageArea;
}

describe("the settings", () => {
  it("are the standard ones until something is chosen", async () => {
    expect(await settings(storage())).toEqual(STANDARD);
  });

  it("are what was chosen last", async () => {
    const area = storage();
    const kind = { signal: "vague-source", name: "Vague source", family: "sources" } as const;
    await change(area, { hidden: [kind], theme: "sepia", sites: ["https://news.example"] });
    expect(await settings(area)).toEqual({
      ...STANDARD,
      hidden: [kind],
      theme: "sepia",
      sites: ["https://news.example"],
    });
  });

  it.each([7, "javascript:alert(1)", "http://caveat.example"])(
    "ask the standard server where %j is kept",
    async server => {
      expect((await settings(storage({ server }))).server).toBe(STANDARD.server);
    },
  );

  it("keep what makes sense of a list", async () => {
    const sites = ["https://news.example/a/page", 7, "file:///home", "nonsense"];
    expect((await settings(storage({ sites }))).sites).toEqual(["https://news.example"]);
  });

  it("can always be used, whatever lies in the storage", async () => {
    const kept = fc.record(Object.fromEntries(Object.keys(STANDARD).map(name => [name, fc.anything()])), {
      requiredKeys: [],
    });
    await fc.assert(
      fc.asyncProperty(kept, async anything => {
        const found = await settings(storage(anything));
        for (const [name, standard] of Object.entries(STANDARD)) {
          const value = found[name as keyof typeof found];
          expect(typeof value).toBe(typeof standard);
          expect(Array.isArray(value)).toBe(Array.isArray(standard));
        }
      }),
    );
  });
});
