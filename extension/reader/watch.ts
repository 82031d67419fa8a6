/**
 * Tells when a page has changed under its marks, and when it has become another page.
 *
 * `changed`: something was added, removed or reworded; what it is, the caller sees for itself. `left`:
 * the page has gone to another address without loading anew. A page that changes all the time costs
 * next to nothing: after the first change nothing is listened to until it is time to look, and the
 * pauses between two looks double while it goes on.
 */
import { later } from "./slices";

const PAUSE = 300; // ms from a change to a look: most changes come in groups
const LONGEST = 5_000;
const SHARE = 20; // at most one part in so many of the time is spent on looking

export class Watch {
  readonly #tree: Node;
  readonly #told: { changed: () => Promise<void>; left: () => void };
  readonly #observer = new MutationObserver(() => this.#mutated());
  readonly #listening = new AbortController();
  #here = address();
  #callOff = () => {};
  #pause = PAUSE;
  #since = 0;
  #isLooking = false;
  #changedMeanwhile = false;

  constructor(tree: Node, told: { changed: () => Promise<void>; left: () => void }) {
    this.#tree = tree;
    this.#told = told;
    const { signal } = this.#listening;
    const { navigation } = globalThis as { navigation?: EventTarget }; // Firefox has it since 147
    navigation?.addEventListener("currententrychange", event => this.#moved(event), { signal });
    addEventListener("popstate", event => this.#moved(event), { signal });
    this.#observe();
  }

  stop(): void {
    this.#listening.abort();
    this.#callOff();
    this.#observer.disconnect();
  }

  /** Have the caller look now, and again if the page changes meanwhile. */
  async look(): Promise<void> {
    this.#callOff();
    this.#isLooking = true;
    this.#changedMeanwhile = false;
    this.#observe();
    const began = performance.now();
    try {
      await this.#told.changed();
    } finally {
      this.#isLooking = false;
    }
    this.#pause = Math.max(this.#pause, Math.min((performance.now() - began) * SHARE, LONGEST));
    if (this.#changedMeanwhile) this.#lookLater();
  }

  #observe(): void {
    this.#observer.disconnect();
    if (this.#listening.signal.aborted) return;
    const all = { subtree: true, childList: true, characterData: true };
    this.#observer.observe(document.documentElement, all);
    if (this.#tree instanceof ShadowRoot) this.#observer.observe(this.#tree, all);
    this.#since = performance.now();
  }

  #mutated(): void {
    this.#observer.disconnect();
    if (address() !== this.#here) {
      this.#told.left();
      return;
    }
    const isRestless = performance.now() - this.#since < PAUSE;
    this.#pause = isRestless ? Math.min(this.#pause * 2, LONGEST) : Math.max(PAUSE, this.#pause / 4);
    if (this.#isLooking) this.#changedMeanwhile = true;
    else this.#lookLater();
  }

  #lookLater(): void {
    if (!this.#listening.signal.aborted) this.#callOff = later(this.#pause, () => void this.look());
  }

  /**
   * An address put right in passing, as counters and endless pages do, is not another page yet: where
   * the words are others, the marks go with the words.
   */
  #moved(event: Event): void {
    if (address() === this.#here) return;
    if ("navigationType" in event && event.navigationType === "replace") this.#here = address();
    else this.#told.left();
  }
}

/** The page's location; of a reader in a frame, that of the page around it, whose origin it shares. */
export function here(): Location {
  return (window.top ?? window).location;
}

/** What makes a page this page: all of its address but a place within it. */
export function address({ hash, origin, pathname, search }: Location | URL = here()): string {
  return origin + pathname + search + (/^#!?\//.test(hash) ? hash : "");
}
