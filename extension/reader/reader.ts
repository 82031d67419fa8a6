/**
 * The reader: what is put into a page when its reader presses the button, and not before.
 *
 * It answers the background: "find" gives the article, "show" paints an answer, "open" opens a card, "step"
 * goes to the next one, "clear" leaves no trace. A panel that connects is told what there is to list. It
 * talks to no server. What it does then is in page-reader.ts.
 */
import { PANEL, type ToReader } from "../shared/messages";
import { CHOSEN } from "../shared/shown";
import { Reader } from "./page-reader";
import { selected } from "./selected";
import { tell } from "./telling";
import { watchForTranslation } from "./translation";

/** Whoever asked must not wait for ever: a page that is left may be put by, its work half done. */
const waiting = new Set<(value: unknown) => void>();
/** The run of the background's that this page was last looked at for. */
let run = "";

async function answer(work: Promise<unknown>, reply: (value: unknown) => void): Promise<void> {
  const once = (value: unknown) => {
    if (waiting.delete(once)) reply(value);
  };
  waiting.add(once);
  try {
    once(await work);
  } finally {
    once(null);
  }
}

declare global {
  var caveatReader: Reader | undefined;
}

// Injected at every press; there is one reader a page.
if (!globalThis.caveatReader) {
  const reader = new Reader();
  globalThis.caveatReader = reader;
  watchForTranslation(document);
  chrome.runtime.onMessage.addListener((message: ToReader, sender, reply) => {
    if (sender.id !== chrome.runtime.id) return;
    if (message.kind === "find") {
      run = message.run;
      void answer(reader.find(message.again), reply);
    } else if (message.kind === "show")
      void answer(reader.show(message.answer, message.people, message.keys), reply);
    else if (message.kind === "people") void answer(reader.askPeople(), reply);
    else if (message.kind === "selected") void answer(selected(document, reader.claims), reply);
    else if (message.kind === "failed") reply(reader.failed(message.problem));
    else if (message.kind === "open") reply(reader.open(message.note));
    else if (message.kind === "step") reader.step(message.by);
    else if (message.kind === "clear") reply(reader.clear());
    return ["find", "show", "people", "selected"].includes(message.kind);
  });
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && CHOSEN.some(choice => choice in changes)) void reader.choose();
  });
  addEventListener("pagehide", () => {
    for (const reply of [...waiting]) reply(null);
    tell({ kind: "left", run });
    reader.leave();
  });
  addEventListener("pageshow", event => event.persisted && void reader.comeBack());
  chrome.runtime.onConnect.addListener(port => {
    if (port.sender?.id === chrome.runtime.id && port.name === PANEL) reader.join(port);
  });
}
