import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Annotation, annotations } from "../shared/community";
import { digest, prefix } from "../shared/page-identity";
import { annotation, PAGE, TEXT } from "../shared/specimen";

const SERVER = "https://caveat.example";
const ANSWER = { pages: { [digest(PAGE)]: [annotation()] } };

let kept: Record<string, unknown>;
let answer: (init: RequestInit) => Promise<Response>;
let peopleOn: typeof import("./people").peopleOn;
const elsewhere = vi.fn(async (): Promise<Annotation[]> => []);
vi.mock("./elsewhere", () => ({ elsewhere }));
const fetched = vi.fn(async (_: string, init: RequestInit) => answer(init));

beforeEach(async () => {
  vi.resetModules();
  kept = { server: SERVER };
  answer = async () => new Response(JSON.stringify(ANSWER), { headers: { ETag: '"1"' } });
  fetched.mockClear();
  elsewhere.mockReset().mockResolvedValue([]);
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("chrome", {
    storage: {
      local: {
        get: async () => kept,
        remove: async (name: string) => void delete kept[name],
      },
    },
  });
  ({ peopleOn } = await import("./people"));
});
afterEach(() => vi.unstubAllGlobals());

const page = { url: PAGE, incognito: false };
const headers = (call = 0) => fetched.mock.calls[call]?.[1].headers as Record<string, string>;

describe("a look-up", () => {
  it("says five digits of the page and nothing else of it", async () => {
    expect((await peopleOn(page, TEXT)).annotations).toHaveLength(1);
    expect(fetched.mock.calls[0]?.[0]).toBe(`${SERVER}/api/v1/pages/${prefix(PAGE)}`);
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
    expect(JSON.stringify(fetched.mock.calls)).not.toContain("news.example");
    expect(JSON.stringify(fetched.mock.calls)).not.toContain(digest(PAGE).slice(0, 6));
  });

  it("is not made where people's notes are off", async () => {
    kept.people = false;
    expect((await peopleOn(page, TEXT)).annotations).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
    expect(elsewhere).not.toHaveBeenCalled();
  });

  it("asks only for what has changed", async () => {
    await peopleOn(page, TEXT);
    answer = async () => new Response(null, { status: 304 });
    expect((await peopleOn(page, TEXT)).annotations).toHaveLength(1);
    expect(headers(1)["If-None-Match"]).toBe('"1"');
  });

  it("names its reader where they are connected to this very server, and not in a private window", async () => {
    kept.account = { server: SERVER, token: "cv_secret" };
    expect((await peopleOn(page, TEXT)).isConnected).toBe(true);
    expect(headers().Authorization).toBe("Bearer cv_secret");
    expect((await peopleOn({ ...page, incognito: true }, TEXT)).isConnected).toBe(false);
    expect(headers(1).Authorization).toBeUndefined();
    kept.server = "https://other.example";
    await peopleOn(page, TEXT);
    expect(headers(2).Authorization).toBeUndefined();
  });

  it.each<[string, () => Promise<Response>]>([
    ["is not there", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["is unwell", async () => new Response("", { status: 503 })],
    ["has had too much", async () => new Response("{}", { status: 429 })],
    ["says nonsense", async () => new Response("<html>")],
    ["says something else", async () => new Response("{}")],
    ["says too much", async () => new Response(`"${"x".repeat(2_100_000)}"`)],
  ])("of a server that %s finds nothing, harms nothing, and says so", async (_, bad) => {
    answer = bad;
    expect(await peopleOn(page, TEXT)).toEqual({ annotations: [], isConnected: false, isMissed: true });
  });

  it("of a server without a community misses nothing", async () => {
    answer = async () => new Response("{}", { status: 404 });
    expect(await peopleOn(page, TEXT)).toEqual({ annotations: [], isConnected: false, isMissed: false });
  });

  it("whose connection the server has ended brings what everybody is shown", async () => {
    kept.account = { server: SERVER, token: "cv_old" };
    answer = async ({ headers }) =>
      "Authorization" in (headers ?? {})
        ? new Response("{}", { status: 401 })
        : new Response(JSON.stringify(ANSWER));
    expect(await peopleOn(page, TEXT)).toMatchObject({
      annotations: [{ author: "heron" }],
      isConnected: false,
      isMissed: false,
    });
    expect(kept.account).toBeUndefined();
  });

  it("of what is no page on the web is not made", async () => {
    expect((await peopleOn({ url: "about:blank", incognito: false }, TEXT)).annotations).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("brings what was written elsewhere too, and of one with the same name the page's own", async () => {
    const other = annotation({ id: "0190a0b0-0000-7000-8000-000000000002" });
    elsewhere.mockResolvedValue(
      annotations([annotation(), other]).map(each => ({ ...each, elsewhere: { title: "Wall", url: PAGE } })),
    );
    const found = (await peopleOn(page, TEXT)).annotations;
    expect(found.map(each => each.elsewhere?.title)).toEqual([undefined, "Wall"]);
  });

  it("that finds the browser's storage out of order is missed, and nothing more", async () => {
    vi.spyOn(chrome.storage.local, "get").mockRejectedValue(new Error("The storage is out of order"));
    expect(await peopleOn(page, TEXT)).toEqual({ annotations: [], isConnected: false, isMissed: true });
  });

  it("that fails leaves what was written elsewhere", async () => {
    answer = async () => new Response("", { status: 503 });
    elsewhere.mockResolvedValue(annotations([annotation()]));
    expect((await peopleOn(page, TEXT)).annotations).toHaveLength(1);
  });
});
