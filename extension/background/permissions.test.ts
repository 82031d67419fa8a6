import { afterEach, describe, expect, it, vi } from "vitest";
import { given } from "./permissions";

const NEWS = "https://news.example";

/** A browser whose popup wished for a site and was closed by the browser's question. */
function browser(wish?: string) {
  const local: Record<string, unknown> = {};
  const session: Record<string, unknown> = wish ? { wish } : {};
  const area = (kept: Record<string, unknown>) => ({
    get: async () => ({ ...kept }),
    set: async (some: object) => void Object.assign(kept, some),
    remove: async (name: string) => void delete kept[name],
  });
  vi.stubGlobal("chrome", { storage: { local: area(local), session: area(session) } });
  return { local, session };
}

afterEach(() => vi.unstubAllGlobals());

describe("a permission that the browser gives", () => {
  it("adds the site that was wished for, though the popup is closed", async () => {
    const { local, session } = browser(NEWS);
    await given({ origins: [`${NEWS}/*`] });
    expect(local.sites).toEqual([NEWS]);
    expect(session).toEqual({});
  });

  it.each([
    ["nothing was wished for", undefined, [`${NEWS}/*`]],
    ["it is for something else", NEWS, ["https://caveat.example/*"]],
    ["it is for no site", NEWS, undefined],
  ])("adds nothing where %s", async (_, wish, origins) => {
    const { local } = browser(wish);
    await given(origins ? { origins } : {});
    expect(local.sites).toBeUndefined();
  });
});
