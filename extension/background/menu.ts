/**
 * "Add a note to these words": in the menu of a selection for whoever is connected and nobody else, and by a key.
 *
 * The panel is opened first, as browsers open it only within a press; it says what comes of it.
 */
import { openPanel } from "#browser";
import { say } from "../shared/catalogue";
import { settings } from "../shared/settings";
import { token } from "./account";
import { run } from "./errands";

const ITEM = "add-note";

export function followMenu(): void {
  chrome.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === ITEM && tab?.id !== undefined) addNote(tab.id);
  });
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && ("account" in changes || "server" in changes)) void offer();
  });
  void offer();
}

/** On the words that are selected in a tab. */
export function addNote(tab: number): void {
  openPanel(tab).catch(() => undefined); // not without a person's press
  void run({ do: "begin", tab }, { url: chrome.runtime.getURL("") });
}

let offering = Promise.resolve();

/** One after the other: two at once would make the item twice. */
function offer(): Promise<void> {
  offering = offering.then(async () => {
    const { server } = await settings(chrome.storage.local);
    const isConnected = (await token(server)) !== null;
    await chrome.contextMenus.removeAll();
    if (isConnected)
      chrome.contextMenus.create({ id: ITEM, title: say("begin_menu"), contexts: ["selection"] });
  });
  return offering;
}
