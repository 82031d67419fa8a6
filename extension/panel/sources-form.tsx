/** What a note rests on: a few addresses, each with a way to open it, as a reader would. */
import { Out } from "../reader/out";
import { say } from "../shared/catalogue";
import type { Source } from "../shared/community";
import { MOST_SOURCES } from "../shared/drafts";
import { webAddress } from "../shared/stranger";

interface Props {
  readonly sources: readonly Source[];
  readonly change: (sources: readonly Source[]) => void;
  /** This one was opened. */
  readonly opened?: (url: string) => void;
}

export function SourcesForm({ sources, change, opened = () => undefined }: Props) {
  const set = (at: number, some: Partial<Source>) =>
    change(sources.map((source, each) => (each === at ? { ...source, ...some } : source)));
  return (
    <fieldset class="sources-form" data-caveat="sources-form">
      <legend>{say("write_sources")}</legend>
      {sources.map(({ url, title }, at) => {
        const address = webAddress(url.trim());
        return (
          <div key={at} class="source">
            <input
              aria-label={say("write_source_url", at + 1)}
              placeholder="https://"
              inputMode="url"
              spellcheck={false}
              autocomplete="off"
              value={url}
              onInput={event => set(at, { url: event.currentTarget.value })}
            />
            <input
              aria-label={say("write_source_title", at + 1)}
              placeholder={say("write_source_name")}
              autocomplete="off"
              maxLength={300}
              value={title}
              onInput={event => set(at, { title: event.currentTarget.value })}
            />
            <span class="ways">
              {address && (
                <Out href={address} title={address} pressed={() => opened(url.trim())}>
                  {say("write_source_open")} <span class="host">{new URL(address).host}</span>
                </Out>
              )}
              <button
                type="button"
                class="quiet"
                aria-label={say("write_source_remove_this", at + 1)}
                onClick={() => change(sources.filter((_, each) => each !== at))}
              >
                {say("sites_remove")}
              </button>
            </span>
          </div>
        );
      })}
      {sources.length < MOST_SOURCES && (
        <button
          type="button"
          data-caveat="add-source"
          onClick={() => change([...sources, { url: "", title: "" }])}
        >
          {say("write_source_add")}
        </button>
      )}
    </fieldset>
  );
}
