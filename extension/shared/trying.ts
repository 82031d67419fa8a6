/**
 * Is there a Caveat server at this address, and one that this extension understands?
 *
 * In: an address that `serverAddress` has passed, and how to fetch. Out: null, or what is wrong, in the
 * reader's words. What is asked for is public and the same for everybody; nothing of a page goes along.
 */
import { say } from "./catalogue";

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

const PATIENCE = 8_000; // ms: somebody sits in front of the page and waits

export async function faultOf(address: string, fetch: Fetch): Promise<string | null> {
  const get = (path: string) =>
    fetch(address + path, {
      headers: { Accept: "application/json" },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  try {
    const answer = await get("/api/v1/signals");
    // An article is never sent on to where a server points.
    if (answer.type === "opaqueredirect" || (answer.status >= 300 && answer.status < 400)) {
      return say("trying_moved", address);
    }
    if (answer.status === 429 || answer.status >= 500) return say("trying_unwell", address, answer.status);
    if (answer.ok && Array.isArray((await body(answer))?.signals)) return null;
    const health = await get("/healthz");
    const isOurs = health.ok && (await body(health))?.status === "ok";
    return say(isOurs ? "trying_version" : "trying_other", address);
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    return say(late ? "trying_slow" : "trying_nobody", address);
  }
}

async function body(answer: Response): Promise<{ signals?: unknown; status?: unknown } | null> {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}
