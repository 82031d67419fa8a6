/**
 * One thing asked of the server for a volunteer, with their token where they have one.
 *
 * In: a method, a path under /api/v1, what is sent. Out: the answer's JSON. Goes wrong as a `Refusal`: why
 * not, in the server's own words where it gave any, and what to do now.
 */
import { say, sayCount } from "../shared/catalogue";
import { annotations } from "../shared/community";
import type { Fault } from "../shared/errands";
import { settings } from "../shared/settings";
import { forget, token } from "./account";

export class Refusal extends Error {
  readonly fault: Fault;
  constructor(reason: Fault["reason"], message: string, similar: Fault["similar"] = []) {
    super(message);
    this.fault = { reason, message, similar };
  }
}

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with a slash. */
  readonly path: string;
  readonly body?: unknown;
  /** The revision that is meant to be changed. */
  readonly revision?: number;
  /** Reports need no account; all else does. */
  readonly withoutAccount?: boolean;
}

const PATIENCE = 20_000;
const LONGEST = 2_000_000;

export async function call({ method, path, body, revision, withoutAccount }: Call): Promise<unknown> {
  const { server } = await settings(chrome.storage.local);
  const own = await token(server);
  if (!own && !withoutAccount) throw new Refusal("unconnected", say("fault_unconnected"));
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${server}/api/v1${path}`, {
      method,
      headers: {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(own && { Authorization: `Bearer ${own}` }),
        ...(revision !== undefined && { "If-Match": `"${revision}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    text = (await response.text()).slice(0, LONGEST);
  } catch {
    throw new Refusal("offline", say("fault_offline", server));
  }
  const answer = parsed(text);
  if (response.ok) return answer;
  if (response.status === 401 && own) await forget(own);
  throw refusal(response, answer);
}

function refusal({ status, headers }: Response, answer: unknown): Refusal {
  const problem = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const said = words(problem);
  if (status === 401) return new Refusal("unconnected", say("fault_signed_out"));
  if (status === 409 && Array.isArray(problem.similar) && problem.similar.length > 0)
    return new Refusal("similar", said, annotations(problem.similar));
  if (status === 412 || status === 428) return new Refusal("changed", said || say("fault_changed"));
  if (status === 429) return new Refusal("limit", `${said} ${again(headers)}`.trim());
  if (status >= 500) return new Refusal("unwell", said || say("fault_unwell"));
  return new Refusal("refused", said || say("fault_status", String(status)));
}

/** The problem's own sentence (RFC 9457), and the first of what is wrong with the fields. */
function words({ detail, errors }: Record<string, unknown>): string {
  const first: unknown = Array.isArray(errors) ? errors[0]?.detail : "";
  const told = [detail, first].filter(each => typeof each === "string" && each !== "");
  return [...new Set(told)].join(" ").slice(0, 500);
}

function again(headers: Headers): string {
  const wait = Number(headers.get("Retry-After"));
  if (!(wait > 0)) return "";
  return wait < 90 ? sayCount("again_in_seconds", wait) : sayCount("again_in_minutes", Math.ceil(wait / 60));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
