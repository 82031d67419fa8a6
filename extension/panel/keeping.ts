/**
 * Drafts as they are typed: in the browser's storage a moment after every key, and at once when the panel is
 * left, so that a crash or a restart costs a word at most.
 *
 * In: the storage area, and what must be drawn anew. Out: the drafts as they are now. What others write there
 * meanwhile (a new draft, one that was sent) is taken over, but never over words that are being typed.
 */
import { type Draft, drafts, drop, isOfDrafts, keep } from "../shared/drafts";

const MOMENT = 250; // ms: a pause between two words

export class Keeping {
  #all: readonly Draft[] = [];
  readonly #unkept = new Map<string, Draft>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #storage: chrome.storage.StorageArea;
  readonly #changed: () => void;

  constructor(storage: chrome.storage.StorageArea, changed: () => void) {
    this.#storage = storage;
    this.#changed = changed;
  }

  get all(): readonly Draft[] {
    return this.#all;
  }

  /** Follow the storage until `signal` says that it is enough. */
  async follow(signal: AbortSignal): Promise<void> {
    const heard = (changes: object) => isOfDrafts(changes) && void this.#look();
    this.#storage.onChanged.addListener(heard);
    signal.addEventListener("abort", () => this.#storage.onChanged.removeListener(heard));
    addEventListener("pagehide", () => void this.flush(), { signal });
    document.addEventListener("visibilitychange", () => void this.flush(), { signal });
    await this.#look();
  }

  change(draft: Draft): void {
    this.#unkept.set(draft.id, draft);
    this.#all = this.#all.map(each => (each.id === draft.id ? draft : each));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), MOMENT);
    this.#changed();
  }

  async discard(id: string): Promise<void> {
    this.#unkept.delete(id);
    await drop(this.#storage, id);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const now = [...this.#unkept.values()];
    this.#unkept.clear();
    await Promise.all(now.map(draft => keep(this.#storage, draft)));
  }

  async #look(): Promise<void> {
    const kept = await drafts(this.#storage);
    this.#all = kept.map(draft => this.#unkept.get(draft.id) ?? draft);
    this.#changed();
  }
}
