import { afterEach, describe, expect, it, vi } from "vitest";
import { tellNotUseful } from "./not-useful";

const TOLD = { signal: "vague-source", engine: "caveat 1.0" };

/** What goes out to whom, where a reader has chosen this. */
async function sent(chosen: Record<string, unknown>, answer: () => Promise<Response>, told = TOLD) {
  const fetch = vi.fn(answer);
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("chrome", { storage: { local: { get: async () => chosen } } });
  await tellNotUseful(told);
  return fetch.mock.calls as unknown as [string, RequestInit][];
}

afterEach(() => vi.unstubAllGlobals());

const taken = async () => new Response(null, { status: 204 });

describe("a note that was not useful", () => {
  it("is nobody's business where its reader has not said otherwise", async () => {
    expect(await sent({}, taken)).toEqual([]);
  });

  it("is told to the chosen server by its kind and engine, without cookies or referrer", async () => {
    const [call, ...more] = await sent({ tell: true, server: "https://caveat.example" }, taken);
    expect(more).toEqual([]);
    expect(call?.[0]).toBe("https://caveat.example/api/v1/feedback");
    expect(call?.[1]).toMatchObject({ method: "POST", credentials: "omit", referrerPolicy: "no-referrer" });
    expect(JSON.parse(String(call?.[1].body))).toEqual(TOLD);
  });

  it("is told in no more letters of the engine than the server takes", async () => {
    const [call] = await sent({ tell: true }, taken, { ...TOLD, engine: "e".repeat(300) });
    expect(JSON.parse(String(call?.[1].body)).engine).toHaveLength(200);
  });

  it.each([
    ["does not answer", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["does not know the kind", async () => new Response("{}", { status: 404 })],
  ])("is told once and in silence, even where the server %s", async (_, answer) => {
    expect(await sent({ tell: true }, answer)).toHaveLength(1);
  });
});
