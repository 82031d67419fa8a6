/**
 * The background worker: the one part that talks to the server.
 *
 * A press comes in from the popup or the panel; the reader is put into the tab, finds the article, the
 * server is asked, the reader shows the answer, and what came of it goes back. Nothing is kept
 * here: the worker may be ended between any two presses.
 */
import { ask, Unanswered } from "../shared/ask";
import { say } from "../shared/catalogue";
import type { Done, Found, Outcome, Progress, Reading, ToBackground, ToReader } from "../shared/messages";
import { refusal } from "../shared/refused";
import { settings } from "../shared/settings";
import { followKeys, noteKeys } from "./keys";
import { tellNotUseful } from "./not-useful";

followKeys();

/** Presses under way, so that a second press on a tab joins the first. */
const underWay = new Map<number, Promise<Outcome>>();

chrome.runtime.onMessage.addListener((message: ToBackground, sender, reply) => {
  if (sender.id !== chrome.runtime.id) return;
  if (message.kind === "cleared") {
    if (sender.tab?.id !== undefined) void badge(sender.tab.id, null);
    return;
  }
  if (message.kind === "changed") {
    if (sender.tab?.id !== undefined) void badge(sender.tab.id, message.reading);
    return;
  }
  if (message.kind === "not-useful") {
    void tellNotUseful(message);
    return;
  }
  // Only our own pages may have a page read; a reader in a tab has no business asking.
  if (!sender.url?.startsWith(chrome.runtime.getURL(""))) return;
  if (message.kind === "press") {
    void press(message.tab, message.again).then(reply);
    return true;
  }
  if (message.kind === "clear") {
    void Promise.all([tell(message.tab, { kind: "clear" }), badge(message.tab, null)]).then(
      () => reply(null),
      () => reply(null),
    );
    return true;
  }
});

function press(tab: number, again: boolean): Promise<Outcome> {
  const running = underWay.get(tab);
  if (running) return running;
  const started = read(tab, again)
    .then(outcome => {
      tellWatchers({ kind: "done", tab, outcome });
      return outcome;
    })
    .finally(() => underWay.delete(tab));
  underWay.set(tab, started);
  return started;
}

async function read(tab: number, again: boolean): Promise<Outcome> {
  const { server } = await settings(chrome.storage.local);
  const { url } = await chrome.tabs.get(tab);
  const refused = refusal(url, server);
  if (refused) return { kind: "refused", refusal: refused };
  progress(tab, "finding");
  let found: Found | null;
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab }, files: ["reader.js"] });
    found = await tell<Found | null>(tab, { kind: "find", again });
  } catch {
    return {
      kind: "none",
      title: "This page cannot be read",
      message:
        "The browser does not let an extension into this page. Reload it, or paste its text into the lens.",
    };
  }
  if (!found) return gone;
  if (found.kind === "known") return { kind: "read", reading: found.reading };
  if (found.kind === "none") return noArticle(found.reason);
  try {
    progress(tab, "asking");
    const answer = await ask(server, found.article, (address, init) => fetch(address, init));
    progress(tab, "painting");
    await dress(tab, found.dark);
    const reading = await tell<Reading | null>(tab, { kind: "show", answer, keys: await noteKeys() });
    if (!reading) return gone;
    await badge(tab, reading);
    return { kind: "read", reading };
  } catch (error) {
    if (error instanceof Unanswered) return { kind: "problem", problem: error.problem };
    return gone;
  }
}

const gone: Outcome = {
  kind: "gone",
  title: "The page has gone",
  message: "It was closed or changed while it was read. Press again.",
};

function noArticle(reason: Extract<Found, { kind: "none" }>["reason"]): Outcome {
  const [title, message] = NO_ARTICLE[reason];
  return { kind: "none", title, message };
}

const NO_ARTICLE = {
  "no-article": [
    "No article here",
    "No article was found on this page: perhaps it is a list of headlines, or its text is drawn, not written. You can paste the text into the lens.",
  ],
  "too-big": [
    "Too much page",
    "This page has too many parts to look for an article in. Paste the text into the lens.",
  ],
  frame: [
    "The article is in a frame",
    "What is to be read here seems to stand in a page within this page. Open that frame in a tab of its own and press there, or paste the text into the lens.",
  ],
  closed: [
    "The article is closed off",
    "This page keeps its text in a part that it has closed to others (a closed shadow root), and Caveat does not go in. You can paste the text into the lens.",
  ],
  translated: [
    "This is a translation",
    "The browser shows this page in another language than it was written in. Caveat reads what was written: show the original and press again.",
  ],
} as const;

function tell<T>(tab: number, message: ToReader): Promise<T> {
  return chrome.tabs.sendMessage(tab, message, { frameId: 0 });
}

function progress(tab: number, step: Progress["step"]): void {
  tellWatchers({ kind: "progress", tab, step });
}

function tellWatchers(message: Progress | Done): void {
  // Nobody listens once the popup is closed, and that is fine.
  chrome.runtime.sendMessage(message).catch(() => undefined);
}

/**
 * The lines under the words, in colours that show on this page. As the reader's own style too, not the
 * page's alone: such rules hold in the page's shadow roots. But Chromium paints no background from them.
 */
async function dress(tab: number, dark: boolean): Promise<void> {
  const target = { tabId: tab };
  for (const origin of ["USER", "AUTHOR"] as const) {
    await Promise.all(
      ["marks-dark.css", "marks-light.css"].map(file =>
        chrome.scripting.removeCSS({ target, origin, files: [file] }).catch(() => undefined),
      ),
    );
    const files = [dark ? "marks-dark.css" : "marks-light.css"];
    await chrome.scripting.insertCSS({ target, origin, files });
  }
}

/** How many questions the page has, on the button; a plus where the page has more text than was read. */
async function badge(tab: number, reading: Reading | null): Promise<void> {
  const questions = reading
    ? [...reading.notes, ...reading.pageNotes].filter(note => note.level === "question").length
    : 0;
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId: tab, color: "#0f766e" });
    const more = reading !== null && reading.sent.characters < reading.sent.of;
    const text = `${questions > 0 ? questions : ""}${more ? "+" : ""}`;
    await chrome.action.setBadgeText({ tabId: tab, text });
    const title = more ? "There is more text on this page than Caveat has read" : say("button");
    await chrome.action.setTitle({ tabId: tab, title });
  } catch {
    // The tab was closed in the meantime.
  }
}
