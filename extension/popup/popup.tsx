/**
 * The popup: pressing the button is the question, this is the answer.
 *
 * It names the tab to the background and shows how far the reading is, then what was looked at, what
 * was found, what was sent and where; or in plain words why not, with a way out.
 */
import { render } from "preact";
import { openPanel } from "#browser";
import type { Done, Outcome, Progress, ToBackground, ToReader } from "../shared/messages";
import { settings } from "../shared/settings";
import { type Actions, Popup, type State } from "./view";

const { server } = await settings(chrome.storage.local);
const tab = await pressedTab();
let state: State = { kind: "progress", step: "finding" };

const actions: Actions = {
  again: () => void press(true),
  retry: () => void press(false),
  clear: async () => {
    if (tab !== null) await toBackground({ kind: "clear", tab });
    show({ kind: "cleared" });
  },
  open: async note => {
    if (tab === null) return;
    await chrome.tabs.sendMessage(tab, { kind: "open", note } satisfies ToReader, { frameId: 0 });
    window.close();
  },
  beside: () => {
    if (tab === null) return;
    void openPanel(tab).then(() => window.close());
  },
  lens: () => void chrome.tabs.create({ url: `${server}/lens/` }),
  options: () => void chrome.runtime.openOptionsPage(),
};

chrome.runtime.onMessage.addListener((message: Progress | Done) => {
  if (message.kind === "progress" && message.tab === tab && state.kind === "progress")
    show({ kind: "progress", step: message.step });
});
await press(false);

async function press(again: boolean): Promise<void> {
  show({ kind: "progress", step: "finding" });
  if (tab === null) {
    show({ kind: "none", title: "No page", message: "There is no page in this window to read." });
    return;
  }
  try {
    show(await toBackground<Outcome>({ kind: "press", tab, again }));
  } catch {
    show({
      kind: "gone",
      title: "That was interrupted",
      message: "The browser ended the reading half-way. Press again.",
    });
  }
}

function show(next: State): void {
  state = next;
  render(<Popup state={state} server={server} actions={actions} />, document.body);
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
