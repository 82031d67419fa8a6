/**
 * A card for when the server did not answer: what is the matter, and another try.
 *
 * In: the problem in the reader's words. Out: a card in the corner of the window, until it is closed, tried
 * again or the marks are there. It takes the keyboard from nobody. Only a person's press counts.
 */
import { render } from "preact";
import type { Problem } from "../shared/ask";
import { say } from "../shared/catalogue";
import { HostElement } from "./host-element";
import { raise } from "./raise";
import type { Theme } from "./theme";
import { address } from "./watch";

export class Trouble {
  readonly #host: HostElement;
  readonly #listening = new AbortController();

  constructor(problem: Problem, theme: Theme, { retry }: { retry: () => void }) {
    this.#host = new HostElement(theme);
    const draw = (isTrying: boolean) => render(this.#card(problem, isTrying, retried), this.#host.inside);
    const retried = (event: Event) => {
      if (!event.isTrusted) return;
      draw(true);
      retry();
    };
    raise(this.#host.element, this.#host.inside, true);
    draw(false);
    const { signal } = this.#listening;
    const closes = (event: KeyboardEvent) => {
      if (event.isTrusted && event.key === "Escape") this.destroy();
    };
    addEventListener("keydown", closes, { signal, capture: true });
    const page = address();
    const left = () => address() !== page && this.destroy();
    const { navigation } = globalThis as { navigation?: EventTarget };
    navigation?.addEventListener("currententrychange", left, { signal });
    addEventListener("popstate", left, { signal });
  }

  destroy(): void {
    this.#listening.abort();
    render(null, this.#host.inside);
    this.#host.element.remove();
  }

  #card({ title, message }: Problem, isTrying: boolean, retry: (event: Event) => void) {
    return (
      <div class="card trouble" role="alertdialog" aria-labelledby="caveat-trouble" data-caveat="trouble">
        <div class="head">
          <h2 id="caveat-trouble">{title}</h2>
        </div>
        <div class="body">
          <p role="status">{isTrying ? say("trouble_trying") : message}</p>
        </div>
        <div class="foot">
          <button type="button" data-caveat="retry" disabled={isTrying} onClick={retry}>
            {say("popup_retry")}
          </button>
          <button type="button" data-caveat="close" onClick={event => event.isTrusted && this.destroy()}>
            {say("card_close")}
          </button>
        </div>
      </div>
    );
  }
}
