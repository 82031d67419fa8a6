/**
 * The options: which server is asked. An address is taken only after the browser allowed it and a
 * Caveat server answered there.
 */
import { render } from "preact";
import { locale, say } from "../shared/catalogue";
import { isLoopback, STANDARD_SERVER, serverAddress } from "../shared/server";
import { change, settings } from "../shared/settings";

type Said = { kind: "idle" } | { kind: "trying" } | { kind: "good" | "bad"; words: string };

let { server } = await settings(chrome.storage.local);
show({ kind: "idle" });

async function choose(typed: string): Promise<void> {
  const checked = serverAddress(typed);
  if ("fault" in checked) return show({ kind: "bad", words: checked.fault });
  const { address } = checked;
  // The browser wants to be asked first thing after the press, before anything is awaited.
  const allowed = allow(new URL(address));
  show({ kind: "trying" });
  if (!(await allowed))
    return show({ kind: "bad", words: `The browser was not allowed to ask ${address}; nothing changed.` });
  const fault = await greet(address);
  if (fault) return show({ kind: "bad", words: `${fault} ${server} is still the one that is asked.` });
  await change(chrome.storage.local, { server: address });
  server = address;
  show({ kind: "good", words: `${address} answers, and is asked from now on.` });
}

async function allow(url: URL): Promise<boolean> {
  if (isLoopback(url.hostname)) return true;
  try {
    return await chrome.permissions.request({ origins: [`${url.origin}/*`] });
  } catch {
    return false;
  }
}

/** What is wrong with the server at this address, or null. */
async function greet(address: string): Promise<string | null> {
  try {
    const answer = await fetch(`${address}/healthz`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(8000),
    });
    return answer.ok
      ? null
      : `${address} answers, but not as a Caveat server (${answer.status} at /healthz).`;
  } catch {
    return `Nothing answers at ${address}.`;
  }
}

function show(said: Said): void {
  render(<Options said={said} />, document.body);
}

function Options({ said }: { readonly said: Said }) {
  return (
    <main>
      <h1>Caveat</h1>
      <form
        onSubmit={event => {
          event.preventDefault();
          const field = event.currentTarget.elements.namedItem("server");
          if (field instanceof HTMLInputElement) void choose(field.value);
        }}
      >
        <label for="server">Server</label>
        <p id="help" class="small">
          The text of an article goes here when you press the button, and nowhere else. The one that comes
          with Caveat is {STANDARD_SERVER}.
        </p>
        <div class="row">
          <input
            id="server"
            name="server"
            defaultValue={server}
            aria-describedby="help"
            spellcheck={false}
            autocomplete="off"
            inputMode="url"
          />
          <button type="submit" class="main">
            Try and keep
          </button>
        </div>
        <p role="status" class={said.kind} data-caveat="said">
          {said.kind === "trying" ? "Trying …" : "words" in said ? said.words : ""}
        </p>
      </form>
      <h2>What leaves the browser</h2>
      <p>
        Nothing, until you press the button on a page. Then: the article’s text with its title, site, author,
        date, language and the links in it. Never the page’s address, never a cookie. Banks, mail, private
        addresses, local files and the browser’s own pages are not read at all.
      </p>
      <p>
        <a href={`privacy.html#${locale()}`}>{say("privacy_page")}</a>
      </p>
      <h2>Keys</h2>
      <dl>
        <dt>Alt+Shift+C</dt>
        <dd>press the button (the browser’s own settings can change it)</dd>
        <dt>Alt+N, Alt+P</dt>
        <dd>next and previous note</dd>
        <dt>Escape</dt>
        <dd>close the card</dd>
      </dl>
    </main>
  );
}
