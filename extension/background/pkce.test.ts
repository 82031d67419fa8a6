import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { challenge, read, unguessable } from "./pkce";

const REDIRECT = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/";

it("the challenge is RFC 7636's for its own example", async () => {
  expect(await challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

it("what nobody can guess has 43 letters of those a verifier may have, and is new each time", () => {
  expect(unguessable()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(unguessable()).not.toBe(unguessable());
  expect(unguessable(bytes => bytes.fill(0))).toBe("A".repeat(43));
});

describe("the answer that comes back", () => {
  it("has its code where it came to us, for this request", () => {
    expect(read(`${REDIRECT}?code=abc&state=s`, REDIRECT, "s")).toBe("abc");
  });

  it.each([
    ["was for another request", `${REDIRECT}?code=abc&state=t`],
    ["has no state", `${REDIRECT}?code=abc`],
    ["came to another place", "https://evil.example/?code=abc&state=s"],
    ["came to another path", `${REDIRECT}else?code=abc&state=s`],
    ["says no", `${REDIRECT}?error=access_denied&state=s`],
    ["says no and yes", `${REDIRECT}?error=access_denied&code=abc&state=s`],
    ["has no code", `${REDIRECT}?state=s`],
    ["did not come", undefined],
  ])("is none where it %s", (_, came) => {
    expect(read(came, REDIRECT, "s")).toBeNull();
  });

  it("is never taken for another request's, whatever the states are", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (sent, came) => {
        const url = `${REDIRECT}?${new URLSearchParams({ code: "c", state: came })}`;
        expect(read(url, REDIRECT, sent) === "c").toBe(sent === came);
      }),
    );
  });
});
