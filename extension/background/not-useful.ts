/**
 * Tells the server that a note of some kind was called not useful, where its reader has said that it may be told.
 *
 * What goes out is the kind and the engine that noticed it: no words, no page. It is tried once, and what
 * comes of it changes nothing for the reader.
 */
import type { components } from "../shared/api";
import { settings } from "../shared/settings";

type Told = Readonly<Record<keyof components["schemas"]["Feedback"], string>>;

export async function tellNotUseful({ signal, engine }: Told): Promise<void> {
  const { tell, server } = await settings(chrome.storage.local);
  if (!tell) return;
  await fetch(`${server}/api/v1/feedback`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ signal, engine: engine.slice(0, 200) } satisfies Told),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    redirect: "error",
  }).catch(() => undefined);
}
