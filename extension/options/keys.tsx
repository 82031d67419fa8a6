/** The keys as the browser has them now, and the way to where they are changed. */
import { Fragment } from "preact";
import { say } from "../shared/catalogue";

interface Shortcuts {
  /** Firefox's own way; Chrome has a page instead. */
  openShortcutSettings?(): Promise<void>;
}

export function Keys({ commands }: { readonly commands: readonly chrome.commands.Command[] }) {
  return (
    <section aria-labelledby="keys" data-caveat="keys">
      <h2 id="keys">{say("keys_title")}</h2>
      <dl>
        {commands.map(({ name, description, shortcut }) => (
          <Fragment key={name}>
            <dt>{shortcut ? <kbd>{shortcut}</kbd> : say("keys_none")}</dt>
            <dd>{description || say("keys_press")}</dd>
          </Fragment>
        ))}
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{say("keys_close")}</dd>
      </dl>
      <button type="button" data-caveat="change-keys" onClick={change}>
        {say("keys_change")}
      </button>
    </section>
  );
}

function change(): void {
  const shortcuts = chrome.commands as Shortcuts;
  if (shortcuts.openShortcutSettings) void shortcuts.openShortcutSettings();
  else void chrome.tabs.create({ url: "chrome://extensions/shortcuts" });
}
