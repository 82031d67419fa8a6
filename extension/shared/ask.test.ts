import { describe, expect, it } from "vitest";
import type { Article } from "./article";
import { ask, type Fetch, type Problem, Unanswered } from "./ask";
import { analysis, TEXT } from "./specimen";

const SERVER = "http://127.0.0.1:5000";
const ARTICLE: Article = {
  text: TEXT,
  context: { title: "Fares", site: null, links: [{ start: 3, end: 15, href: "https://a.example/" }] },
};

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** A server that gives these answers, one after the other, and what it was asked. */
function server(...answers: (Response | Error)[]) {
  const asked: {
    url: string;
    init: RequestInit;
    body: { text: string; context: Record<string, unknown> };
  }[] = [];
  const fetch: Fetch = async (url, init) => {
    asked.push({ url, init, body: JSON.parse(String(init.body)) });
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new TypeError("fetch failed");
    return answer;
  };
  return { fetch, asked };
}

async function problemOf(...answers: (Response | Error)[]): Promise<Problem> {
  const { fetch } = server(...answers);
  const error = await ask(SERVER, ARTICLE, fetch).catch(caught => caught);
  expect(error).toBeInstanceOf(Unanswered);
  return error.problem;
}

describe("asking the server", () => {
  it("sends the text once, with links in code points, no cookie and no address of the page", async () => {
    const { fetch, asked } = server(json(analysis()));
    await ask(SERVER, ARTICLE, fetch);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe(`${SERVER}/api/v1/analyses`);
    expect(asked[0]?.init).toMatchObject({
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    expect(asked[0]?.body).toEqual({
      text: TEXT,
      context: { title: "Fares", site: null, links: [{ start: 2, end: 14, href: "https://a.example/" }] },
    });
  });

  it("says what was sent", async () => {
    const { fetch } = server(json(analysis()));
    const length = [...TEXT].length;
    expect((await ask(SERVER, ARTICLE, fetch)).sent).toEqual({
      server: SERVER,
      characters: length,
      of: length,
      along: ["title"],
      links: 1,
    });
  });

  it("reads the first part of a text above the limit, up to a line, and says so", async () => {
    const { fetch, asked } = server(json(analysis({ notes: [] })));
    const text = `${"🚢 a line of the log. ".repeat(20)}\n`.repeat(600);
    const { sent } = await ask(
      SERVER,
      {
        text,
        context: { links: [{ start: text.length - 5, end: text.length - 1, href: "https://a.example/" }] },
      },
      fetch,
    );
    const part = asked[0]?.body.text ?? "";
    expect([...part].length).toBeLessThanOrEqual(200_000);
    expect(text[part.length]).toBe("\n");
    expect(asked[0]?.body.context.links).toEqual([]);
    expect(sent.characters).toBe([...part].length);
    expect(sent.of).toBe([...text].length);
  });

  it("takes a server's own lower limit", async () => {
    const errors = [{ pointer: "#/text", detail: "It has 52 characters; the limit is 30.", limit: 30 }];
    const { fetch, asked } = server(json({ detail: "no", errors }, 422), json(analysis({ notes: [] })));
    const { sent } = await ask(SERVER, ARTICLE, fetch);
    expect(asked[1]?.body.text).toBe("🚢 Many experts say so.");
    expect(sent.characters).toBe([..."🚢 Many experts say so."].length);
  });
});

const PROBLEMS: [
  what: string,
  answer: Response | Error,
  reason: Problem["reason"],
  says: RegExp,
  wait: number | null,
][] = [
  [
    "nobody there",
    new TypeError("Failed to fetch"),
    "offline",
    /Nothing answers at http:\/\/127\.0\.0\.1:5000/,
    null,
  ],
  ["no answer in time", new DOMException("late", "TimeoutError"), "slow", /longer than 28 seconds/, null],
  ["too many questions", json({}, 429, { "Retry-After": "17" }), "busy", /Try again in 17 seconds/, 17],
  ["too many questions, for long", json({}, 429, { "Retry-After": "600" }), "busy", /in 10 minutes/, 600],
  ["not ready", json({}, 503), "busy", /not ready yet. Try again in a moment/, null],
  ["an error of its own", json({}, 500), "unwell", /\(500\)/, null],
  ["a gateway's page", new Response("<h1>502</h1>", { status: 502 }), "unwell", /\(502\)/, null],
  [
    "a refusal with its reason",
    json({ detail: "The text is empty." }, 422),
    "refused",
    /The text is empty\./,
    null,
  ],
  ["another server", new Response("<h1>It works!</h1>"), "malformed", /not an analysis/, null],
  ["JSON of another kind", json({ ok: true }), "malformed", /not an analysis/, null],
  [
    "nothing there",
    json({ detail: "There is nothing at this address." }, 404),
    "refused",
    /nothing at this address/,
    null,
  ],
];

describe("a problem is told in plain words", () => {
  it.each(PROBLEMS)("%s", async (_, answer, reason, says, wait) => {
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ reason, wait });
    expect(problem.message).toMatch(says);
    expect(problem.title).not.toBe("");
  });
});
