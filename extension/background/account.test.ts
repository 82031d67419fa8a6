import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect, disconnect, keepTo, token } from "./account";
import { challenge } from "./pkce";

const SERVER = "https://caveat.example";
const REDIRECT = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/";

let kept: Record<string, unknown>;
let opened: URL[];
/** What the server's page sends back. */
let back: (asked: URLSearchParams) => Promise<string>;
let answer: () => Response;
const fetched = vi.fn(async (url: string, _: RequestInit) =>
  url.endsWith("/revoke") ? new Response("{}") : answer(),
);
const form = (call: number) => Object.fromEntries(fetched.mock.calls[call]?.[1].body as URLSearchParams);

beforeEach(() => {
  kept = {};
  opened = [];
  back = async asked => `${REDIRECT}?code=c0de&state=${asked.get("state")}`;
  answer = () => new Response(JSON.stringify({ access_token: "cv_token", token_type: "Bearer" }));
  fetched.mockClear();
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("chrome", {
    identity: {
      getRedirectURL: () => REDIRECT,
      launchWebAuthFlow: async ({ url }: { url: string }) => {
        opened.push(new URL(url));
        return back(new URL(url).searchParams);
      },
    },
    storage: {
      local: {
        get: async () => kept,
        set: async (some: object) => void Object.assign(kept, some),
        remove: async (name: string) => void delete kept[name],
      },
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("connecting", () => {
  it("asks at the server's own page, with a challenge, and changes the code with its verifier", async () => {
    await connect(SERVER);
    const asked = opened[0]?.searchParams;
    expect(opened[0]?.href.startsWith(`${SERVER}/connect/authorize?`)).toBe(true);
    expect(asked?.get("scope")).toBe("annotate");
    expect(form(0)).toMatchObject({ grant_type: "authorization_code", code: "c0de", redirect_uri: REDIRECT });
    expect(await challenge(form(0).code_verifier ?? "")).toBe(asked?.get("code_challenge"));
    expect(opened[0]?.href).not.toContain(form(0).code_verifier);
    expect(await token(SERVER)).toBe("cv_token");
    expect(await token("https://other.example")).toBeNull();
  });

  it.each<[string, () => void]>([
    [
      "the window was closed",
      () => {
        back = () => Promise.reject(new Error("cancelled"));
      },
    ],
    [
      "somebody else's answer came",
      () => {
        back = async () => `${REDIRECT}?code=c&state=other`;
      },
    ],
    [
      "the server gave no token",
      () => {
        answer = () => new Response("{}");
      },
    ],
    [
      "the server refused the code",
      () => {
        answer = () => new Response("{}", { status: 400 });
      },
    ],
    [
      "the token is none",
      () => {
        answer = () => new Response(JSON.stringify({ access_token: "a\r\nb: c" }));
      },
    ],
  ])("keeps nothing where %s", async (_, happens) => {
    happens();
    await expect(connect(SERVER)).rejects.toThrow(/^Not connected/);
    expect(kept).toEqual({});
  });
});

describe("the token", () => {
  it("is forgotten and given back on disconnecting, also where the server is away", async () => {
    await connect(SERVER);
    fetched.mockImplementationOnce(() => Promise.reject(new TypeError()));
    await disconnect();
    expect(kept).toEqual({});
    expect(fetched.mock.calls[1]?.[0]).toBe(`${SERVER}/connect/revoke`);
    expect(form(1)).toEqual({ token: "cv_token" });
  });

  it("is given back when another server is chosen, and stays with its own", async () => {
    await connect(SERVER);
    await keepTo(SERVER);
    expect(await token(SERVER)).toBe("cv_token");
    await keepTo("https://other.example");
    expect(await token(SERVER)).toBeNull();
    expect(fetched.mock.calls.at(-1)?.[0]).toBe(`${SERVER}/connect/revoke`);
  });

  it("that was there before a new one is given back too", async () => {
    await connect(SERVER);
    answer = () => new Response(JSON.stringify({ access_token: "cv_second" }));
    await connect(SERVER);
    expect(form(2)).toEqual({ token: "cv_token" });
    expect(await token(SERVER)).toBe("cv_second");
  });
});
