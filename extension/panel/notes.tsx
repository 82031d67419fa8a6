/** The panel's list: every note with its words, what it says and what it asks; and which of them show. */
import { useEffect, useRef } from "preact/hooks";
import { Line, Ways } from "../reader/card";
import { FromElsewhere } from "../reader/elsewhere";
import { Appeal, howJudged } from "../reader/peoples-note";
import { Beside } from "../reader/record";
import { FAMILIES, type Family } from "../shared/analysis";
import { Said, say } from "../shared/catalogue";
import type { Listed } from "../shared/messages";

/** One button a family that has notes; pressed where they show. */
export function Filter({
  notes,
  hidden,
  toggle,
}: {
  readonly notes: readonly Listed[];
  readonly hidden: ReadonlySet<Family>;
  readonly toggle: (family: Family) => void;
}) {
  const counts = FAMILIES.map(family => ({
    family,
    count: notes.filter(note => note.family === family).length,
  })).filter(({ count }) => count > 0);
  if (counts.length < 2) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons that act at once, not a form's fields
    <div class="filter" role="group" aria-label={say("panel_kinds")}>
      {counts.map(({ family, count }) => (
        <button
          key={family}
          type="button"
          data-family={family}
          aria-pressed={!hidden.has(family)}
          onClick={() => toggle(family)}
        >
          <Line family={family} /> {say(`family_${family}`)} <span class="count">{count}</span>
        </button>
      ))}
    </div>
  );
}

interface List {
  readonly title: string;
  readonly notes: readonly Listed[];
  /** The note whose card is open in the page. */
  readonly current: string | null;
  readonly open: (note: string) => void;
}

export function NoteList({ title, notes, current, open }: List) {
  if (notes.length === 0) return null;
  return (
    <section class="notes" aria-label={title}>
      <h2>{title}</h2>
      <ol data-caveat="list">
        {notes.map(note => (
          <Item key={note.id} note={note} isCurrent={note.id === current} open={open} />
        ))}
      </ol>
    </section>
  );
}

function Item({
  note,
  isCurrent,
  open,
}: {
  readonly note: Listed;
  readonly isCurrent: boolean;
  readonly open: (note: string) => void;
}) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) item.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <li
      ref={item}
      data-note={note.id}
      data-family={note.family}
      data-level={note.level}
      data-in-page={note.inPage}
      aria-current={isCurrent ? "true" : undefined}
    >
      {note.inPage ? (
        <button type="button" class="note" title={say("panel_show")} onClick={() => open(note.id)}>
          <Head note={note} />
        </button>
      ) : (
        <div class="note">
          <Head note={note} />
          {note.at && <span class="small">{say("words_gone")}</span>}
        </div>
      )}
      <div class="more">
        <By note={note} />
        <p class={note.people && "written"} dir={note.people && "auto"}>
          {note.message}
        </p>
        {note.changed && !note.people?.elsewhere && (
          <p class="small">
            <Said message="panel_changed" values={[<bdi key="words">{note.changed}</bdi>]} />
          </p>
        )}
        {!note.people && <Beside signal={note.signal} evidence={note.evidence} words={null} />}
        {note.question && <p class="question">{note.question}</p>}
        {note.people && <Ways ways={note.evidence} kind="evidence" title={say("ways_evidence")} />}
        <Ways ways={note.look} kind="look" title={say("ways_look")} />
      </div>
    </li>
  );
}

/** Whose words these are, and how they were judged. */
export function By({ note: { people, words, changed } }: { readonly note: Listed }) {
  if (!people) return null;
  return (
    <>
      <p class="by small" data-caveat="by">
        <b>
          <Said message="people_by" values={[<bdi key="author">{people.author}</bdi>]} />
        </b>{" "}
        {howJudged(people)} <span dir="auto">{people.reason}</span>
      </p>
      <Appeal words={people} />
      {people.elsewhere && <FromElsewhere page={people.elsewhere} words={words} here={changed} />}
    </>
  );
}

function Head({ note }: { readonly note: Listed }) {
  return (
    <>
      <Line family={note.family} />
      <span class="name">
        {note.people ? say("people_named", note.name) : note.name}{" "}
        <span class="family">{say(`family_${note.family}`)}</span>
      </span>
      {note.words && (
        <span class="words">
          <Said message="in_quotes" values={[<bdi key="words">{note.words}</bdi>]} />
        </span>
      )}
    </>
  );
}
