/**
 * Which server is asked. An address is taken only after the browser allowed it and a Caveat server of the
 * right version answered there. Shown in the options and on the first day.
 */
import { say } from "../shared/catalogue";
import { isLoopback, STANDARD_SERVER, serverAddress } from "../shared/server";
import { change } from "../shared/settings";
import { forgetWish, pattern, release } from "../shared/sites";
import { faultOf } from "../shared/trying";
import { useStatus } from "./status";

export function ServerForm({ server }: { readonly server: string }) {
  const [status, tell] = useStatus();

  async function choose(typed: string): Promise<void> {
    const bad = (...words: string[]) => tell({ words: words.join(" "), isBad: true });
    const checked = serverAddress(typed);
    if ("fault" in checked) return bad(checked.fault);
    const { address } = checked;
    // The browser wants to be asked first thing after the press, before anything is awaited.
    const allowed = allow(new URL(address));
    tell({ words: say("server_trying") });
    if (!(await allowed)) return bad(say("server_not_allowed", address));
    const fault = await faultOf(address, (where, init) => fetch(where, init));
    if (fault) {
      await release(address);
      return bad(fault, say("server_still", server));
    }
    await change(chrome.storage.local, { server: address });
    await release(server);
    tell({ words: say("server_kept", address) });
  }

  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        const field = event.currentTarget.elements.namedItem("server");
        if (field instanceof HTMLInputElement) void choose(field.value);
      }}
    >
      <label for="server">{say("server_label")}</label>
      <p id="server-help" class="small">
        {say("server_help", STANDARD_SERVER)}
      </p>
      <div class="row">
        <input
          id="server"
          name="server"
          key={server}
          defaultValue={server}
          aria-describedby="server-help"
          spellcheck={false}
          autocomplete="off"
          inputMode="url"
        />
        <button type="submit" class="main">
          {say("server_try")}
        </button>
      </div>
      {status}
    </form>
  );
}

async function allow(url: URL): Promise<boolean> {
  if (isLoopback(url.hostname)) return true;
  // This permission is the server's: a site that was wished for and never answered must not get it.
  void forgetWish();
  try {
    return await chrome.permissions.request({ origins: [pattern(url.origin)] });
  } catch {
    return false;
  }
}
