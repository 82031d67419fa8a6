/** What a reader has chosen not to see of this article, folded away: by which choice, how much, and the way back. */
import { Line } from "../reader/card";
import { FAMILIES, type Family } from "../shared/analysis";
import { say } from "../shared/catalogue";
import type { Hidden } from "../shared/messages";
import { digest, forgotten } from "../shared/not-useful";
import type { Settings } from "../shared/settings";
import { shortened } from "../shared/shortened";

/** Changes the settings so that something shows again. */
export type ShowAgain = (settings: Settings) => Partial<Settings>;

interface Group {
  readonly key: string;
  readonly name: string;
  readonly family: Family | null;
  readonly many: number;
  readonly again: ShowAgain;
}

/** One entry a choice, the widest first. */
export function groups(hidden: readonly Hidden[]): Group[] {
  const by = (choice: Hidden["by"]) => hidden.filter(each => each.by === choice).map(({ note }) => note);
  const families = FAMILIES.map(family => ({
    key: family,
    name: say(`family_${family}`),
    family,
    many: by("family").filter(note => note.family === family).length,
    again: ({ off }: Settings) => ({ off: off.filter(each => each !== family) }),
  }));
  const quiet = {
    key: "quiet",
    name: say("panel_hidden_quiet"),
    family: null,
    many: by("quiet").length,
    again: () => ({ quiet: true }),
  };
  const ofKinds = by("kind");
  const kinds = [...new Set(ofKinds.map(({ signal }) => signal))].map(signal => {
    const notes = ofKinds.filter(note => note.signal === signal);
    return {
      key: `kind ${signal}`,
      name: notes[0]?.name ?? signal,
      family: notes[0]?.family ?? null,
      many: notes.length,
      again: ({ hidden }: Settings) => ({ hidden: hidden.filter(each => each.signal !== signal) }),
    };
  });
  // The same words of the same kind at several places are one choice.
  const ofNotes = by("note").map(note => ({ ...note, entry: digest(note.signal, note.words) }));
  const notes = [...new Map(ofNotes.map(note => [note.entry, note])).values()].map(
    ({ entry, words, family }) => ({
      key: entry,
      name: say("panel_hidden_note", shortened(words)),
      family,
      many: ofNotes.filter(note => note.entry === entry).length,
      again: ({ notUseful }: Settings) => ({ notUseful: forgotten(notUseful, entry) }),
    }),
  );
  const people = {
    key: "people",
    name: say("people"),
    family: null,
    many: by("people").length,
    again: () => ({ people: true }),
  };
  return [people, ...families, quiet, ...kinds, ...notes].filter(({ many }) => many > 0);
}

export function HiddenNotes({
  hidden,
  showAgain,
}: {
  readonly hidden: readonly Hidden[];
  readonly showAgain: (how: ShowAgain) => void;
}) {
  if (hidden.length === 0) return null;
  return (
    <details class="hidden" data-caveat="hidden">
      <summary>{say("panel_hidden", hidden.length)}</summary>
      <ul>
        {groups(hidden).map(({ key, name, family, many, again }) => (
          <li key={key}>
            {family && <Line family={family} />}
            <span>{many > 1 ? say("panel_hidden_many", name, many) : name}</span>
            <button type="button" aria-label={say("show_again_this", name)} onClick={() => showAgain(again)}>
              {say("show_again")}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
