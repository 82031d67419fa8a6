/** The panels that list a page's notes: told what there is when they connect, and whenever it changes. */
import type { ToPanel } from "../shared/messages";

export class Panels {
  readonly #open = new Set<chrome.runtime.Port>();
  readonly #all: () => ToPanel;

  constructor(all: () => ToPanel) {
    this.#all = all;
  }

  join(panel: chrome.runtime.Port): void {
    this.#open.add(panel);
    panel.onDisconnect.addListener(() => this.#open.delete(panel));
    panel.postMessage(this.#all());
  }

  tell(message: ToPanel): void {
    for (const panel of this.#open) panel.postMessage(message);
  }

  tellAll(): void {
    if (this.#open.size > 0) this.tell(this.#all());
  }

  hangUp(): void {
    for (const panel of this.#open) panel.disconnect();
    this.#open.clear();
  }
}
