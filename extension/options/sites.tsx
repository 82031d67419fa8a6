/** The sites that are read without a press. */
import { useRef } from "preact/hooks";
import { say } from "../shared/catalogue";
import type { Settings } from "../shared/settings";
import { choose, leave, typedSite } from "../shared/sites";
import { useStatus } from "./status";

export function Sites({ sites, server }: Pick<Settings, "sites" | "server">) {
  const [status, tell] = useStatus();
  const field = useRef<HTMLInputElement>(null);

  // Nothing is awaited before the browser is asked: it answers only within a press.
  async function add(typed: string): Promise<void> {
    const checked = typedSite(typed, server);
    if ("fault" in checked) return tell({ words: checked.fault, isBad: true });
    const { site } = checked;
    if (!(await choose(site))) return tell({ words: say("sites_not_allowed", site), isBad: true });
    if (field.current) field.current.value = "";
    tell({ words: say("sites_added", site) });
  }

  async function remove(site: string): Promise<void> {
    await leave(site);
    tell({ words: say("sites_removed", site), undo: () => choose(site) });
  }

  return (
    <section aria-labelledby="sites" data-caveat="sites">
      <h2 id="sites">{say("sites_title")}</h2>
      <p class="small">{say("sites_help")}</p>
      {sites.length === 0 && <p>{say("sites_none")}</p>}
      <ul class="entries">
        {sites.map(site => (
          <li key={site}>
            <span>{site}</span>
            <button
              type="button"
              aria-label={say("sites_remove_this", site)}
              onClick={() => void remove(site)}
            >
              {say("sites_remove")}
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={event => {
          event.preventDefault();
          void add(field.current?.value ?? "");
        }}
      >
        <label for="site">{say("sites_label")}</label>
        <div class="row">
          <input
            id="site"
            ref={field}
            placeholder="https://news.example"
            spellcheck={false}
            autocomplete="off"
            inputMode="url"
          />
          <button type="submit">{say("sites_add")}</button>
        </div>
      </form>
      {status}
    </section>
  );
}
