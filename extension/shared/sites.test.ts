import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { add, choose, giveBack, leave, pattern, prune, siteOf, typedSite, wish } from "./sites";

const SERVER = "http://127.0.0.1:5000";
const NEWS = "https://news.example";

/** A browser with these permissions, which says yes or no when it is asked for more. */
function browser(answer: boolean, ...granted: string[]) {
  const needed = ["http://127.0.0.1/*"];
  const permissions = new Set([...needed, ...granted]);
  const area = () => {
    const kept: Record<string, unknown> = {};
    return {
      kept,
      get: async (names: string | string[]) =>
        Object.fromEntries([names].flat().flatMap(name => (name in kept ? [[name, kept[name]]] : []))),
      set: async (some: object) => void Object.assign(kept, some),
      remove: async (name: string) => void delete kept[name],
    };
  };
  const storage = { local: area(), session: area() };
  const asked: string[] = [];
  vi.stubGlobal("chrome", {
    storage,
    runtime: { getManifest: () => ({ host_permissions: needed }) },
    permissions: {
      request: async ({ origins }: { origins: string[] }) => {
        asked.push(...origins);
        if (answer) for (const origin of origins) permissions.add(origin);
        return answer;
      },
      contains: async ({ origins }: { origins: string[] }) => origins.every(each => permissions.has(each)),
      getAll: async () => ({ origins: [...permissions] }),
      remove: async ({ origins }: { origins: string[] }) => {
        if (origins.some(each => needed.includes(each))) throw new Error("required permissions");
        return origins.every(each => permissions.delete(each));
      },
    },
  });
  return { permissions, asked, kept: storage.local.kept, session: storage.session.kept };
}

beforeEach(() => void browser(true));
afterEach(() => vi.unstubAllGlobals());

describe("a site", () => {
  it.each([
    ["news.example", NEWS],
    ["https://news.example/2026/ferry?a=b#c", NEWS],
    [" HTTPS://News.Example/ ", NEWS],
    ["http://news.example", "http://news.example"],
    ["news.example:8443", "https://news.example:8443"],
    ["süddeutsche.example", "https://xn--sddeutsche-9db.example"],
  ])("typed as %j is %s", (typed, site) => {
    expect(typedSite(typed, SERVER)).toEqual({ site });
  });

  it.each([
    ["", /Type a site/],
    ["a b", /not the address/],
    ["https://", /not the address/],
    ["ftp://news.example", /not the address/],
    ["https://me:secret@news.example", /not the address/],
    ["mail.google.com", /mail\.google\.com is never read\. .*letters/],
    ["192.168.1.1", /never read/],
    ["intranet", /never read/],
    [SERVER, /never read/],
  ])("typed as %j is refused with a reason", (typed, fault) => {
    expect(typedSite(typed, SERVER)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it.each([
    ["https://news.example/a", NEWS],
    ["about:blank", null],
    ["file:///a", null],
    [undefined, null],
  ])("of %s is %s", (address, site) => {
    expect(siteOf(address)).toBe(site);
  });

  it("has a permission without a port, which Firefox does not take", () => {
    expect(pattern("https://news.example:8443")).toBe("https://news.example/*");
  });
});

describe("choosing a site", () => {
  it("asks the browser before anything else, having written the wish down", () => {
    const { asked, session } = browser(true);
    void choose(NEWS);
    expect(session).toEqual({ wish: NEWS });
    expect(asked).toEqual(["https://news.example/*"]);
  });

  it("puts it on the list once, and leaves no wish", async () => {
    const { kept, session } = browser(true);
    expect(await choose(NEWS)).toBe(true);
    await add(NEWS);
    expect(kept.sites).toEqual([NEWS]);
    expect(session).toEqual({});
    expect(await wish()).toBeNull();
  });

  it("changes nothing where the browser says no", async () => {
    const { kept, session } = browser(false);
    expect(await choose(NEWS)).toBe(false);
    expect(kept.sites).toBeUndefined();
    expect(session).toEqual({});
  });
});

describe("leaving a site", () => {
  it("takes it off the list and gives its permission back", async () => {
    const { kept, permissions } = browser(true);
    await choose(NEWS);
    await leave(NEWS);
    expect(kept.sites).toEqual([]);
    expect([...permissions]).toEqual(["http://127.0.0.1/*"]);
  });

  it("keeps a permission that the server or another site on the same host needs", async () => {
    const { kept, permissions } = browser(true);
    await choose(NEWS);
    kept.server = `${NEWS}/caveat`;
    await leave(NEWS);
    expect(permissions).toContain("https://news.example/*");
  });

  it("follows where the browser's own settings have taken the permission", async () => {
    const { kept, permissions } = browser(true);
    await choose(NEWS);
    await choose("https://gazette.example");
    permissions.delete("https://news.example/*");
    await prune();
    expect(kept.sites).toEqual(["https://gazette.example"]);
  });

  it("can give all back but what the manifest needs", async () => {
    const { permissions } = browser(true, "https://caveat.example/*", "https://old.example/*");
    await giveBack();
    expect([...permissions]).toEqual(["http://127.0.0.1/*"]);
  });
});
