import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Draft } from "../shared/drafts";
import type { Errand } from "../shared/errands";
import { annotation } from "../shared/specimen";
import { run } from "./errands";
import { sendWaiting } from "./sending";

const SERVER = "https://caveat.example";
const OWN = "chrome-extension://caveat/";
const OURS = { url: `${OWN}panel.html` };
const CARD = { url: "https://news.example/ferry", tab: { id: 7, incognito: false } } as never;

let kept: Record<string, unknown>;
let answer: () => Promise<Response>;
const fetched = vi.fn(async (_: string, __: RequestInit) => answer());

beforeEach(() => {
  kept = { server: SERVER, account: { server: SERVER, token: "cv_token" } };
  answer = async () => new Response(JSON.stringify(annotation()));
  fetched.mockClear();
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("chrome", {
    runtime: { getURL: (path: string) => OWN + path },
    storage: {
      local: {
        get: async (names: string | string[] | null) =>
          names === null
            ? kept
            : Object.fromEntries([names].flat().flatMap(name => (name in kept ? [[name, kept[name]]] : []))),
        set: async (some: object) => void Object.assign(kept, some),
        remove: async (name: string) => void delete kept[name],
      },
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const problem = (status: number, more: object = {}, headers = {}) => {
  answer = async () =>
    new Response(JSON.stringify({ detail: "It is locked.", ...more }), { status, headers });
};
const fault = async (errand: Errand, sender: object = OURS) => {
  const reply = await run(errand, sender as never);
  return "fault" in reply ? reply.fault : null;
};

describe("an errand", () => {
  it("carries the token to the chosen server and nothing else of its reader", async () => {
    const rated: Errand = { do: "rate", id: "a b", revision: 3, verdict: "helpful", reasons: ["clear"] };
    expect(await run(rated, CARD)).toMatchObject({ done: { author: "heron" } });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe(`${SERVER}/api/v1/annotations/a%20b/rating`);
    expect(init).toMatchObject({ method: "PUT", credentials: "omit", referrerPolicy: "no-referrer" });
    expect(init?.body).toBe('{"verdict":"helpful","reasons":["clear"]}');
    expect(init?.headers).toMatchObject({ Authorization: "Bearer cv_token" });
  });

  it("takes a rating back where it was given", async () => {
    answer = async () => new Response(null, { status: 204 });
    expect(await run({ do: "unrate", id: "a b", revision: 3 }, CARD)).toEqual({ done: null });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe(`${SERVER}/api/v1/annotations/a%20b/rating`);
    expect(init).toMatchObject({ method: "DELETE", headers: { Authorization: "Bearer cv_token" } });
    expect(init?.body).toBeUndefined();
  });

  it.each<Errand>([
    { do: "connect" },
    { do: "me" },
    { do: "queue" },
    { do: "send", draft: "d1", anyway: true },
    { do: "begin", tab: 7 },
    { do: "check", words: "x" },
    { do: "withdraw", id: "x", revision: 1 },
  ])("is not done because a page's card asks: %o", async errand => {
    expect((await fault(errand, CARD))?.reason).toBe("refused");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("is not done in anybody's name from a private window", async () => {
    const tab = { id: 7, incognito: true };
    expect(
      await fault({ do: "rate", id: "x", revision: 3, verdict: "not", reasons: [] }, { ...OURS, tab }),
    ).not.toBeNull();
    expect(fetched).not.toHaveBeenCalled();
  });

  it("wants an account, but for a report", async () => {
    delete kept.account;
    expect((await fault({ do: "queue" }))?.reason).toBe("unconnected");
    expect(fetched).not.toHaveBeenCalled();
    answer = async () => new Response(null, { status: 204 });
    const report: Errand = { do: "report", id: "x", kind: "spam", words: "" };
    expect(await run(report, CARD)).toEqual({ done: null });
  });

  it.each<[number, object, string, RegExp]>([
    [403, {}, "refused", /^It is locked\.$/],
    [409, {}, "refused", /^It is locked\.$/],
    [409, { similar: [annotation()] }, "similar", /locked/],
    [412, {}, "changed", /locked/],
    [422, { errors: [{ detail: "At most 1,000." }] }, "refused", /It is locked\. At most 1,000\./],
    [429, {}, "limit", /locked.*40 seconds/],
    [503, {}, "unwell", /locked/],
    [500, { detail: 7 }, "unwell", /could not do this now/],
  ])("that a server refuses with %d %o is a fault in plain words", async (status, more, reason, words) => {
    problem(status, more, { "Retry-After": "40" });
    const found = await fault({ do: "rate", id: "x", revision: 3, verdict: "not", reasons: [] });
    expect(found?.reason).toBe(reason);
    expect(found?.message).toMatch(words);
  });

  it.each<Errand>([
    { do: "rate", id: "x", revision: 3, verdict: "not", reasons: [] },
    { do: "unrate", id: "x", revision: 3 },
    { do: "edit", id: "x", revision: 3, body: "Two.", sources: [] },
    { do: "withdraw", id: "x", revision: 3 },
    { do: "settle", id: "x", revision: 3, correction: "They are named now." },
  ])("is meant for the revision that was seen, and is not done to another: $do", async errand => {
    problem(412, { detail: "" });
    expect(await fault(errand)).toMatchObject({
      reason: "changed",
      message: expect.stringMatching(/meantime/),
    });
    expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({ "If-Match": '"3"' });
  });

  it("forgets a token that the server does not take any more", async () => {
    problem(401);
    expect((await fault({ do: "me" }))?.reason).toBe("unconnected");
    expect(kept.account).toBeUndefined();
  });
});

describe("a draft that is sent", () => {
  const draft: Draft = {
    id: "d1",
    begun: 1,
    page: { url: "https://news.example/ferry", title: "Ferries" },
    target: { exact: "Many experts", prefix: "", suffix: "", start: 2 },
    language: "en",
    signal: "vague-source",
    body: " Two are named. ",
    sources: [
      { url: " https://council.example/a ", title: "" },
      { url: " ", title: "" },
    ],
    suggested: [],
    isWaiting: false,
  };
  const send: Errand = { do: "send", draft: "d1", anyway: false };
  const sent = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init.body)));

  beforeEach(() => {
    kept["draft:d1"] = draft;
  });

  it("goes once, with its client id, and is gone from the browser then", async () => {
    const replies = await Promise.all([run(send, OURS), run(send, OURS)]);
    expect(replies[0]).toMatchObject({ done: { author: "heron" } });
    expect(sent()).toEqual([
      {
        client_id: "d1",
        page: draft.page,
        target: draft.target,
        language: "en",
        signal: "vague-source",
        body: "Two are named.",
        sources: [{ url: "https://council.example/a", title: "" }],
      },
    ]);
    expect(kept["draft:d1"]).toBeUndefined();
    expect(await run(send, OURS)).toEqual({ done: null });
    expect(sent()).toHaveLength(1);
  });

  it("waits where nobody answers, and goes under the same name when somebody does", async () => {
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    expect((await fault(send))?.reason).toBe("offline");
    expect(kept["draft:d1"]).toEqual({ ...draft, isWaiting: true });
    answer = async () => new Response(JSON.stringify(annotation()), { status: 201 });
    await sendWaiting();
    expect(sent().map(({ client_id }) => client_id)).toEqual(["d1", "d1"]);
    expect(kept["draft:d1"]).toBeUndefined();
  });

  it("stays a draft where the server refuses it, and is not tried again by itself", async () => {
    problem(422);
    await fault(send);
    expect(kept["draft:d1"]).toEqual(draft);
    await sendWaiting();
    expect(sent()).toHaveLength(1);
  });

  it("offers what is there already, and goes anyway only where that was said", async () => {
    problem(409, { similar: [annotation()] });
    expect((await fault(send))?.similar).toHaveLength(1);
    expect(kept["draft:d1"]).toEqual(draft);
    answer = async () => new Response(JSON.stringify(annotation()));
    await run({ ...send, anyway: true }, OURS);
    expect(sent()[1]).toMatchObject({ client_id: "d1", anyway: true });
  });
});
