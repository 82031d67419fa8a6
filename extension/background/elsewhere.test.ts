import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Annotation, annotations } from "../shared/community";
import { digest } from "../shared/page-identity";
import { runs } from "../shared/runs";
import { annotation, PAGE } from "../shared/specimen";

const SERVER = "https://caveat.example";
const CLAIM = "The harbour board paid 1,140 pounds for every metre of the new wall";
const TEXT = `On Monday the Courier wrote: ${CLAIM}. Nobody asked.`;
const COURIER = "https://courier.example/wall";
const HOUR = 3_600_000;

let session: Record<string, unknown>;
let list: unknown;
let claims: unknown[];
let status: number;
let now: number;
let elsewhere: typeof import("./elsewhere").elsewhere;
let entries: typeof import("./elsewhere").entries;
const fetched = vi.fn(async (address: string, init: RequestInit) => {
  if (status !== 200) return new Response("{}", { status });
  if (!address.endsWith("/claims")) return new Response(JSON.stringify({ annotations: claims }));
  const sent = init.headers as Record<string, string>;
  if (sent["If-None-Match"] === '"1"') return new Response(null, { status: 304 });
  return new Response(JSON.stringify(list), { headers: { ETag: '"1"' } });
});

beforeEach(async () => {
  vi.resetModules();
  session = {};
  list = { runs: listed(CLAIM, "abcde") };
  claims = [claim()];
  status = 200;
  now = 1_800_000_000_000;
  fetched.mockClear();
  vi.spyOn(Date, "now").mockImplementation(() => now);
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("chrome", {
    storage: {
      session: { get: async () => session, set: async (some: object) => void Object.assign(session, some) },
    },
  });
  ({ elsewhere, entries } = await import("./elsewhere"));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function listed(words: string, prefix: string): [number, string][] {
  const [first = 0, second = 0] = [...runs(words)].sort((a, b) => a - b);
  return [
    [first, prefix],
    [second, prefix],
  ];
}

function claim(more: Record<string, unknown> = {}) {
  return annotation({
    page: { digest: digest(COURIER), url: COURIER, title: "The price of a wall" },
    target: { exact: CLAIM, prefix: "", suffix: "", start: 400 },
    ...more,
  });
}

const read = (text = TEXT, written: Annotation[] = []) =>
  elsewhere(SERVER, { digest: digest(PAGE), text }, Promise.resolve(written));
const asked = () => fetched.mock.calls.map(([address]) => address.slice(SERVER.length));

describe("the same words on another page", () => {
  it("are found, and say which page they were written for", async () => {
    const [found] = await read();
    expect(found).toMatchObject({
      author: "heron",
      elsewhere: { title: "The price of a wall", url: COURIER },
    });
    expect(asked()).toEqual(["/api/v1/claims", "/api/v1/claims/abcde"]);
  });

  it("go by the page's host where it has no title", async () => {
    claims = [claim({ page: { digest: digest(COURIER), url: COURIER, title: "" } })];
    expect((await read())[0]?.elsewhere?.title).toBe("courier.example");
  });

  it("are looked for without a word of the text, of the page or of who reads", async () => {
    await read();
    const said = JSON.stringify(fetched.mock.calls);
    expect(said).not.toMatch(/harbour|news\.example|Authorization/);
    for (const [, init] of fetched.mock.calls) {
      expect(init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
      expect(init.method ?? "GET").toBe("GET");
    }
  });

  it.each<[string, Record<string, unknown>]>([
    ["are of this very page", { page: { digest: digest(PAGE), url: PAGE, title: "Ferries on time" } }],
    ["have no page to lead to", { page: { digest: digest(COURIER), url: "javascript:x", title: "A wall" } }],
    ["are other words", { target: { exact: "A bridge of quite another kind was built there" } }],
    ["are no words", { target: { exact: "" } }],
    ["come without what was said of them", { body: "" }],
    ["are settled there", { status: "settled" }],
    ["wait for ratings", { status: "needs-ratings" }],
  ])("are left out where they %s", async (_, more) => {
    claims = [claim(more)];
    expect(await read()).toEqual([]);
    expect(asked()).toHaveLength(2);
  });

  it("are not asked for where they are not in the text", async () => {
    expect(await read("The harbour board meets on Monday, and everybody may listen to it.")).toEqual([]);
    expect(asked()).toEqual(["/api/v1/claims"]);
  });

  it("are not asked for where the page has a note on them", async () => {
    expect(await read(TEXT, annotations([claim()]))).toEqual([]);
    expect(asked()).toEqual(["/api/v1/claims"]);
  });

  it("are asked for three times at most, in reading order, and ten notes are shown", async () => {
    const each = ["one", "two", "three", "four", "five"].map(number => `${number} ${CLAIM}`);
    list = { runs: each.flatMap((words, at): [number, string][] => [[first(words), `0000${9 - at}`]]) };
    claims = Array.from({ length: 30 }, (_, at) =>
      claim({ id: `0190a0b0-0000-7000-8000-${String(at).padStart(12, "0")}` }),
    );
    expect(await read(each.join(". "))).toHaveLength(10);
    expect(asked().slice(1)).toEqual(["00009", "00008", "00007"].map(five => `/api/v1/claims/${five}`));
  });

  it("are found in a text of any length, with pauses", async () => {
    const pauses = vi.spyOn(globalThis, "setTimeout");
    expect(await read(`${"word after word ".repeat(10_000)} ${TEXT}`)).toHaveLength(1);
    expect(pauses.mock.calls.length).toBeGreaterThan(3);
  });
});

function first(words: string): number {
  return runs(words).next().value ?? 0;
}

describe("the list", () => {
  it("is asked for once an hour, and then only for what has changed", async () => {
    await read();
    now += HOUR - 1;
    await read();
    expect(asked().filter(path => path === "/api/v1/claims")).toHaveLength(1);
    now += 1;
    expect(await read()).toHaveLength(1);
    const again = fetched.mock.calls.filter(([address]) => address.endsWith("/claims"));
    expect(again).toHaveLength(2);
    expect(again[1]?.[1].headers).toMatchObject({ "If-None-Match": '"1"' });
  });

  it("is asked for once by two readings at once", async () => {
    await Promise.all([read(), read()]);
    expect(asked().filter(path => path === "/api/v1/claims")).toHaveLength(1);
  });

  it("of one server is not held for another's", async () => {
    await read();
    await elsewhere("https://other.example", { digest: digest(PAGE), text: TEXT }, Promise.resolve([]));
    expect(fetched.mock.calls.map(([address]) => address)).toContain("https://other.example/api/v1/claims");
  });

  it("that does not come finds nothing, and is not asked for again within the hour", async () => {
    status = 503;
    expect(await read()).toEqual([]);
    status = 200;
    expect(await read()).toEqual([]);
    expect(asked()).toEqual(["/api/v1/claims"]);
    now += HOUR;
    expect(await read()).toHaveLength(1);
  });

  it("holds for another hour where no newer one comes", async () => {
    await read();
    now += HOUR;
    const good = fetched.getMockImplementation();
    fetched.mockImplementationOnce(async () => new Response("<html>"));
    expect(await read()).toHaveLength(1);
    expect(fetched.getMockImplementation()).toBe(good);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["words", "runs"],
    ["no list", { runs: { 0: [1, "abcde"] } }],
    ["other than pairs", { runs: [1, null, "abcde", []] }],
    [
      "numbers that are none",
      {
        runs: [
          ["1", "abcde"],
          [2 ** 60, "abcde"],
          [0.5, "abcde"],
        ],
      },
    ],
    [
      "digits that are none",
      {
        runs: [
          [1, "abcdef"],
          [1, "../me"],
          [1, "ABCDE"],
          [1, 12345],
        ],
      },
    ],
  ])("that says %s has no entry", (_, said) => {
    expect(entries(said)).toEqual([]);
  });

  it("is cut where it is longer than a server makes it", () => {
    expect(entries({ runs: Array.from({ length: 100_001 }, (_, at) => [at, "abcde"]) })).toHaveLength(
      100_000,
    );
  });
});
