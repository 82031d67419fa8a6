import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draft, drafts, lacks } from "./drafts";
import { factCheck } from "./specimen";

const storage = (kept: Record<string, unknown>) =>
  ({ get: async () => kept }) as unknown as chrome.storage.StorageArea;
const WRITTEN = { signal: "vague-source", body: "Two are named.", sources: [] };

describe("a draft", () => {
  it.each<[string, Partial<Draft>, string[]]>([
    ["that is whole lacks nothing", {}, []],
    ["of no kind", { signal: "" }, ["signal"]],
    ["without words", { body: " \n" }, ["body"]],
    ["of 1,000 characters, emoji and all", { body: "🚢".repeat(1_000) }, []],
    ["of more", { body: "🚢".repeat(1_001) }, ["long"]],
    ["that says that something is left out, without a source", { signal: "missing-context" }, ["sources"]],
    ["with a source that leads nowhere", { sources: [{ url: "javascript:x", title: "" }] }, ["address"]],
    ["with a source that is typed half", { sources: [{ url: "council", title: "" }] }, ["address"]],
    ["with an empty line for a source", { sources: [{ url: " ", title: "" }] }, []],
  ])("%s", (_, more, lacking) => {
    expect(lacks({ ...WRITTEN, ...more })).toEqual(lacking);
  });

  it("can be read again whatever lies in the storage, or is none", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom("draft:a", "draft:b", "sites"), fc.anything()),
        async kept => {
          for (const { id, target, sources, suggested } of await drafts(storage(kept))) {
            expect(id && target.exact).toBeTruthy();
            expect(Array.isArray(sources) && Array.isArray(suggested)).toBe(true);
          }
        },
      ),
    );
  });

  it("keeps its suggestions, but for those that lead nowhere", async () => {
    const bad = { ...factCheck(), url: "javascript:alert(1)" };
    const kept = { id: "a", page: { url: "u" }, target: { exact: "x" }, suggested: [bad, factCheck(), 7] };
    expect((await drafts(storage({ "draft:a": kept })))[0]?.suggested).toEqual([factCheck()]);
  });

  it("comes after those that were begun later", async () => {
    const one = (id: string, begun: number) => ({ id, begun, page: { url: "u" }, target: { exact: "x" } });
    const found = await drafts(storage({ "draft:a": one("a", 1), "draft:b": one("b", 2), server: "x" }));
    expect(found.map(({ id }) => id)).toEqual(["b", "a"]);
  });
});
