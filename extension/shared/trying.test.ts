import { describe, expect, it } from "vitest";
import { faultOf } from "./trying";

const SERVER = "https://caveat.example";
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const html = (status = 200) => new Response("<h1>It works!</h1>", { status });
const elsewhere = () => new Response(null, { status: 301, headers: { Location: "https://other.example/" } });

/** A server that answers so at these paths, and is not there at others. */
function server(answers: Record<string, () => Response | Error>) {
  const asked: [string, RequestInit][] = [];
  const fetch = async (address: string, init: RequestInit) => {
    asked.push([address, init]);
    const answer = answers[address.slice(SERVER.length)]?.() ?? json({ detail: "nothing here" }, 404);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, fetch };
}

const SIGNALS = () => json({ version: "1", signals: [] });
const HEALTHY = () => json({ status: "ok" });

const FAULTS: [what: string, answers: Record<string, () => Response | Error>, says: RegExp][] = [
  ["nobody there", { "/api/v1/signals": () => new TypeError("Failed to fetch") }, /^Nothing answers at/],
  [
    "an answer that does not come",
    { "/api/v1/signals": () => new DOMException("late", "TimeoutError") },
    /in time/,
  ],
  [
    "another server",
    { "/api/v1/signals": () => html(404), "/healthz": () => html(404) },
    /not a Caveat server/,
  ],
  ["a server that greets everybody", { "/api/v1/signals": html, "/healthz": html }, /not a Caveat server/],
  [
    "another server that is healthy",
    { "/api/v1/signals": () => html(404), "/healthz": () => json({ status: "up" }) },
    /not a Caveat server/,
  ],
  ["a Caveat server without this API", { "/healthz": HEALTHY }, /another version/],
  [
    "a Caveat server whose answer has another shape",
    { "/api/v1/signals": () => json([]), "/healthz": HEALTHY },
    /another version/,
  ],
  ["one that points elsewhere", { "/api/v1/signals": elsewhere }, /another address/],
  ["one that is not well", { "/api/v1/signals": () => html(502) }, /not well just now \(it answered 502\)/],
  ["one that has too much to do", { "/api/v1/signals": () => json({}, 429) }, /not well just now/],
];

describe("trying a server", () => {
  it("finds nothing wrong with a Caveat server, with one question and no cookie", async () => {
    const { fetch, asked } = server({ "/api/v1/signals": SIGNALS });
    expect(await faultOf(SERVER, fetch)).toBeNull();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[1]).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
    expect(asked[0]?.[1].body).toBeUndefined();
  });

  it.each(FAULTS)("tells %s", async (_, answers, says) => {
    expect(await faultOf(SERVER, server(answers).fetch)).toMatch(says);
  });
});
