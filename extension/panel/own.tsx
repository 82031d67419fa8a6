/**
 * A volunteer's own notes, and what may still be done with each: edit it for an hour and until it is decided,
 * withdraw it, say that the page was corrected. The server has the last word, and says why not. What was
 * changed meanwhile is shown as it is now before anything is done to it.
 */
import { useState } from "preact/hooks";
import { PeoplesNote } from "../reader/peoples-note";
import { say } from "../shared/catalogue";
import { type Annotation, onCard, type Source } from "../shared/community";
import { LONGEST_BODY, lacks } from "../shared/drafts";
import type { Ask, Errand } from "../shared/errands";
import { Context } from "./queue";
import { SourcesForm } from "./sources-form";

const WINDOW = 3_600_000; // ms, as the server has it

interface Props {
  readonly annotation: Annotation;
  readonly server: string;
  readonly ask: Ask;
  readonly now: number;
  /** Something was done, here or by others: look again. */
  readonly done: () => Promise<void>;
}

type Doing = "edit" | "withdraw" | "settle";

/** What may be done with a note as it stands. */
export function mayDo({ status, created }: Pick<Annotation, "status" | "created">, now: number): Doing[] {
  const isOpen = status === "pending" || status === "needs-ratings";
  if (isOpen && now - Date.parse(created) < WINDOW) return ["edit", "withdraw"];
  if (isOpen || status === "not-helpful") return ["withdraw"];
  return status === "helpful" ? ["settle", "withdraw"] : [];
}

export function Own({ annotation, server, ask, now, done }: Props) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [body, setBody] = useState(annotation.body);
  const [sources, setSources] = useState<readonly Source[]>(annotation.sources);
  const [correction, setCorrection] = useState("");
  const [said, setSaid] = useState("");
  const { id, revision, signal } = annotation;
  const lacking = doing === "edit" ? lacks({ signal, body, sources }) : [];

  async function act(errand: Extract<Errand, { do: Doing }>): Promise<void> {
    setSaid(say("rating_sending"));
    const reply = await ask(errand);
    if ("done" in reply) setDoing(null);
    // What was typed stays: whoever has seen how it is now may want to send it all the same.
    const isChanged = "fault" in reply && reply.fault.reason === "changed";
    if ("done" in reply || isChanged) await done();
    setSaid("done" in reply ? "" : isChanged ? say("own_changed") : reply.fault.message);
  }

  function begin(next: Doing): void {
    setDoing(doing === next ? null : next);
    setBody(annotation.body);
    setSources(annotation.sources);
    setSaid("");
  }

  function send(): void {
    const named = sources.filter(({ url }) => url.trim());
    if (doing === "edit") void act({ do: "edit", id, revision, body: body.trim(), sources: named });
    if (doing === "withdraw") void act({ do: "withdraw", id, revision });
    if (doing === "settle") void act({ do: "settle", id, revision, correction: correction.trim() });
  }

  return (
    <li data-annotation={id} data-caveat="own">
      <Context annotation={annotation} />
      <PeoplesNote words={onCard(annotation, server, false)} ask={ask} />
      <div class="actions">
        {mayDo(annotation, now).map(each => (
          <button
            key={each}
            type="button"
            data-caveat={each}
            aria-expanded={doing === each}
            onClick={() => begin(each)}
          >
            {say(`own_${each}`)}
          </button>
        ))}
      </div>
      {doing && (
        <div class="sure">
          {doing === "edit" && (
            <>
              <label for={`edit-${id}`}>{say("write_body")}</label>
              <textarea
                id={`edit-${id}`}
                rows={5}
                dir="auto"
                value={body}
                onInput={event => setBody(event.currentTarget.value)}
              />
              <p class="small">{say("write_length", [...body.trim()].length, LONGEST_BODY)}</p>
              <SourcesForm sources={sources} change={setSources} />
            </>
          )}
          {doing === "withdraw" && <p>{say("own_withdraw_sure")}</p>}
          {doing === "settle" && (
            <>
              <label for={`settle-${id}`}>{say("own_settle_what")}</label>
              <textarea
                id={`settle-${id}`}
                rows={3}
                dir="auto"
                value={correction}
                onInput={event => setCorrection(event.currentTarget.value)}
              />
            </>
          )}
          <button
            type="button"
            class="main"
            data-caveat="own-send"
            disabled={lacking.length > 0 || (doing === "settle" && !correction.trim())}
            onClick={send}
          >
            {say(`own_${doing}_do`)}
          </button>
        </div>
      )}
      <p role="status" class="small" data-caveat="own-said">
        {said}
      </p>
    </li>
  );
}
