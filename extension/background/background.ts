/**
 * The background worker: the one part that talks to the server. Here is what it listens to; what it then
 * does lives in the rooms beside.
 */
import type { ToBackground } from "../shared/messages";
import { show } from "./button";
import { dress } from "./dress";
import { followKeys } from "./keys";
import { tellNotUseful } from "./not-useful";
import { given, taken } from "./permissions";
import { left, press, retry, tell } from "./reading";
import { closed, updated } from "./visits";

followKeys();

chrome.runtime.onMessage.addListener((message: ToBackground, sender, reply) => {
  if (sender.id !== chrome.runtime.id) return;
  if (message.kind === "cleared") {
    if (sender.tab?.id !== undefined) void show(sender.tab.id, null);
    return;
  }
  if (message.kind === "dress") {
    // A tab that was closed or left in the meantime needs no style.
    const { tab, frameId: frame } = sender;
    if (tab?.id !== undefined && frame !== undefined)
      dress({ tab: tab.id, frame }, message.look).catch(() => undefined);
    return;
  }
  if (message.kind === "changed") {
    if (sender.tab?.id !== undefined) void show(sender.tab.id, { kind: "read", reading: message.reading });
    return;
  }
  if (message.kind === "left") {
    if (sender.tab?.id !== undefined) left(sender.tab.id, message.run);
    return;
  }
  if (message.kind === "retry") {
    if (sender.tab?.id !== undefined) void retry(sender.tab.id);
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
    void Promise.all([tell(message.tab, { kind: "clear" }), show(message.tab, null)]).then(
      () => reply(null),
      () => reply(null),
    );
    return true;
  }
});

chrome.tabs.onUpdated.addListener(updated);
chrome.tabs.onRemoved.addListener(closed);
chrome.permissions.onAdded.addListener(permissions => void given(permissions));
chrome.permissions.onRemoved.addListener(permissions => void taken(permissions));
chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void chrome.tabs.create({ url: "welcome.html" });
});
