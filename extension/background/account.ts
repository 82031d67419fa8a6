/**
 * The account at a server, as far as this browser has one: a token, got by one press.
 *
 * The browser opens the server's own page, where somebody signs in and agrees (RFC 6749, authorization code
 * with PKCE, RFC 7636); a code comes back to the browser and never to a page, and is changed for a token
 * that only we can change it for. The token lives in the browser's storage for extensions, goes to the
 * server that gave it and to no other, and is handed back when it is no longer wanted: on "Disconnect",
 * with "Delete everything", and when another server is chosen. Goes wrong in words: `Unconnected`.
 */
import { say } from "../shared/catalogue";
import { challenge, read, unguessable } from "./pkce";

export interface Account {
  readonly server: string;
  readonly token: string;
}

export class Unconnected extends Error {}

const KEY = "account";
const PATIENCE = 15_000;

/** Null where nobody is connected to this server. */
export async function token(server: string): Promise<string | null> {
  const account = await kept();
  return account?.server === server ? account.token : null;
}

export async function connect(server: string): Promise<void> {
  const state = unguessable();
  const verifier = unguessable();
  const redirect = chrome.identity.getRedirectURL();
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: "caveat-extension",
    redirect_uri: redirect,
    scope: "annotate",
    state,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
  });
  const url = `${server}/connect/authorize?${asked}`;
  let came: string | undefined;
  try {
    came = await chrome.identity.launchWebAuthFlow({ url, interactive: true });
  } catch {
    throw new Unconnected(say("connect_closed")); // the window was closed, or the page did not load
  }
  const code = read(came, redirect, state);
  if (code === null) throw new Unconnected(say("connect_refused"));
  const given = await exchange(server, {
    grant_type: "authorization_code",
    client_id: "caveat-extension",
    redirect_uri: redirect,
    code,
    code_verifier: verifier,
  });
  const before = await kept();
  await chrome.storage.local.set({ [KEY]: { server, token: given } satisfies Account });
  if (before) await revoke(before);
}

async function exchange(server: string, form: Record<string, string>): Promise<string> {
  try {
    const response = await post(`${server}/connect/token`, form);
    const answer = (await response.json()) as { access_token?: unknown };
    const given = answer.access_token;
    if (response.ok && typeof given === "string" && /^[\x21-\x7e]{1,500}$/.test(given)) return given;
  } catch {
    throw new Unconnected(say("connect_offline", server));
  }
  throw new Unconnected(say("connect_no_token", server));
}

/** Forgotten here first: whatever becomes of the server, nothing is done in this account's name any more. */
export async function disconnect(): Promise<void> {
  const account = await kept();
  await chrome.storage.local.remove(KEY);
  if (account) await revoke(account);
}

/** The server does not take this token any more: there is none. */
export async function forget(token: string): Promise<void> {
  const account = await kept();
  if (account?.token === token) await chrome.storage.local.remove(KEY);
}

/** Another server was chosen: the one before gets its token back. */
export async function keepTo(server: string): Promise<void> {
  const account = await kept();
  if (account && account.server !== server) await disconnect();
}

/** A plain form, so that it arrives though the browser no longer opens that server to us. */
async function revoke({ server, token }: Account): Promise<void> {
  await post(`${server}/connect/revoke`, { token }).catch(() => undefined);
}

function post(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(form),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

async function kept(): Promise<Account | null> {
  const { [KEY]: account } = await chrome.storage.local.get(KEY);
  if (typeof account !== "object" || account === null) return null;
  const { server, token } = account as Partial<Record<keyof Account, unknown>>;
  return typeof server === "string" && typeof token === "string" ? { server, token } : null;
}
