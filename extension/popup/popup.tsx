/**
 * The popup: pressing the button is the question, this is the answer.
 *
 * It names the tab to the background and shows how far the reading is, then what was looked at, what
 * was found, what was sent and where; or in plain words why not, with a way out.
 */
import { render } from "preact";
import { openPanel } from "#browser";
import { ask } from "../shared/asking";
import { say } from "../shared/catalogue";
import type { Done, Outcome, Progress, ToBackground, ToReader } from "../shared/messages";
import { page } from "../shared/page";
import { settings } from "../shared/settings";
import { choose, leave, siteOf } from "../shared/sites";
import { type Actions, Popup, type Site, type State } from "./view";

page("name");
const { server } = await settings(chrome.storage.local);
const tab = await pressedTab();
const origin = await originOfPage();
let isChosen = await isOnTheList();
let state: State = { kind: "progress", step: "finding" };

const isConnected = await connected();

const actions: Actions = {
  write: isConnected ? write : null,
  again: () => void press(true),
  retry: () => void press(false),
  clear: async () => {
    if (tab !== null) await toBackground({ kind: "clear", tab });
    show({ kind: "cleared" });
  },
  open: async note => {
    if (tab === null) return;
    await chrome.tabs.sendMessage(tab, { kind: "open", note } satisfies ToReader);
    window.close();
  },
  askPeople: async () => {
    if (tab !== null) await chrome.tabs.sendMessage(tab, { kind: "people" } satisfies ToReader);
  },
  beside: () => {
    if (tab === null) return;
    void openPanel(tab).then(() => window.close());
  },
  lens: () => void chrome.tabs.create({ url: `${server}/lens/` }),
  options: () => void chrome.runtime.openOptionsPage(),
};

chrome.runtime.onMessage.addListener((message: Progress | Done | ToBackground, sender) => {
  if (message.kind === "progress" && message.tab === tab && state.kind === "progress")
    show({ kind: "progress", step: message.step });
  // What the reader in the page tells the background of its notes is news here too.
  if (message.kind === "changed" && sender.tab?.id === tab && state.kind === "read")
    show({ kind: "read", reading: message.reading });
});
// Also when the list is changed elsewhere: by the background, or in the options.
chrome.storage.local.onChanged.addListener(changes => {
  if ("sites" in changes)
    void isOnTheList().then(is => {
      isChosen = is;
      show(state);
    });
});
await press(false);

async function press(again: boolean): Promise<void> {
  show({ kind: "progress", step: "finding" });
  if (tab === null) {
    show({ kind: "none", title: say("no_page_title"), message: say("no_page") });
    return;
  }
  try {
    show(await toBackground<Outcome>({ kind: "press", tab, again }));
  } catch {
    show({ kind: "gone", title: say("interrupted_title"), message: say("interrupted") });
  }
}

function show(next: State): void {
  state = next;
  render(<Popup state={state} server={server} site={site()} actions={actions} />, document.body);
}

/** The panel first: browsers open it only within a press. */
function write(): void {
  if (tab === null) return;
  const opening = openPanel(tab).catch(() => undefined);
  void Promise.all([opening, ask({ do: "begin", tab })]).then(() => window.close());
}

/** Is this browser connected with an account at the server? Never for a private window. */
async function connected(): Promise<boolean> {
  const { account } = await chrome.storage.local.get("account");
  if (tab === null || (account as { server?: unknown } | undefined)?.server !== server) return false;
  return !(await chrome.tabs.get(tab)).incognito;
}

function site(): Site | null {
  if (origin === null) return null;
  return {
    origin,
    isChosen,
    choose: () => void choose(origin),
    leave: () => void leave(origin),
  };
}

/** The site of the page, where it can be chosen: a private window leaves nothing behind. */
async function originOfPage(): Promise<string | null> {
  if (tab === null) return null;
  const { url, incognito } = await chrome.tabs.get(tab);
  return incognito ? null : siteOf(url);
}

async function isOnTheList(): Promise<boolean> {
  return origin !== null && (await settings(chrome.storage.local)).sites.includes(origin);
}

function toBackground<T>(message: ToBackground): Promise<T> {
  return chrome.runtime.sendMessage(message);
}

/** The tab the button was pressed on; opened as a page of its own, the one its address names. */
async function pressedTab(): Promise<number | null> {
  const named = Number(new URLSearchParams(location.search).get("tab"));
  if (named) return named;
  const [active] = await chrome.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? null;
}
