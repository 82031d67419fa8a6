/** What the options look like. */
import { mayTell } from "#browser";
import { locale, Said, say } from "../shared/catalogue";
import type { Settings } from "../shared/settings";
import { Forget } from "./forget";
import { Keys } from "./keys";
import { Kinds } from "./kinds";
import { Marks } from "./marks";
import type { Keep } from "./options";
import { ServerForm } from "./server-form";
import { Sites } from "./sites";
import { useStatus } from "./status";
import { TakePart } from "./take-part";

interface Props {
  readonly settings: Settings;
  readonly commands: readonly chrome.commands.Command[];
  readonly keep: Keep;
}

export function Options({ settings, commands, keep }: Props) {
  return (
    <main data-caveat="options">
      <h1>{say("options_title")}</h1>
      <p class="small">{say("options_lead")}</p>
      <ServerForm server={settings.server} />
      <Sites sites={settings.sites} server={settings.server} />
      <Kinds {...settings} keep={keep} />
      <Marks settings={settings} keep={keep} />
      <Tell tell={settings.tell} keep={keep} />
      <TakePart server={settings.server} />
      <Keys commands={commands} />
      <section aria-labelledby="privacy">
        <h2 id="privacy">{say("privacy_title")}</h2>
        <p>{say("privacy_short")}</p>
        <p class="links">
          <a href={`privacy.html#${locale()}`}>{say("privacy_page")}</a>
          <a href="welcome.html">{say("welcome_link")}</a>
        </p>
      </section>
      <Forget />
    </main>
  );
}

/** The one thing a reader may have sent beside articles. */
function Tell({ tell: isTold, keep }: { readonly tell: boolean; readonly keep: Keep }) {
  const [status, tell] = useStatus();
  return (
    <section aria-labelledby="tell" data-caveat="tell">
      <h2 id="tell">{say("tell_title")}</h2>
      <label class="choice">
        <input
          type="checkbox"
          name="tell"
          checked={isTold}
          aria-describedby="tell-what"
          onChange={event =>
            void mayTell(event.currentTarget.checked)
              .then(isAllowed => keep({ tell: isAllowed }))
              .then(() => tell({ words: say("options_saved") }))
          }
        />
        <span>{say("tell_label")}</span>
      </label>
      <p id="tell-what" class="small">
        <Said message="tell_what" values={[<code key="kind">vague-source</code>]} />
      </p>
      {status}
    </section>
  );
}
