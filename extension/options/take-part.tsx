/**
 * Taking part: one button connects this browser with an account at the server, another one ends it.
 *
 * Says before the press what it means and what is sent; says after it who is connected.
 */
import { useEffect, useState } from "preact/hooks";
import { mayTakePart } from "#browser";
import { ask } from "../shared/asking";
import { say } from "../shared/catalogue";
import type { Me } from "../shared/community";
import { useStatus } from "./status";

export function TakePart({ server }: { readonly server: string }) {
  const [status, tell] = useStatus();
  const [isConnected, setConnected] = useState(false);
  const [me, setMe] = useState<Me | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isPrivate = chrome.extension?.inIncognitoContext ?? false;

  useEffect(() => {
    const look = async () => {
      const { account } = await chrome.storage.local.get("account");
      const is = (account as { server?: unknown } | undefined)?.server === server;
      setConnected(is);
      const reply = is ? await ask({ do: "me" }) : null;
      setMe(reply && "done" in reply ? reply.done : null);
    };
    const changed = (changes: object) => "account" in changes && void look();
    void look();
    chrome.storage.local.onChanged.addListener(changed);
    return () => chrome.storage.local.onChanged.removeListener(changed);
  }, [server]);

  // The browser wants to be asked first thing after the press, before anything is awaited.
  async function connect(): Promise<void> {
    const allowed = mayTakePart(true);
    setBusy(true);
    if (await allowed) {
      const reply = await ask({ do: "connect" });
      if ("fault" in reply) tell({ words: reply.fault.message, isBad: true });
      else tell({ words: say("connect_done") });
    } else tell({ words: say("connect_not_allowed"), isBad: true });
    setBusy(false);
  }

  async function disconnect(): Promise<void> {
    await ask({ do: "disconnect" });
    await mayTakePart(false);
    tell({ words: say("connect_ended") });
  }

  return (
    <section aria-labelledby="take-part" data-caveat="take-part" data-connected={isConnected}>
      <h2 id="take-part">{say("connect_title")}</h2>
      <p>{say("connect_what")}</p>
      <p class="small">{say("connect_sent")}</p>
      {isPrivate && <p>{say("fault_private")}</p>}
      {isConnected ? (
        <>
          <p data-caveat="connected">
            {me?.alias ? say("connect_as", me.alias, server) : say("connect_at", server)}{" "}
            {me && <span dir="auto">{me.stopped || me.writing.reason}</span>}
          </p>
          <div class="actions">
            <button type="button" data-caveat="disconnect" onClick={() => void disconnect()}>
              {say("connect_end")}
            </button>
            <button
              type="button"
              data-caveat="account-page"
              onClick={() => void chrome.tabs.create({ url: `${server}/account/` })}
            >
              {say("connect_account")}
            </button>
          </div>
        </>
      ) : (
        <button
          type="button"
          class="main"
          data-caveat="connect"
          disabled={isPrivate || isBusy}
          onClick={() => void connect()}
        >
          {say("connect")}
        </button>
      )}
      {status}
    </section>
  );
}
