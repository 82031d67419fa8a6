/** How marks and cards look, with a sample that shows it at once. */
import { BUDGET } from "../reader/anchoring/budget";
import { say } from "../shared/catalogue";
import { type Settings, STROKES, THEMES } from "../shared/settings";
import type { Keep } from "./options";
import { Sample } from "./sample";
import { useStatus } from "./status";

export function Marks({ settings, keep }: { readonly settings: Settings; readonly keep: Keep }) {
  const [status, tell] = useStatus();
  const choose = (some: Partial<Settings>) =>
    void keep(some).then(() => tell({ words: say("options_saved") }));
  return (
    <section aria-labelledby="marks" data-caveat="marks">
      <h2 id="marks">{say("marks_title")}</h2>
      <fieldset class="inline">
        <legend>{say("marks_theme")}</legend>
        {THEMES.map(theme => (
          <label key={theme} class="choice">
            <input
              type="radio"
              name="theme"
              value={theme}
              checked={settings.theme === theme}
              onChange={() => choose({ theme })}
            />
            {say(`theme_${theme}`)}
          </label>
        ))}
      </fieldset>
      <fieldset class="inline">
        <legend>{say("marks_stroke")}</legend>
        {STROKES.map(stroke => (
          <label key={stroke} class="choice">
            <input
              type="radio"
              name="stroke"
              value={stroke}
              checked={settings.stroke === stroke}
              onChange={() => choose({ stroke })}
            />
            {say(`stroke_${stroke}`)}
          </label>
        ))}
      </fieldset>
      <h3>{say("marks_sample")}</h3>
      <Sample theme={settings.theme} stroke={settings.stroke} off={settings.off} />
      <p class="small">{say("marks_budget", BUDGET / 1000)}</p>
      {status}
    </section>
  );
}
