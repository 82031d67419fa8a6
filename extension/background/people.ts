/**
 * What people wrote about a page: one question to the server for each reading, and not before.
 *
 * In: a tab and the text that was found in it. Out: the annotations of its page, and those of the same
 * words on other pages (elsewhere.ts). The server hears the first five digits of the page's digest
 * and answers for all pages that begin with them; what is this page's is picked out here. Whoever is
 * connected is asked for as such and is shown what waits for ratings too, but never from a private window.
 * Whatever goes wrong, the machine's notes must not wait for it; that people's notes did not come is told.
 */
import { type Annotation, annotationsOf, NOBODY, type People } from "../shared/community";
import { digest, prefix } from "../shared/page-identity";
import { settings } from "../shared/settings";
import { forget, token } from "./account";
import { elsewhere } from "./elsewhere";
import { type Answer, lookUp, NotGiven } from "./look-up";

const PATIENCE = 3_000; // ms: less than the reading of an article mostly takes
const REMEMBERED = 20;

/** The last answers, by what was asked: where nothing has changed, the server need not say it again. */
const answers = new Map<string, Answer>();

type Page = Pick<chrome.tabs.Tab, "url" | "incognito">;

export function peopleOn(page: Page, text: string): Promise<People> {
  return lookedUp(page, text).catch(() => ({ ...NOBODY, isMissed: true }));
}

async function lookedUp({ url, incognito }: Page, text: string): Promise<People> {
  const { people, server } = await settings(chrome.storage.local);
  if (!people || !url || !/^https?:/i.test(url)) return NOBODY;
  const page = { digest: digest(url), text };
  const own = incognito ? null : await token(server);
  const looking = onPage(`${server}/api/v1/pages/${prefix(url)}`, page.digest, own);
  const nearby = await elsewhere(
    server,
    page,
    looking.then(written => written ?? []),
  );
  const written = await looking;
  // Of two with one name the page's own counts, which comes last.
  const all = new Map([...nearby, ...(written ?? [])].map(each => [each.id, each]));
  const isConnected = own !== null && own === (await token(server));
  return { annotations: [...all.values()], isConnected, isMissed: written === null };
}

/** Null: they could not be had. */
async function onPage(address: string, page: string, own: string | null): Promise<Annotation[] | null> {
  try {
    const last = own === null ? answers.get(address) : null;
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await lookUp(address, { signal, token: own, last: last ?? null });
    const written = annotationsOf(answer.body, page);
    if (own === null && answer.etag && written) remember(address, answer);
    return written;
  } catch (error) {
    const status = error instanceof NotGiven ? error.status : 0;
    if (status === 404) return []; // a server without a community
    if (status !== 401 || own === null) return null;
    await forget(own); // the server has ended the connection; what everybody is shown is shown all the same
    return onPage(address, page, null);
  }
}

function remember(address: string, answer: Answer): void {
  answers.delete(address);
  answers.set(address, answer);
  for (const oldest of answers.keys()) {
    if (answers.size <= REMEMBERED) break;
    answers.delete(oldest);
  }
}
