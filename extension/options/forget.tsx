/** Delete everything: asked once more in the page itself, and not done until it is said again. */

import { useEffect, useRef, useState } from "preact/hooks";
import { mayTakePart, mayTell } from "#browser";
import { ask } from "../shared/asking";
import { say } from "../shared/catalogue";
import type { ToBackground } from "../shared/messages";
import { giveBack } from "../shared/sites";
import { useStatus } from "./status";

export function Forget() {
  const [status, tell] = useStatus();
  const [isAsking, setAsking] = useState(false);
  const ask = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) ask.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  async function forget(): Promise<void> {
    await forgetAll();
    setAsking(false);
    tell({ words: say("forget_done") });
  }

  return (
    <section aria-labelledby="forget" data-caveat="forget">
      <h2 id="forget">{say("forget_title")}</h2>
      <p class="small">{say("forget_what")}</p>
      {isAsking ? (
        // biome-ignore lint/a11y/useSemanticElements: a question with two answers, not a form's fields
        <div class="sure" role="group" aria-labelledby="sure">
          <p id="sure">{say("forget_sure")}</p>
          <div class="actions">
            <button type="button" class="main" data-caveat="forget-yes" onClick={() => void forget()}>
              {say("forget_yes")}
            </button>
            <button
              type="button"
              ref={keep}
              data-caveat="forget-no"
              onClick={() => {
                setAsking(false);
                tell({ words: say("forget_kept") });
              }}
            >
              {say("forget_no")}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" ref={ask} data-caveat="forget-ask" onClick={() => setAsking(true)}>
          {say("forget_ask")}
        </button>
      )}
      {status}
    </section>
  );
}

/**
 * The token goes back to its server while we still know it. Then the storage: with no site left in it, nobody
 * writes when the permissions go.
 */
async function forgetAll(): Promise<void> {
  await ask({ do: "disconnect" });
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
  await giveBack();
  await mayTell(false);
  await mayTakePart(false);
  const tabs = await chrome.tabs.query({});
  const clear = (tab: number) =>
    chrome.runtime.sendMessage({ kind: "clear", tab } satisfies ToBackground).catch(() => undefined);
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : clear(id))));
}
