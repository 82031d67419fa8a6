/**
 * What people wrote about the same words on other pages, without telling the server the words.
 *
 * In: a text that is read, its page's digest, and what is known of that page itself. Out: a few
 * annotations of other pages, each with the page it was written for. The server has a list, the same for
 * everybody, of runs of words that are annotated somewhere; it is asked for at most once an hour, and with
 * a reading only. The text is held against it here. For what was found five digits are asked for, by nobody
 * in particular. Whatever goes wrong, nothing was found. server/caveat/annotations/runs.py says why so.
 */
import { type Annotation, parseAnnotations } from "../shared/community";
import { runs } from "../shared/runs";
import { type Answer, lookUp } from "./look-up";

const HOUR = 3_600_000;
const PATIENCE = 3_000; // ms, for the list and what is asked for together
const LONGEST = 4_000_000; // characters of a list as long as the server makes it
const MOST_RUNS = 100_000;
const MOST_ASKED = 3;
const MOST_FOUND = 10;
const LONGEST_TITLE = 200;
const PIECE = 5_000; // runs between two pauses: a worker has more to do than this

type Entry = readonly [run: number, prefix: string];

/** What is kept for the browser's session; it says nothing of what was read. */
interface Kept extends Answer {
  readonly server: string;
  readonly asked: number;
  readonly body: readonly Entry[];
}

interface Page {
  readonly digest: string;
  readonly text: string;
}

export async function elsewhere(
  server: string,
  page: Page,
  written: Promise<readonly Annotation[]>,
): Promise<Annotation[]> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const listed = await list(server, signal);
    if (listed.length === 0) return [];
    const { prefixes, there } = await matched(listed, page.text, await written);
    const answers = await Promise.all(
      prefixes.map(prefix => lookUp(`${server}/api/v1/claims/${prefix}`, { signal }).catch(() => null)),
    );
    return answers
      .flatMap(answer => parseAnnotations(answer?.body))
      .flatMap(each => ofAnother(each, page.digest, there) ?? [])
      .slice(0, MOST_FOUND);
  } catch {
    return [];
  }
}

/** Which digits to ask for, in reading order; and every run of the text. */
async function matched(listed: readonly Entry[], text: string, written: readonly Annotation[]) {
  const known = new Map<number, string[]>();
  for (const [run, prefix] of listed) {
    const others = known.get(run);
    if (others) others.push(prefix);
    else known.set(run, [prefix]);
  }
  // What readers see on the page itself already need not be asked for.
  for (const { status, quote } of written) {
    if (status === "helpful" || status === "settled") for (const run of runs(quote.exact)) known.delete(run);
  }
  const prefixes = new Set<string>();
  const there = new Set<number>();
  let read = 0;
  for (const run of runs(text)) {
    there.add(run);
    for (const prefix of known.get(run) ?? []) prefixes.add(prefix);
    if (++read % PIECE === 0) await pause();
  }
  return { prefixes: [...prefixes].slice(0, MOST_ASKED), there };
}

/** Five digits stand for other words too, and for this very page: those are left out. */
function ofAnother(annotation: Annotation, own: string, there: ReadonlySet<number>): Annotation | null {
  const { page, quote, status } = annotation;
  // One that is settled speaks of how its own page was corrected, and of no other.
  if (status !== "helpful" || page.url === null || page.digest === own) return null;
  if (![...runs(quote.exact)].some(run => there.has(run))) return null;
  const title = page.title.slice(0, LONGEST_TITLE) || new URL(page.url).host;
  return { ...annotation, elsewhere: { title, url: page.url } };
}

/** Two readings at once are one question. */
const underWay = new Map<string, Promise<readonly Entry[]>>();

function list(server: string, signal: AbortSignal): Promise<readonly Entry[]> {
  const running = underWay.get(server);
  if (running) return running;
  const asking = current(server, signal).finally(() => underWay.delete(server));
  underWay.set(server, asking);
  return asking;
}

async function current(server: string, signal: AbortSignal): Promise<readonly Entry[]> {
  const { claims } = await chrome.storage.session.get<{ claims?: Kept }>("claims");
  const last = claims?.server === server ? claims : null;
  const age = Date.now() - (last?.asked ?? 0);
  if (last && age >= 0 && age < HOUR) return last.body;
  const asked = Date.now();
  const address = `${server}/api/v1/claims`;
  // One that did not come is not asked for again within the hour either.
  const answer = await lookUp(address, { signal, last, longest: LONGEST }).catch(() => last);
  const body = answer === last ? (last?.body ?? []) : entries(answer?.body);
  await chrome.storage.session.set({ claims: { server, asked, etag: answer?.etag ?? null, body } });
  return body;
}

const PREFIX = /^[0-9a-f]{5}$/;

export function entries(answer: unknown): Entry[] {
  const said = (answer as { runs?: unknown } | null)?.runs;
  if (!Array.isArray(said)) return [];
  return said.slice(0, MOST_RUNS).flatMap((entry): Entry[] => {
    const [run, prefix] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const isOne = Number.isSafeInteger(run) && typeof prefix === "string" && PREFIX.test(prefix);
    return isOne ? [[run as number, prefix]] : [];
  });
}

function pause(): Promise<void> {
  return new Promise(done => setTimeout(done));
}
