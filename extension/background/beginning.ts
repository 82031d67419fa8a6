/**
 * A note begins: the words selected in a tab become a draft, and nothing is sent.
 *
 * In: a tab that the browser has opened to us, as it does with a press on the button or in the menu. Goes
 * wrong as a `Refusal`, which says what to do.
 */
import { say } from "../shared/catalogue";
import { type Draft, keep } from "../shared/drafts";
import type { Selected, ToReader } from "../shared/messages";
import { refusal } from "../shared/refused";
import { settings } from "../shared/settings";
import { token } from "./account";
import { Refusal } from "./call";
import { storyFrame } from "./frames";

export async function begin(tab: number): Promise<null> {
  try {
    await keep(chrome.storage.local, await draftOf(tab));
    await tellPanel("");
    return null;
  } catch (error) {
    if (error instanceof Refusal) await tellPanel(error.message);
    throw error;
  }
}

/** Kept for a moment: the panel may not be open yet. */
function tellPanel(said: string): Promise<void> {
  return chrome.storage.session.set({ begun: { said, at: Date.now() } });
}

async function draftOf(tab: number): Promise<Draft> {
  const there = await chrome.tabs.get(tab);
  const { server } = await settings(chrome.storage.local);
  if (there.incognito) throw new Refusal("page", say("fault_private"));
  if (!(await token(server))) throw new Refusal("unconnected", say("fault_unconnected"));
  if (there.url === undefined) throw new Refusal("page", say("begin_shut"));
  const refused = refusal(there.url, server);
  if (refused) throw new Refusal("page", refused.message);
  let found = await ask(tab, 0);
  if ("none" in found && found.none === "frame") {
    const frame = await storyFrame(tab, there.url).catch(() => null);
    if (frame !== null) found = await ask(tab, frame);
  }
  if ("none" in found) throw new Refusal("page", say(WHY[found.none]));
  const { target, title, language, suggested } = found;
  return {
    id: crypto.randomUUID(),
    begun: Date.now(),
    page: { url: there.url.replace(/#.*$/s, ""), title: title.slice(0, 1_000) },
    target,
    language,
    signal: "",
    body: "",
    sources: [],
    suggested,
    isWaiting: false,
  };
}

const WHY = {
  "no-selection": "begin_select",
  outside: "begin_outside",
  "too-long": "begin_long",
  "no-article": "begin_no_article",
  "too-big": "begin_no_article",
  frame: "begin_no_article",
  closed: "begin_no_article",
  translated: "begin_translated",
} as const satisfies Record<Extract<Selected, { none: unknown }>["none"], string>;

async function ask(tab: number, frame: number): Promise<Selected> {
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files: ["reader.js"] });
    const message: ToReader = { kind: "selected" };
    const found: Selected | null = await chrome.tabs.sendMessage(tab, message, { frameId: frame });
    return found ?? { none: "no-article" };
  } catch {
    throw new Refusal("page", say("begin_shut"));
  }
}
