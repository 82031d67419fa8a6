import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Overview } from "../shared/messages";
import { analysis, reading, TEXT } from "../shared/specimen";

const SITE = "https://news.example";
const PAGE = `${SITE}/ferry`;
const ARTICLE = { text: TEXT, context: { title: "Fares", site: null, links: [] } };

/** A tab with a page, a reader that answers when it was put there, and a server that counts. */
function world(tab: { url?: string; incognito?: boolean } = {}, sites = [SITE]) {
  const page = {
    url: PAGE as string | undefined,
    incognito: false,
    status: "complete" as const,
    text: TEXT as string | null,
    hasReader: false,
    overview: null as Partial<Overview> | null,
    badge: "",
    title: "",
    ...tab,
  };
  const sent: string[] = [];
  const injected: unknown[] = [];
  vi.stubGlobal("chrome", {
    storage: { local: { get: async () => ({ sites }) } },
    tabs: {
      get: async () => page,
      connect: () => {
        const heard: ((message: unknown) => void)[] = [];
        const gone: (() => void)[] = [];
        queueMicrotask(() => {
          if (page.hasReader) for (const each of heard) each({ kind: "overview", overview: page.overview });
          else for (const each of gone) each();
        });
        return {
          onMessage: { addListener: (each: () => void) => heard.push(each) },
          onDisconnect: { addListener: (each: () => void) => gone.push(each) },
          disconnect: () => undefined,
        };
      },
      sendMessage: async (_: number, message: { kind: string }) => {
        if (message.kind === "find") {
          return page.text === null
            ? { kind: "none", reason: "no-article" }
            : {
                kind: "article",
                article: { ...ARTICLE, text: page.text },
                look: { theme: "light", stroke: "fine" },
              };
        }
        page.overview = { reading: reading() };
        return reading();
      },
    },
    scripting: {
      executeScript: async ({
        func,
        args,
        files,
      }: {
        func?: (...values: unknown[]) => unknown;
        args?: unknown[];
        files?: string[];
      }) => {
        injected.push(files ?? func);
        if (files) page.hasReader = true;
        return [{ result: func?.(...(args ?? [])) }];
      },
      insertCSS: async () => undefined,
      removeCSS: async () => undefined,
    },
    commands: { getAll: async () => [] },
    runtime: { lastError: undefined, sendMessage: async () => undefined },
    action: {
      setBadgeText: async ({ text }: { text: string }) => void Object.assign(page, { badge: text }),
      setTitle: async ({ title }: { title: string }) => void Object.assign(page, { title }),
      setBadgeBackgroundColor: async () => undefined,
      setBadgeTextColor: async () => undefined,
    },
  });
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    if (!init.body) return new Response(JSON.stringify({ pages: {} }));
    const { text } = JSON.parse(String(init.body));
    sent.push(text);
    return new Response(JSON.stringify(text === TEXT ? analysis() : analysis({ notes: [] })));
  });
  return { page, sent, injected };
}

let updated: typeof import("./visits").updated;
beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  globalThis.caveatVisited = undefined;
  ({ updated } = await import("./visits"));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** All looks that a visit may make, to the last pause. */
const later = () => vi.advanceTimersByTimeAsync(30_000);

describe("a page of a chosen site", () => {
  it("is read once it has loaded, however often the browser says so", async () => {
    const { page, sent } = world();
    updated(1, { status: "loading", url: PAGE }, page);
    updated(1, { status: "complete" }, page);
    updated(1, { status: "complete" }, page);
    await later();
    expect(sent).toEqual([TEXT]);
    expect(page.badge).not.toBe("");
  });

  it("is not read again for a place within it, nor after its marks were cleared", async () => {
    const { page, sent } = world();
    updated(1, { status: "complete" }, page);
    await later();
    page.overview = null;
    page.url = `${PAGE}#comments`;
    updated(1, { url: page.url }, page);
    await later();
    expect(sent).toHaveLength(1);
  });

  it("is read again when it is loaded anew", async () => {
    const { page, sent } = world();
    updated(1, { status: "complete" }, page);
    await later();
    globalThis.caveatVisited = undefined; // the page's world is gone with the page
    page.hasReader = false;
    updated(1, { status: "complete" }, page);
    await later();
    expect(sent).toHaveLength(2);
  });

  it("waits for an article that comes late, and for the next one to take the place of the last", async () => {
    const { page, sent } = world();
    page.text = null;
    updated(1, { status: "complete" }, page);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual([]);
    page.text = TEXT;
    await later();
    page.overview = null; // the reader sees the page go on, and clears
    page.url = `${SITE}/bridge`;
    updated(1, { url: page.url }, page);
    await vi.advanceTimersByTimeAsync(500);
    page.text = "Another article, about the bridge, in other words.";
    await later();
    expect(sent).toEqual([TEXT, page.text]);
  });

  it("gives up without a word where there is no article", async () => {
    const { page, sent, injected } = world();
    page.text = null;
    updated(1, { status: "complete" }, page);
    await later();
    expect(sent).toEqual([]);
    expect(page.badge).toBe("");
    const looks = injected.length;
    await later();
    expect(injected).toHaveLength(looks);
  });
});

describe("nothing is put into the page and nothing sent", () => {
  it.each<[why: string, tab: { url?: string; incognito?: boolean }, sites?: string[]]>([
    ["in a private window", { incognito: true }],
    ["on a site that was not chosen", { url: "https://other.example/" }],
    ["on the same host over another scheme", { url: "http://news.example/ferry" }],
    ["where the browser names no address", { url: undefined as unknown as string }],
    [
      "on a page that is refused, whatever the list says",
      { url: "https://mail.google.com/" },
      ["https://mail.google.com"],
    ],
    ["on the server's own pages", { url: "http://127.0.0.1:5000/lens/" }, ["http://127.0.0.1:5000"]],
  ])("%s", async (_, tab, sites) => {
    const { page, sent, injected } = world(tab, sites);
    updated(1, { status: "complete" }, page);
    updated(1, { url: PAGE }, page);
    await later();
    expect(injected).toEqual([]);
    expect(sent).toEqual([]);
  });
});

describe("the button", () => {
  it("has its number again when a page comes back with its marks, and nobody is asked", async () => {
    const { page, sent } = world({ url: "https://other.example/" });
    page.hasReader = true;
    page.overview = { reading: reading() };
    updated(1, { status: "complete" }, page);
    await later();
    expect(page.badge).not.toBe("");
    expect(sent).toEqual([]);
  });

  it("says nothing of the page before where an address changes without a load", async () => {
    const { page } = world({ url: "https://other.example/" });
    page.badge = "!";
    updated(1, { url: "https://other.example/b" }, page);
    await later();
    expect(page.badge).toBe("");
  });
});
