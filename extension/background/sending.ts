/**
 * Drafts on their way to the server: each once, though the browser be closed or the line be down in between.
 *
 * A draft that was to be sent waits in the browser's storage until the server has answered for it. It is
 * tried again when the browser starts, when it is online again, and when somebody presses "Send now". That
 * it is never there twice is the server's doing too: the same client id is the same annotation.
 */
import { type Annotation, parseAnnotation } from "../shared/community";
import { draft, drafts, drop, keep, submission } from "../shared/drafts";
import { call, Refusal } from "./call";

const underWay = new Map<string, Promise<Annotation | null>>();

export function send(id: string, anyway: boolean): Promise<Annotation | null> {
  const running = underWay.get(id);
  if (running) return running;
  const sending = once(id, anyway).finally(() => underWay.delete(id));
  underWay.set(id, sending);
  return sending;
}

async function once(id: string, anyway: boolean): Promise<Annotation | null> {
  const storage = chrome.storage.local;
  const it = await draft(storage, id);
  if (!it) return null; // it was sent already
  await keep(storage, { ...it, isWaiting: true });
  try {
    const body = submission(it, anyway);
    const answer = parseAnnotation(await call({ method: "POST", path: "/annotations", body }));
    await drop(storage, id);
    return answer;
  } catch (error) {
    const isLater = error instanceof Refusal && ["offline", "unwell"].includes(error.fault.reason);
    if (!isLater) await keep(storage, { ...it, isWaiting: false });
    throw error;
  }
}

/** What was to be sent while nobody answered. What goes wrong again is said in the panel. */
export async function sendWaiting(): Promise<void> {
  for (const { id, isWaiting } of await drafts(chrome.storage.local)) {
    if (isWaiting) await send(id, false).catch(() => undefined);
  }
}
