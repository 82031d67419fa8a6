/**
 * What people wrote about a page: one question to the server for each reading, and not before.
 *
 * In: a tab. Out: the annotations of its page. The server hears the first five digits of the page's digest
 * and answers for all pages that begin with them; what is this page's is picked out here. Whoever is
 * connected is asked for as such and is shown what waits for ratings too, but never from a private window.
 * Whatever goes wrong, nobody has written anything: the machine's notes must not wait for it.
 */
import { annotationsOf, NOBODY, type People } from "../shared/community";
import { digest, prefix } from "../shared/page-identity";
import { settings } from "../shared/settings";
import { token } from "./account";

const PATIENCE = 3_000; // ms: less than the reading of an article mostly takes
const LONGEST = 2_000_000;
const REMEMBERED = 20;

/** The last answers, by what was asked: where nothing has changed, the server need not say it again. */
const answers = new Map<string, { readonly etag: string; readonly body: unknown }>();

type Page = Pick<chrome.tabs.Tab, "url" | "incognito">;

export async function peopleOn({ url, incognito }: Page): Promise<People> {
  try {
    const { people, server } = await settings(chrome.storage.local);
    if (!people || !url) return NOBODY;
    const own = incognito ? null : await token(server);
    const answer = await ask(`${server}/api/v1/pages/${prefix(url)}`, own);
    return { annotations: annotationsOf(answer, digest(url)), isConnected: own !== null };
  } catch {
    return NOBODY;
  }
}

async function ask(address: string, own: string | null): Promise<unknown> {
  const last = own === null ? answers.get(address) : undefined;
  const response = await fetch(address, {
    headers: {
      Accept: "application/json",
      ...(own && { Authorization: `Bearer ${own}` }),
      ...(last && { "If-None-Match": last.etag }),
    },
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.status === 304 && last) return last.body;
  if (!response.ok) return null;
  const text = await response.text();
  if (text.length > LONGEST) return null;
  const body: unknown = JSON.parse(text);
  const etag = response.headers.get("ETag");
  if (own === null && etag) remember(address, { etag, body });
  return body;
}

function remember(address: string, answer: { etag: string; body: unknown }): void {
  answers.delete(address);
  answers.set(address, answer);
  for (const oldest of answers.keys()) {
    if (answers.size <= REMEMBERED) break;
    answers.delete(oldest);
  }
}
