/** Which notes show: whole families, single kinds, quiet ones. */
import { Line } from "../reader/card";
import { FAMILIES } from "../shared/analysis";
import { say } from "../shared/catalogue";
import type { Kind, Settings } from "../shared/settings";
import type { Keep } from "./options";
import { useStatus } from "./status";

export function Kinds({
  hidden,
  off,
  quiet,
  people,
  keep,
}: Pick<Settings, "hidden" | "off" | "quiet" | "people"> & { readonly keep: Keep }) {
  const [status, tell] = useStatus();
  const saved = () => tell({ words: say("options_saved") });

  async function showAgain(kind: Kind): Promise<void> {
    await keep({ hidden: hidden.filter(({ signal }) => signal !== kind.signal) });
    tell({ words: say("kinds_shown", kind.name), undo: () => keep({ hidden }) });
  }

  return (
    <section aria-labelledby="kinds" data-caveat="kinds">
      <h2 id="kinds">{say("kinds_title")}</h2>
      <fieldset>
        <legend>{say("kinds_families")}</legend>
        {FAMILIES.map(family => (
          <label key={family} class="choice">
            <input
              type="checkbox"
              name={family}
              checked={!off.includes(family)}
              onChange={event => {
                const isShown = event.currentTarget.checked;
                const others = off.filter(each => each !== family);
                void keep({ off: isShown ? others : [...others, family] }).then(saved);
              }}
            />
            <Line family={family} />
            <span>
              <b>{say(`family_${family}`)}</b> <span class="small">{say(`family_${family}_what`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="choice">
        <input
          type="checkbox"
          name="quiet"
          checked={quiet}
          onChange={event => void keep({ quiet: event.currentTarget.checked }).then(saved)}
        />
        <span>{say("kinds_quiet")}</span>
      </label>
      <label class="choice">
        <input
          type="checkbox"
          name="people"
          checked={people}
          aria-describedby="people-what"
          onChange={event => void keep({ people: event.currentTarget.checked }).then(saved)}
        />
        <span>{say("people_show")}</span>
      </label>
      <p id="people-what" class="small">
        {say("people_what")}
      </p>
      <h3>{say("kinds_hidden")}</h3>
      {hidden.length === 0 && <p class="small">{say("kinds_none_hidden")}</p>}
      <ul class="entries">
        {hidden.map(kind => (
          <li key={kind.signal} data-signal={kind.signal}>
            <span>
              <Line family={kind.family} /> {kind.name}
            </span>
            <button
              type="button"
              aria-label={say("show_again_this", kind.name)}
              onClick={() => void showAgain(kind)}
            >
              {say("show_again")}
            </button>
          </li>
        ))}
      </ul>
      {status}
    </section>
  );
}
