/**
 * How lines and cards look in this page: the reader's choice, or what the page is like.
 *
 * In: the article's text index. Out: a `Look`, and from then on each other one, when the page puts on
 * another theme or the reader chooses one. A page says nowhere that it has changed its colours, so it is
 * looked at when it may have: when its root elements change their attributes, when the system's colours
 * do, and when a card is opened.
 */

import type { Look } from "../shared/messages";
import { settings } from "../shared/settings";
import { later } from "./slices";
import type { TextIndex } from "./text-index";
import { themeOf } from "./theme";

/** Where an article is asked for its paper: a box of another colour somewhere must not decide alone. */
const PLACES = [0.1, 0.3, 0.5, 0.7, 0.9];

export async function lookOf(index: TextIndex, root: Element): Promise<Look> {
  const { theme, stroke } = await settings(chrome.storage.local);
  return { theme: theme === "page" ? themeOf(places(index, root)) : theme, stroke };
}

function places(index: TextIndex, root: Element): Element[] {
  const found = PLACES.flatMap(part => {
    const at = Math.floor(index.text.length * part);
    return index.ranges(at, at + 1)[0]?.startContainer.parentElement ?? [];
  }).filter(place => place.isConnected);
  return found.length > 0 ? found : [root.isConnected ? root : document.documentElement];
}

const REST = 200; // ms from a change of the page to the look at it: one for many changes
const LONGEST = 2000; // ms that a fading is waited for

export class LookWatch {
  #look: Look;
  readonly #now: () => Promise<Look>;
  readonly #changed: (look: Look) => void;
  readonly #attributes = new MutationObserver(() => void this.#afterwards());
  readonly #listening = new AbortController();
  readonly #chosen = () => void this.look();
  #isWaiting = false;

  constructor(first: Look, now: () => Promise<Look>, changed: (look: Look) => void) {
    this.#look = first;
    this.#now = now;
    this.#changed = changed;
    for (const root of [document.documentElement, document.body]) {
      this.#attributes.observe(root, { attributes: true });
    }
    const { signal } = this.#listening;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void this.#afterwards(), {
      signal,
    });
    chrome.storage.onChanged.addListener(this.#chosen);
  }

  stop(): void {
    this.#attributes.disconnect();
    this.#listening.abort();
    chrome.storage.onChanged.removeListener(this.#chosen);
  }

  async look(): Promise<void> {
    const look = await this.#now().catch(() => this.#look); // the extension may have been updated
    if (this.#listening.signal.aborted) return;
    if (look.theme === this.#look.theme && look.stroke === this.#look.stroke) return;
    this.#look = look;
    this.#changed(look);
  }

  /** Once the page's colours have come to rest: many fade. Some pages write to their root at every frame. */
  async #afterwards(): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    await pause(REST);
    const fading = document.getAnimations().filter(each => each instanceof CSSTransition);
    await Promise.race([Promise.allSettled(fading.map(each => each.finished)), pause(LONGEST)]);
    this.#isWaiting = false;
    await this.look();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(done => later(milliseconds, done));
}
