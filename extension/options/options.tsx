/**
 * The options: one page, a section for each thing that can be chosen. A change is kept at once, and what
 * is changed elsewhere (in the popup, on a card, in the browser's own settings) shows here too.
 */
import { render } from "preact";
import { page } from "../shared/page";
import { change, type Settings, settings } from "../shared/settings";
import { Options } from "./view";

export type Keep = (some: Partial<Settings>) => Promise<void>;

page("options_title");
const keep: Keep = some => change(chrome.storage.local, some);
chrome.storage.local.onChanged.addListener(() => void draw());
// Keys are changed on another page.
addEventListener("focus", () => void draw());
await draw();

async function draw(): Promise<void> {
  const chosen = await settings(chrome.storage.local);
  const commands = await chrome.commands.getAll();
  render(<Options settings={chosen} commands={commands} keep={keep} />, document.body);
}
