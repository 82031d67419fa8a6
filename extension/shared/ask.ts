/**
 * One question to the server: an article goes out, an analysis or a reason in plain words comes back.
 *
 * Here, and only here, UTF-16 units become the API's code points and back. No cookie, no referrer and
 * no page address is sent. A text above the server's limit is cut at a line and read up to there.
 */
import { type Analysis, Malformed, parseAnalysis } from "./analysis";
import type { Article } from "./article";
import { say, sayCount } from "./catalogue";
import { Offsets } from "./offsets";

export interface Sent {
  readonly server: string;
  /** Characters (code points) sent, and how many the article has. */
  readonly characters: number;
  readonly of: number;
  /** What went along with the text: "title", "site" and so on. */
  readonly along: readonly string[];
  readonly links: number;
}

export interface Answer {
  readonly analysis: Analysis;
  readonly sent: Sent;
}

/** Why there is no analysis, for the reader. */
export interface Problem {
  readonly reason: "offline" | "slow" | "busy" | "unwell" | "refused" | "malformed";
  readonly title: string;
  readonly message: string;
  /** Seconds until another try makes sense, where the server said so. */
  readonly wait: number | null;
}

export class Unanswered extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const MOST_TEXT = 200_000; // the server's default limit, in code points
// A browser ends an extension's worker when a fetch takes 30 seconds; say so before that.
const PATIENCE = 28_000;
const LONGEST_ANSWER = 50_000_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export async function ask(server: string, article: Article, fetch: Fetch): Promise<Answer> {
  const offsets = new Offsets(article.text);
  let reading = cut(article, offsets, MOST_TEXT);
  let response = await post(server, reading, offsets, fetch);
  if (response.status === 400 || response.status === 413 || response.status === 422) {
    const { detail, limit } = await problemDetails(response);
    if (limit === null || limit >= offsets.length) throw new Unanswered(refused(server, detail));
    reading = cut(article, offsets, limit);
    response = await post(server, reading, offsets, fetch);
  }
  if (!response.ok) throw new Unanswered(await failure(server, response));
  return { analysis: await analysis(server, response, reading.text), sent: sent(server, reading, offsets) };
}

/** The article up to the last line that fits. */
function cut(article: Article, offsets: Offsets, most: number): Article {
  if (offsets.length <= most) return article;
  const end = offsets.toUtf16(most);
  const line = article.text.lastIndexOf("\n", end);
  const text = article.text.slice(0, line > end / 2 ? line : end);
  const links = article.context.links?.filter(link => link.end <= text.length) ?? [];
  return { text, context: { ...article.context, links } };
}

async function post(server: string, article: Article, offsets: Offsets, fetch: Fetch): Promise<Response> {
  const links = article.context.links?.map(({ start, end, href }) => ({
    start: offsets.toCodePoint(start),
    end: offsets.toCodePoint(end),
    href,
  }));
  try {
    return await fetch(`${server}/api/v1/analyses`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ text: article.text, context: { ...article.context, ...(links && { links }) } }),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    const slow = error instanceof DOMException && error.name === "TimeoutError";
    throw new Unanswered(slow ? tooSlow(server) : offline(server));
  }
}

async function analysis(server: string, response: Response, text: string): Promise<Analysis> {
  try {
    const body = await response.text();
    if (body.length > LONGEST_ANSWER) throw new Malformed("the answer is too long");
    return parseAnalysis(JSON.parse(body), text);
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") throw new Unanswered(tooSlow(server));
    throw new Unanswered({
      reason: "malformed",
      title: say("problem_malformed_title"),
      message: say("problem_malformed", server),
      wait: null,
    });
  }
}

function sent(server: string, article: Article, offsets: Offsets): Sent {
  const { links, ...rest } = article.context;
  return {
    server,
    characters: offsets.toCodePoint(article.text.length),
    of: offsets.length,
    along: Object.entries(rest).flatMap(([name, value]) => (value ? [name] : [])),
    links: links?.length ?? 0,
  };
}

async function problemDetails(response: Response): Promise<{ detail: string; limit: number | null }> {
  try {
    const problem = (await response.json()) as { detail?: unknown; errors?: unknown };
    const errors = Array.isArray(problem.errors) ? problem.errors : [];
    const text = errors.find(error => error?.pointer === "#/text" && typeof error.limit === "number");
    const first = typeof errors[0]?.detail === "string" ? ` ${errors[0].detail}` : "";
    const detail = typeof problem.detail === "string" ? problem.detail : "";
    return { detail: `${detail}${first}`.trim().slice(0, 500), limit: text?.limit ?? null };
  } catch {
    return { detail: "", limit: null };
  }
}

async function failure(server: string, response: Response): Promise<Problem> {
  const wait = retryAfter(response.headers.get("Retry-After"));
  if (response.status === 429 || response.status === 503) {
    const name = response.status === 429 ? "problem_many" : "problem_not_ready";
    const title = say("problem_busy_title");
    return { reason: "busy", title, message: `${say(name, server)} ${againIn(wait)}`, wait };
  }
  if (response.status >= 500) {
    const message = say("problem_unwell", server, String(response.status));
    return { reason: "unwell", title: say("problem_unwell_title"), message, wait };
  }
  const { detail } = await problemDetails(response);
  return refused(server, detail || say("problem_status", String(response.status)));
}

function retryAfter(value: string | null): number | null {
  if (!value) return null;
  const wait = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(wait) && wait > 0 ? Math.min(Math.ceil(wait), 86_400) : null;
}

function againIn(wait: number | null): string {
  if (wait === null) return say("again_in_a_moment");
  return wait < 90 ? sayCount("again_in_seconds", wait) : sayCount("again_in_minutes", Math.ceil(wait / 60));
}

function refused(server: string, detail: string): Problem {
  const message = `${say("problem_refused", server)} ${detail}`.trim();
  return { reason: "refused", title: say("problem_refused_title"), message, wait: null };
}

function offline(server: string): Problem {
  const message = say("problem_offline", server);
  return { reason: "offline", title: say("problem_offline_title"), message, wait: null };
}

function tooSlow(server: string): Problem {
  const message = say("problem_slow", server, PATIENCE / 1000);
  return { reason: "slow", title: say("problem_slow_title"), message, wait: null };
}
