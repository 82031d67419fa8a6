/** "Check my words": has the words of a note read like an article, when it is pressed and never while one types. */
import { useState } from "preact/hooks";
import { Said, say } from "../shared/catalogue";
import type { Ask, Outcomes } from "../shared/errands";

export function Check({ words, ask }: { readonly words: string; readonly ask: Ask }) {
  const [checked, setChecked] = useState<{ words: string; found: Outcomes["check"] } | null>(null);
  const [said, setSaid] = useState("");

  async function check(): Promise<void> {
    setSaid(say("rating_sending"));
    const reply = await ask({ do: "check", words });
    if ("fault" in reply) {
      setSaid(reply.fault.message);
      return;
    }
    setChecked({ words, found: reply.done });
    setSaid(reply.done.length === 0 ? say("check_nothing") : "");
  }

  return (
    <div data-caveat="check">
      <button type="button" disabled={!words.trim()} onClick={() => void check()}>
        {say("check")}
      </button>
      <span class="small"> {say("check_what")}</span>
      <p role="status" class="small">
        {said}
      </p>
      {checked?.words === words && checked.found.length > 0 && (
        <ul data-caveat="checked">
          {checked.found.map(({ name, words, message }) => (
            <li key={name + words}>
              <b>{name}</b>: <Said message="in_quotes" values={[<bdi key="words">{words}</bdi>]} /> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
