import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Draft } from "../shared/drafts";
import type { Selected } from "../shared/messages";
import { factCheck } from "../shared/specimen";
import { begin } from "./beginning";

const SERVER = "https://caveat.example";
const SELECTED: Selected = {
  target: { exact: "Many experts", prefix: "", suffix: " say so.", start: 2 },
  title: "Ferries on time",
  language: "en",
  suggested: [factCheck()],
};

let kept: Record<string, unknown>;
let session: Record<string, unknown>;
let tab: { url?: string; incognito: boolean };
let found: Selected | null;
const injected = vi.fn(async () => [{ result: 0 }]);

beforeEach(() => {
  kept = { server: SERVER, account: { server: SERVER, token: "cv_token" } };
  session = {};
  tab = { url: "https://news.example/ferry#comments", incognito: false };
  found = SELECTED;
  injected.mockClear();
  vi.stubGlobal("chrome", {
    tabs: { get: async () => tab, sendMessage: async () => found },
    scripting: { executeScript: injected },
    storage: {
      local: { get: async () => kept, set: async (some: object) => void Object.assign(kept, some) },
      session: { set: async (some: object) => void Object.assign(session, some) },
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const draft = () => Object.entries(kept).find(([key]) => key.startsWith("draft:"))?.[1] as Draft | undefined;

describe("a note", () => {
  it("begins with the selected words and a name of its own, and nothing is sent", async () => {
    await begin(7);
    expect(draft()).toMatchObject({
      suggested: [factCheck()],
      page: { url: "https://news.example/ferry", title: "Ferries on time" },
      target: { exact: "Many experts", start: 2 },
      body: "",
      isWaiting: false,
    });
    expect(draft()?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(session.begun).toMatchObject({ said: "" });
  });

  it.each<[string, () => void, RegExp]>([
    [
      "in a private window",
      () => {
        tab.incognito = true;
      },
      /private window/,
    ],
    [
      "without a connection",
      () => {
        delete kept.account;
      },
      /Take part/,
    ],
    [
      "where the browser shows no address",
      () => {
        delete tab.url;
      },
      /Press Caveat’s button/,
    ],
    [
      "on a page of letters",
      () => {
        tab.url = "https://mail.google.com/";
      },
      /letters/,
    ],
  ])("does not begin %s, and nothing is put into the page", async (_, happens, said) => {
    happens();
    await expect(begin(7)).rejects.toThrow(said);
    expect(injected).not.toHaveBeenCalled();
    expect(draft()).toBeUndefined();
    expect(session.begun).toMatchObject({ said: expect.stringMatching(said) });
  });

  it.each<[Extract<Selected, { none: unknown }>["none"], RegExp]>([
    ["no-selection", /Select the words/],
    ["outside", /not part of the article/],
    ["too-long", /at most 1,000/],
    ["no-article", /No article/],
    ["translated", /translated/],
  ])("says what to do where there is %s", async (none, said) => {
    found = { none };
    await expect(begin(7)).rejects.toThrow(said);
  });
});
