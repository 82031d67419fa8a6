/**
 * The first day: three short screens, opened once when Caveat is installed, and again from the options.
 * Nothing is sent from here but what the server's form sends when it is asked to try.
 */
import { render } from "preact";
import { page } from "../shared/page";
import { settings } from "../shared/settings";
import { Welcome } from "./view";

page("welcome_title");
let screen = 0;
chrome.storage.local.onChanged.addListener(() => void draw());
await draw();

async function draw(): Promise<void> {
  const { server } = await settings(chrome.storage.local);
  render(<Welcome screen={screen} server={server} turn={turn} leave={() => void leave()} />, document.body);
}

function turn(to: number): void {
  screen = to;
  void draw();
}

/** Close the tab; the last one of a window would take the window along, and shows the options instead. */
async function leave(): Promise<void> {
  const tab = await chrome.tabs.getCurrent();
  const tabs = await chrome.tabs.query({ currentWindow: true });
  if (tab?.id !== undefined && tabs.length > 1) await chrome.tabs.remove(tab.id);
  else location.href = "options.html";
}
