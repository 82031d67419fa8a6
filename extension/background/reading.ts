/**
 * One reading of a tab: the reader is put into it, finds the article, the server is asked, the reader
 * shows the answer, and what came of it goes back and onto the button.
 *
 * Nothing is kept here but readings under way, so that a second press on a tab joins the first: the
 * worker may be ended between any two.
 */
import { address } from "../reader/watch";
import type { Article } from "../shared/article";
import { ask, Unanswered } from "../shared/ask";
import { say } from "../shared/catalogue";
import type { Done, Found, Outcome, Progress, Reading, ToReader } from "../shared/messages";
import { refusal } from "../shared/refused";
import { settings } from "../shared/settings";
import { saysProblem, show } from "./button";
import { dress, type Place } from "./dress";
import { storyFrame } from "./frames";
import { noteKeys } from "./keys";
import { peopleOn } from "./people";
import { remember } from "./visited";

interface Run {
  readonly id: string;
  outcome: Promise<Outcome>;
  /** The page was left: what comes of this is nobody's, and another press is another reading. */
  isLeft: boolean;
}

const underWay = new Map<number, Run>();

/** The page that a run reads is being left. It may say so late, when another run has begun. */
export function left(tab: number, id: string): void {
  const run = underWay.get(tab);
  if (run?.id !== id) return;
  run.isLeft = true;
  underWay.delete(tab);
}

/** Somebody pressed. */
export async function press(tab: number, again: boolean): Promise<Outcome> {
  const running = await underWay.get(tab)?.outcome;
  // A reading that nobody asked for may have given up too early: this one looks for itself.
  if (running && running.kind !== "none") return running;
  return underWay.get(tab)?.outcome ?? start(tab, run => read(run, tab, again, null));
}

/** Somebody pressed on the page's own card, which is there only where the server has not answered. */
export async function retry(tab: number): Promise<void> {
  if (await saysProblem(tab)) await press(tab, false);
}

/** A chosen site has a new page. Nothing is sent where `isOld` says that its text was read before. */
export function readUnasked(tab: number, isOld: (article: Article) => boolean): Promise<Outcome> {
  return underWay.get(tab)?.outcome ?? start(tab, run => read(run, tab, false, isOld));
}

async function start(tab: number, reading: (run: Run) => Promise<Outcome>): Promise<Outcome> {
  const run: Run = { id: crypto.randomUUID(), outcome: Promise.resolve(gone()), isLeft: false };
  underWay.set(tab, run);
  run.outcome = reading(run).finally(() => {
    if (underWay.get(tab) === run) underWay.delete(tab);
  });
  const outcome = await run.outcome;
  if (!run.isLeft) await show(tab, outcome);
  return outcome;
}

async function read(
  run: Run,
  tab: number,
  again: boolean,
  isOld: ((article: Article) => boolean) | null,
): Promise<Outcome> {
  const { server } = await settings(chrome.storage.local);
  const there = await chrome.tabs.get(tab).catch(() => null);
  if (!there) return done(tab, gone());
  const refused = refusal(there.url, server);
  if (refused) return done(tab, { kind: "refused", refusal: refused });
  if (!isOld) progress(tab, "finding");
  const { found, frame } = await find(run, tab, there.url, again);
  // The browser may have put the reader into the page that came next: nobody pressed there.
  if (found && !(await isStillAt(tab, there.url))) return done(tab, gone());
  if (found?.kind === "known") return done(tab, { kind: "read", reading: found.reading });
  if (found?.kind !== "article" || isOld?.(found.article)) {
    const outcome = found ? none(found.kind === "none" ? found.reason : "no-article") : gone();
    // Of a page that nobody asked about there is nothing to say.
    return isOld ? outcome : done(tab, outcome);
  }
  try {
    progress(tab, "asking");
    await remember(tab, found.article);
    const people = peopleOn(there, found.article.text);
    const answer = await ask(server, found.article, (address, init) => fetch(address, init));
    if (run.isLeft) return gone();
    progress(tab, "painting");
    await dress({ tab, frame }, found.look);
    const shown: ToReader = { kind: "show", answer, people: await people, keys: await noteKeys() };
    if (run.isLeft) return gone();
    const reading = await tellFrame<Reading | null>({ tab, frame }, shown);
    return done(tab, reading ? { kind: "read", reading } : gone());
  } catch (error) {
    if (run.isLeft) return gone();
    if (!(error instanceof Unanswered)) return done(tab, gone());
    const { problem } = error;
    await tellFrame({ tab, frame }, { kind: "failed", problem }).catch(() => undefined);
    return done(tab, { kind: "problem", problem });
  }
}

async function isStillAt(tab: number, url: string | undefined): Promise<boolean> {
  const now = await chrome.tabs.get(tab).catch(() => null);
  const [was, is] = [url, now?.url].map(each => each && address(new URL(each)));
  return was === is;
}

type Sought = Found | { kind: "none"; reason: "shut" } | null;

/** The article and the frame it stands in. Found null: the page has gone. */
async function find(
  run: Run,
  tab: number,
  url: string | undefined,
  again: boolean,
): Promise<{ found: Sought; frame: number }> {
  const whole = { tab, frame: 0 };
  const found = await findIn(run, whole, again);
  if (url === undefined || found?.kind !== "none" || found.reason !== "frame") return { found, frame: 0 };
  const frame = await storyFrame(tab, url).catch(() => null);
  if (frame === null) return { found, frame: 0 };
  const within = await findIn(run, { tab, frame }, again);
  return within?.kind === "none" ? { found, frame: 0 } : { found: within, frame };
}

async function findIn(run: Run, { tab, frame }: Place, again: boolean): Promise<Sought> {
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files: ["reader.js"] });
    return await tellFrame<Found | null>({ tab, frame }, { kind: "find", again, run: run.id });
  } catch {
    return { kind: "none", reason: "shut" };
  }
}

function gone(): Outcome {
  return { kind: "gone", title: say("gone_title"), message: say("gone") };
}

function none(reason: Extract<Found, { kind: "none" }>["reason"] | "shut"): Outcome {
  const [title, message] = NONE[reason];
  return { kind: "none", title: say(title), message: say(message) };
}

const NONE = {
  "no-article": ["none_no_article_title", "none_no_article"],
  "too-big": ["none_too_big_title", "none_too_big"],
  frame: ["none_frame_title", "none_frame"],
  closed: ["none_closed_title", "none_closed"],
  translated: ["none_translated_title", "none_translated"],
  shut: ["none_shut_title", "none_shut"],
} as const;

/** To the readers of a tab: of the page, and of a frame in it. Only one of them has an article. */
export function tell<T>(tab: number, message: ToReader): Promise<T> {
  return chrome.tabs.sendMessage(tab, message);
}

function tellFrame<T>({ tab, frame }: Place, message: ToReader): Promise<T> {
  return chrome.tabs.sendMessage(tab, message, { frameId: frame });
}

function progress(tab: number, step: Progress["step"]): void {
  tellWatchers({ kind: "progress", tab, step });
}

function done(tab: number, outcome: Outcome): Outcome {
  tellWatchers({ kind: "done", tab, outcome });
  return outcome;
}

function tellWatchers(message: Progress | Done): void {
  // Nobody listens once the popup is closed, and that is fine.
  chrome.runtime.sendMessage(message).catch(() => undefined);
}
