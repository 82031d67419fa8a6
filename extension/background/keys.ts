/**
 * The keys that work on any page, as the browser's own list of shortcuts has them: to the next note, to the
 * previous one, the panel, a note on the selected words. In a page that was not read nobody hears of a step.
 */
import { togglePanel } from "#browser";
import type { NoteKeys, ToReader } from "../shared/messages";
import { addNote } from "./menu";

const STEPS: Readonly<Record<string, 1 | -1>> = { "next-note": 1, "previous-note": -1 };

export function followKeys(): void {
  chrome.commands.onCommand.addListener((command, tab) => {
    if (tab?.id === undefined) return;
    const by = STEPS[command];
    if (by) tell(tab.id, { kind: "step", by });
    else if (command === "add-note") addNote(tab.id);
    else if (command === "panel") togglePanel(tab.id).catch(() => undefined); // not without keys that a person pressed
  });
}

/** What a reader would press, for the cards to say. */
export async function noteKeys(): Promise<NoteKeys> {
  const commands = await chrome.commands.getAll();
  const keys = (command: string) => commands.find(({ name }) => name === command)?.shortcut ?? "";
  return { next: keys("next-note"), previous: keys("previous-note") };
}

function tell(tab: number, message: ToReader): void {
  chrome.tabs.sendMessage(tab, message).catch(() => undefined);
}
