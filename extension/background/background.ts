/**
 * The background worker: the one part that talks to the server. Here is what it listens to; what it then
 * does lives in the rooms beside.
 */
import type { ToBackground } from "../shared/messages";
import { settings } from "../shared/settings";
import { keepTo } from "./account";
import { show } from "./button";
import { dress } from "./dress";
import { run } from "./errands";
import { followKeys } from "./keys";
import { followMenu } from "./menu";
import { tellNotUseful } from "./not-useful";
import { peopleOn } from "./people";
import { given, taken } from "./permissions";
import { left, press, retry, tell } from "./reading";
import { sendWaiting } from "./sending";
import { closed, updated } from "./visits";

followKeys();
followMenu();
// A worker starts when something happens: a good moment to try what could not be sent, and the browser's
// start is one (the listener is what wakes us then).
void sendWaiting();
chrome.runtime.onStartup.addListener(() => undefined);
addEventListener("online", () => void sendWaiting());

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
  if (message.kind === "people") {
    if (!sender.tab) return;
    void peopleOn(sender.tab, message.text).then(reply, () => reply(null));
    return true;
  }
  if (message.kind === "errand") {
    void run(message.errand, sender).then(reply);
    return true;
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

// A token is for the server that gave it.
chrome.storage.onChanged.addListener((changes, area) => {
  if (area !== "local" || !("server" in changes)) return;
  void settings(chrome.storage.local).then(({ server }) => keepTo(server));
});
chrome.tabs.onUpdated.addListener(updated);
chrome.tabs.onRemoved.addListener(closed);
chrome.permissions.onAdded.addListener(permissions => void given(permissions));
chrome.permissions.onRemoved.addListener(permissions => void taken(permissions));
chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void chrome.tabs.create({ url: "welcome.html" });
});
