/**
 * What a reader may do with notes for good: call one not useful, or hide its kind.
 *
 * In: the browser's storage, what must follow a change in the page, and who hears of a note that was not
 * useful. Out: each takes notes away and gives what brings them back; both reject where the browser keeps
 * nothing for us any more, as in a page that was open while the extension was updated.
 */
import type { Note } from "../shared/analysis";
import { digest, forgotten, remembered } from "../shared/not-useful";
import { change, settings } from "../shared/settings";
import type { Mark } from "./marks";

export type Undo = () => Promise<void>;

export interface Offers {
  readonly notUseful: (note: Note) => Promise<Undo>;
  readonly hideKind: (note: Note) => Promise<Undo>;
  /** The page's address, with these words in it. */
  readonly link: (mark: Mark) => string;
}

export interface Offering {
  readonly storage: () => chrome.storage.StorageArea;
  readonly changed: () => Promise<void>;
  readonly told: (note: Note) => void;
  readonly link: (mark: Mark) => string;
}

export function offers({ storage, changed, told, link }: Offering): Offers {
  return {
    link,
    async notUseful(note) {
      const entry = digest(note.signal.id, note.quote.exact);
      const keep = async (how: typeof remembered) => {
        const { notUseful } = await settings(storage());
        await change(storage(), { notUseful: how(notUseful, entry) });
        await changed();
      };
      await keep(remembered);
      told(note);
      return () => keep(forgotten);
    },
    async hideKind({ signal: { id, name, family } }) {
      const keep = async (hide: boolean) => {
        const others = (await settings(storage())).hidden.filter(({ signal }) => signal !== id);
        await change(storage(), { hidden: hide ? [...others, { signal: id, name, family }] : others });
        await changed();
      };
      await keep(true);
      return () => keep(false);
    },
  };
}
