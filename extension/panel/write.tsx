/**
 * The form of a note: the words it is on, its kind, what it says, what that rests on, how it will look.
 *
 * In: a draft. Out: the draft as it is changed, at every key; it is kept by whoever holds it. Advice keeps
 * nothing from being sent, only what the server would refuse does. "Check my words" and "Send" are the only
 * buttons that send anything, and both say so.
 */
import { useState } from "preact/hooks";
import { Line } from "../reader/card";
import { PeoplesNote } from "../reader/peoples-note";
import { FAMILIES } from "../shared/analysis";
import { Said, say, sayCount } from "../shared/catalogue";
import { type Annotation, onCard } from "../shared/community";
import { type Draft, LONGEST_BODY, lacks } from "../shared/drafts";
import type { Ask, Fault } from "../shared/errands";
import { nameOf, SIGNALS, signalOf } from "../shared/signals";
import { Check } from "./check";
import { preview } from "./preview";
import { Quoted } from "./quote";
import { rubric } from "./rubric";
import { SourcesForm } from "./sources-form";
import { Suggested } from "./suggested";

interface Props {
  readonly draft: Draft;
  readonly author: string;
  readonly server: string;
  readonly ask: Ask;
  readonly change: (draft: Draft) => void;
  /** It is kept now, before it is sent. */
  readonly kept: () => Promise<void>;
  readonly discard: () => void;
  readonly sent: (annotation: Annotation | null) => void;
}

export function Write({ draft, author, server, ask, change, kept, discard, sent }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<Fault | null>(null);
  const [isSending, setSending] = useState(false);
  const lacking = lacks(draft);
  const length = [...draft.body.trim()].length;
  const isStill = isSending || draft.isWaiting;
  const id = (name: string) => `${name}-${draft.id}`;

  async function send(anyway: boolean): Promise<void> {
    setSending(true);
    setFault(null);
    await kept();
    const reply = await ask({ do: "send", draft: draft.id, anyway });
    setSending(false);
    if ("fault" in reply) setFault(reply.fault);
    else sent(reply.done);
  }

  return (
    <form
      class="write"
      data-caveat="write"
      data-draft={draft.id}
      aria-label={say("write_title")}
      onSubmit={event => {
        event.preventDefault();
        void send(false);
      }}
    >
      <Quoted quote={draft.target} />
      <p class="small">
        <Said message="write_on" values={[<bdi key="title">{draft.page.title || draft.page.url}</bdi>]} />
      </p>
      <fieldset disabled={isStill}>
        <label for={id("signal")}>{say("write_signal")}</label>
        <div class="with-line">
          <select
            id={id("signal")}
            value={draft.signal}
            onChange={event => change({ ...draft, signal: event.currentTarget.value })}
          >
            <option value="">{say("write_choose")}</option>
            {FAMILIES.map(family => (
              <optgroup key={family} label={say(`family_${family}`)}>
                {Object.entries(SIGNALS)
                  .filter(([, of]) => of === family)
                  .map(([signal]) => (
                    <option key={signal} value={signal}>
                      {nameOf(signal)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          {draft.signal && <Line family={signalOf(draft.signal).family} />}
        </div>
        <label for={id("body")}>{say("write_body")}</label>
        <textarea
          id={id("body")}
          rows={6}
          dir="auto"
          value={draft.body}
          aria-describedby={`${id("length")} ${id("rubric")}`}
          onInput={event => change({ ...draft, body: event.currentTarget.value })}
        />
        <p id={id("length")} class="small" data-caveat="length" data-bad={length > LONGEST_BODY}>
          {say("write_length", length, LONGEST_BODY)}
        </p>
        <SourcesForm
          sources={draft.sources}
          change={sources => change({ ...draft, sources })}
          opened={url => setOpened(new Set([...opened, url]))}
        />
        <Suggested draft={draft} change={change} opened={url => setOpened(new Set([...opened, url]))} />
      </fieldset>
      <section id={id("rubric")} class="rubric" aria-label={say("rubric")}>
        <h2>{say("rubric")}</h2>
        <ul>
          {rubric(draft, opened).map(({ line, met }) => (
            <li key={line} data-line={line} data-met={String(met)}>
              {say(`rubric_${line}`)}
              <span class="small"> {met !== null && say(met ? "rubric_met" : "rubric_not_met")}</span>
            </li>
          ))}
        </ul>
        <Check words={draft.body} ask={ask} />
      </section>
      {draft.body.trim() && draft.signal && (
        <section class="preview" aria-label={say("write_preview")} data-caveat="preview">
          <h2>{say("write_preview")}</h2>
          <div class="paper">
            <h3>
              <Line family={signalOf(draft.signal).family} /> {nameOf(draft.signal)}
            </h3>
            <PeoplesNote words={preview(draft, author)} ask={null} />
          </div>
        </section>
      )}
      {fault && fault.reason === "similar" ? (
        <Similar fault={fault} server={server} ask={ask} anyway={() => void send(true)} />
      ) : (
        <p role="status" class="fault" data-caveat="fault">
          {isSending ? say("rating_sending") : (fault?.message ?? "")}{" "}
          {draft.isWaiting && say("write_waiting")}
        </p>
      )}
      {lacking.length > 0 && draft.body.trim() && (
        <ul class="small" data-caveat="lacks">
          {lacking.map(lack => (
            <li key={lack}>{say(`lack_${lack}`)}</li>
          ))}
        </ul>
      )}
      <div class="actions">
        <button type="submit" class="main" data-caveat="send" disabled={lacking.length > 0 || isSending}>
          {say(draft.isWaiting ? "write_send_now" : "write_send")}
        </button>
        {draft.isWaiting && !isSending && (
          <button
            type="button"
            data-caveat="take-back"
            onClick={() => change({ ...draft, isWaiting: false })}
          >
            {say("write_take_back")}
          </button>
        )}
        <button type="button" data-caveat="discard" disabled={isSending} onClick={discard}>
          {say("write_discard")}
        </button>
      </div>
    </form>
  );
}

/** Somebody has said it already: theirs can be rated instead. */
function Similar({
  fault,
  server,
  ask,
  anyway,
}: {
  readonly fault: Fault;
  readonly server: string;
  readonly ask: Ask;
  readonly anyway: () => void;
}) {
  return (
    <section class="similar" role="alert" data-caveat="similar">
      <h2>{sayCount("write_similar", fault.similar.length)}</h2>
      <p class="small">{fault.message}</p>
      {fault.similar.map(annotation => (
        <div key={annotation.id} class="paper">
          <PeoplesNote words={onCard(annotation, server, !annotation.mine)} ask={ask} />
        </div>
      ))}
      <button type="button" data-caveat="anyway" onClick={anyway}>
        {say("write_anyway")}
      </button>
    </section>
  );
}
