/** What needs this volunteer's rating most: the words in their place, the note, what it rests on, and the rating. */
import { useEffect, useState } from "preact/hooks";
import { Line } from "../reader/card";
import { Out } from "../reader/out";
import { PeoplesNote } from "../reader/peoples-note";
import { say } from "../shared/catalogue";
import { type Annotation, onCard } from "../shared/community";
import type { Ask } from "../shared/errands";
import { signalOf } from "../shared/signals";
import { Quoted } from "./quote";

export function Queue({ server, ask }: { readonly server: string; readonly ask: Ask }) {
  const [waiting, setWaiting] = useState<readonly Annotation[] | null>(null);
  const [said, setSaid] = useState("");

  async function load(): Promise<void> {
    setSaid(say("queue_loading"));
    const reply = await ask({ do: "queue" });
    if ("fault" in reply) setSaid(reply.fault.message);
    else {
      setWaiting(reply.done);
      setSaid(reply.done.length === 0 ? say("queue_empty") : "");
    }
  }
  useEffect(() => void load(), []);

  return (
    <section aria-label={say("queue_title")} data-caveat="queue">
      <p class="small">{say("queue_what")}</p>
      <ol class="entries">
        {waiting?.map(annotation => (
          <li key={annotation.id} data-annotation={annotation.id}>
            <Context annotation={annotation} />
            <PeoplesNote words={onCard(annotation, server, !annotation.mine)} ask={ask} />
          </li>
        ))}
      </ol>
      <p role="status" data-caveat="queue-said">
        {said}
      </p>
      <button type="button" data-caveat="queue-again" onClick={() => void load()}>
        {say("queue_again")}
      </button>
    </section>
  );
}

/** What a note is about, on which words, and where they are. */
export function Context({ annotation }: { readonly annotation: Annotation }) {
  const { quote, page, signal } = annotation;
  const { family, name } = signalOf(signal);
  return (
    <>
      <h2>
        <Line family={family} /> {name}
      </h2>
      <Quoted quote={quote} />
      {page.url && (
        <p class="small">
          <Out href={page.url} title={page.url}>
            <bdi>{page.title || page.url}</bdi> <span class="host">{new URL(page.url).host}</span>
            <span aria-hidden="true"> ↗</span>
          </Out>
        </p>
      )}
    </>
  );
}
