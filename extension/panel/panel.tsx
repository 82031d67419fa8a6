/**
 * The panel beside the page (Chrome's side panel, Firefox's sidebar): all notes of the tab in front.
 *
 * It follows the active tab of its window and asks the reader there for its notes; it reads nothing by
 * itself. What it shows goes when the page goes. Which families show is kept until the browser ends.
 */
import { type ComponentChild, render } from "preact";
import { FAMILIES, type Family } from "../shared/analysis";
import { ask } from "../shared/asking";
import { say } from "../shared/catalogue";
import type { Done, Overview, Progress, ToBackground, ToPanel, ToReader } from "../shared/messages";
import { page } from "../shared/page";
import { change, settings } from "../shared/settings";
import { annotations, fileName } from "./annotations";
import { connect } from "./connection";
import { decided } from "./decided";
import { markdown } from "./markdown";
import { Rooms } from "./rooms";
import { type Actions, Panel, type State } from "./view";

page("panel_title");
const { server } = await settings(chrome.storage.local);
const keys = (await chrome.commands.getAll()).find(({ name }) => name === "_execute_action")?.shortcut ?? "";
const { id: ownWindow } = await chrome.windows.getCurrent();
const ownTab = (await chrome.tabs.getCurrent())?.id; // none in a panel; the same page can be opened as a tab

let tab: number | null = null;
let state: State = { kind: "empty" };
let hidden = await hiddenFamilies();
let address = false;
let said = "";
let hangUp: () => void = () => {};
let isConnected = await connected();
type Begun = { readonly said: string; readonly at: number } | null;
let begun = await lastBegun();

const actions: Actions = {
  again: () => void press(true),
  retry: () => void press(false),
  clear: () => {
    if (tab !== null) void toBackground({ kind: "clear", tab });
  },
  open: note => {
    if (tab === null) return;
    void chrome.tabs.sendMessage(tab, { kind: "open", note } satisfies ToReader);
  },
  askPeople: async () => {
    if (tab !== null) await chrome.tabs.sendMessage(tab, { kind: "people" } satisfies ToReader);
  },
  lens: () => void chrome.tabs.create({ url: `${server}/lens/` }),
  options: () => void chrome.runtime.openOptionsPage(),
  toggle: family => {
    hidden = new Set(FAMILIES.filter(each => hidden.has(each) !== (each === family)));
    void chrome.storage.session.set({ hidden: [...hidden] });
    draw();
  },
  showAgain: how => {
    const { local } = chrome.storage;
    void settings(local).then(now => change(local, how(now))); // the reader in the page follows by itself
  },
  include: wanted => {
    address = wanted;
    draw();
  },
  copy: () => void exported(overview => copied(markdown(overview, address))),
  save: () => void exported(saved),
  print: () => void chrome.tabs.create({ url: `print.html?tab=${tab}${address ? "&address" : ""}` }),
};

chrome.tabs.onActivated.addListener(({ tabId, windowId }) => {
  if (windowId === ownWindow) follow(tabId);
});
chrome.tabs.onUpdated.addListener((changed, { status }) => {
  if (changed !== tab) return;
  // Why the last page was not read says nothing of the next one.
  if (status === "loading" && state.kind !== "notes" && state.kind !== "progress") show({ kind: "empty" });
  // Also a page that comes back from the browser's own cache, its marks still on it.
  if (status === "complete" && state.kind === "empty") follow(tab);
});
// What the popup says to the background is heard here too, and is not for us.
chrome.runtime.onMessage.addListener((message: Progress | Done | ToBackground) => {
  if (message.kind === "progress" && message.tab === tab) show({ kind: "progress", step: message.step });
  if (message.kind !== "done" || message.tab !== tab) return;
  if (message.outcome.kind === "read") follow(message.tab);
  else show(message.outcome);
});
chrome.storage.onChanged.addListener(async (changes, area) => {
  if (area === "local" && "account" in changes) isConnected = await connected();
  else if (area === "session" && "begun" in changes) begun = await lastBegun();
  else return;
  draw();
});
draw();
const [active] = await chrome.tabs.query({ active: true, windowId: ownWindow as number });
if (active?.id !== undefined) follow(active.id);

/** Listen to this tab's reader, and to no other. */
function follow(next: number): void {
  if (next === ownTab) return;
  hangUp();
  if (next !== tab) show({ kind: "empty" });
  tab = next;
  hangUp = connect(next, heard);
}

function heard(message: ToPanel | null): void {
  if (message?.kind === "opened") {
    if (state.kind === "notes") show({ kind: "notes", overview: { ...state.overview, open: message.note } });
  } else if (message?.overview) show({ kind: "notes", overview: message.overview });
  // A press that is under way, or why the last one failed, is not forgotten for want of marks.
  else if (state.kind === "notes" || message === null) show({ kind: "empty" });
}

async function press(again: boolean): Promise<void> {
  if (tab === null) return;
  const pressed = tab;
  // A page that is not open to us shows no address either.
  const { url } = await chrome.tabs.get(pressed);
  if (url === undefined) return show({ kind: "toolbar" });
  show({ kind: "progress", step: "finding" });
  try {
    await toBackground({ kind: "press", tab: pressed, again }); // what comes of it is told to all who watch
  } catch {
    show({
      kind: "gone",
      title: say("interrupted_title"),
      message: say("interrupted"),
    });
  }
}

async function exported(make: (overview: Overview) => Promise<string> | string): Promise<void> {
  if (state.kind !== "notes") return;
  said = await make(decided(state.overview).overview);
  draw();
}

async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return say("copied");
  } catch {
    return say("not_copied");
  }
}

function saved(overview: Overview): string {
  const collection = annotations(overview, { address, now: new Date(), uuid: () => crypto.randomUUID() });
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(collection, null, 2)], { type: "application/ld+json" }),
  );
  const name = fileName(overview.title);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return say("panel_saved", name);
}

async function hiddenFamilies(): Promise<ReadonlySet<Family>> {
  const { hidden } = await chrome.storage.session.get("hidden");
  return new Set(FAMILIES.filter(family => Array.isArray(hidden) && hidden.includes(family)));
}

function show(next: State): void {
  state = next;
  said = "";
  draw();
}

function draw(): void {
  const { local: storage } = chrome.storage;
  const rooms = (page: ComponentChild) => (
    <Rooms {...{ server, tab, ask, storage, isConnected, begun }}>{page}</Rooms>
  );
  render(<Panel {...{ state, server, keys, hidden, address, said, rooms, actions }} />, document.body);
}

/** Is this browser connected with an account at the server? In a private window nobody is. */
async function connected(): Promise<boolean> {
  const { account } = await chrome.storage.local.get("account");
  const isTheirs = (account as { server?: unknown } | undefined)?.server === server;
  return isTheirs && !chrome.extension.inIncognitoContext;
}

/** What came of the last note that was begun if that was just now. */
async function lastBegun(): Promise<Begun> {
  const { begun } = await chrome.storage.session.get("begun");
  const { said, at } = (begun ?? {}) as { said?: unknown; at?: unknown };
  return typeof said === "string" && typeof at === "number" && Date.now() - at < 10_000 ? { said, at } : null;
}

function toBackground(message: ToBackground): Promise<unknown> {
  return chrome.runtime.sendMessage(message);
}
