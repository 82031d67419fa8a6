/**
 * Cards beside the marks: when they open, where they stand, how they are reached.
 *
 * In: marks and their text index. One element is appended to <html>, outside the body, with a closed
 * shadow root; nothing else of the document changes. Pointer: resting on a mark shows its card, a
 * click keeps it. Keyboard: a list of buttons in reading order, Alt+N and Alt+P, Escape. Out of the
 * way: `destroy()` takes everything away again.
 */
import { type ComponentChild, h, render } from "preact";
import { count } from "../shared/coverage";
import { shortened } from "../shared/shortened";
import { bringIntoView } from "./bring-into-view";
import { Card } from "./card";
import { dress } from "./dress";
import { hit } from "./hit";
import type { Mark } from "./marks";
import { NoteList, type Told } from "./note-list";
import { focus } from "./paint";
import type { TextIndex } from "./text-index";

const REST = 160; // ms a pointer rests on a mark before its card shows: passing over is not asking
const GRACE = 280; // ms to get from the words to the card
const GAP = 10; // px between the line under the words and the card

const WORDS = {
  name: "Caveat notes",
  label: ({ note }: Mark, at: number, of: number) =>
    `${at + 1} of ${of}: ${note.signal.name} · “${shortened(note.quote.exact)}”`,
};

interface Open {
  readonly mark: Mark;
  readonly pinned: boolean;
  /** Where the focus was, to give it back. */
  readonly back: Element | null;
}

export class Margin {
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  #marks: readonly Mark[];
  #index: TextIndex;
  #open: Open | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listening = new AbortController();
  /** None where the page shows a list of its own. */
  readonly #list: NoteList | null;
  readonly #opened: (note: string | null) => void;
  #told: string | null = null;

  constructor(
    marks: readonly Mark[],
    index: TextIndex,
    {
      theme,
      list,
      opened = () => undefined,
    }: {
      theme: "light" | "dark" | null;
      list: boolean;
      /** Told of the note whose card has opened, and of none when it has closed. */
      opened?: (note: string | null) => void;
    },
  ) {
    this.#list = list ? new NoteList(WORDS, this.#listed()) : null;
    this.#opened = opened;
    this.#marks = marks;
    this.#index = index;
    // Made elsewhere: in the page, a class of the page's own for this name would be run on it first, and
    // could look into the closed root ever after.
    this.#host = document.implementation.createHTMLDocument().createElement("caveat-notes");
    if (theme) this.#host.dataset.theme = theme;
    this.#root = this.#host.attachShadow({ mode: "closed" });
    document.adoptNode(this.#host);
    dress(this.#root);
    if (this.#list) this.#root.appendChild(document.createElement("div")).append(this.#list.element);
    this.#root.append(document.createElement("div"));
    document.documentElement.append(this.#host);
    this.#listen();
    this.#list?.show(marks);
    this.#render();
  }

  /** The note whose card is open. */
  get open(): string | null {
    return this.#open?.mark.note.id ?? null;
  }

  /** The page has changed: the same notes at other places, or fewer of them. */
  update(marks: readonly Mark[], index: TextIndex): void {
    this.#marks = marks;
    this.#index = index;
    const still = this.#open && marks.find(mark => mark.note.id === this.#open?.mark.note.id);
    if (this.#open && still) this.#open = { ...this.#open, mark: still };
    else this.#open = null;
    focus(this.#open?.mark ?? null);
    this.#list?.show(marks);
    this.#render();
  }

  /** Open a note's card for good, bring its words into view and move the focus into it. */
  show(id: string): boolean {
    const mark = this.#mark(id);
    if (mark) this.#pin(mark, true);
    return Boolean(mark);
  }

  close(): void {
    clearTimeout(this.#timer);
    const { back } = this.#open ?? {};
    const inside = this.#root.activeElement !== null;
    this.#open = null;
    focus(null);
    this.#render();
    if (inside && back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#listening.abort();
    focus(null);
    render(null, this.#root.lastElementChild as Element);
    this.#host.remove();
  }

  #listed(): Told {
    return {
      focused: id => {
        const mark = id === null ? null : this.#mark(id);
        focus(mark ?? this.#open?.mark ?? null);
        if (mark) bringIntoView(mark);
      },
      pressed: id => void this.show(id),
    };
  }

  #mark(id: string): Mark | null {
    return this.#marks.find(({ note }) => note.id === id) ?? null;
  }

  #listen(): void {
    const { signal } = this.#listening;
    const passive = { signal, passive: true, capture: true };
    addEventListener("pointermove", event => this.#rest(event), passive);
    addEventListener("click", event => this.#click(event), { signal });
    addEventListener("keydown", event => this.#key(event), { signal, capture: true });
    addEventListener("resize", () => this.#place(), passive);
    // The card stands still beside its words; only where the words scroll inside a box must it follow.
    addEventListener("scroll", event => event.target !== document && this.#place(), passive);
  }

  #rest(event: PointerEvent): void {
    if (!event.isTrusted) return; // a page's script is not its reader
    if (event.pointerType === "touch" || event.buttons !== 0 || this.#open?.pinned) return;
    if (event.composedPath().includes(this.#host)) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      return;
    }
    const { clientX: x, clientY: y } = event;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        const mark = hit(x, y, this.#marks, this.#index)[0] ?? null;
        if (mark === this.#open?.mark || this.#open?.pinned) return;
        if (mark) this.#preview(mark);
        else if (this.#open) this.close();
      },
      this.#open ? GRACE : REST,
    );
  }

  #click(event: MouseEvent): void {
    if (event.button !== 0 || !event.isTrusted) return;
    if (event.composedPath().includes(this.#host)) {
      // Whoever presses something on a card wants it to stay.
      if (this.#open && !this.#open.pinned) this.#open = { ...this.#open, pinned: true };
      return;
    }
    const [within] = event.composedPath(); // in a shadow root, too
    const target = within instanceof Element ? within : null;
    const itsOwn = target?.closest(
      "a[href], button, input, select, textarea, label, summary, [contenteditable]",
    );
    const selecting = !(getSelection()?.isCollapsed ?? true);
    if (itsOwn) return; // a press on a link or a button means that link or button
    const mark = selecting ? null : hit(event.clientX, event.clientY, this.#marks, this.#index)[0];
    if (mark) this.#pin(mark, false);
    else if (this.#open) this.close();
  }

  #key(event: KeyboardEvent): void {
    if (!event.isTrusted) return;
    if (event.key === "Escape" && this.#open) {
      this.close();
      event.stopPropagation();
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !isTyping(event)) {
      const by = event.code === "KeyN" ? 1 : event.code === "KeyP" ? -1 : 0;
      if (by === 0 || this.#marks.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      this.#step(by);
    }
  }

  /** The next or previous note; from nowhere, the first at or after what is on screen. */
  #step(by: 1 | -1): void {
    const total = this.#marks.length;
    const open = this.#open;
    const from = open ? this.#marks.indexOf(open.mark) : this.#firstOnScreen() - (by === 1 ? 1 : 0);
    const mark = this.#marks[(from + by + total) % total];
    if (mark) this.#pin(mark, true);
  }

  #firstOnScreen(): number {
    const found = this.#marks.findIndex(mark => (mark.ranges[0]?.getBoundingClientRect().bottom ?? -1) > 0);
    return Math.max(found, 0);
  }

  #preview(mark: Mark): void {
    this.#open = { mark, pinned: false, back: null };
    focus(mark);
    this.#render();
  }

  #pin(mark: Mark, move: boolean): void {
    clearTimeout(this.#timer);
    const back = this.#open?.back ?? this.#root.activeElement ?? document.activeElement;
    this.#open = { mark, pinned: true, back };
    focus(mark);
    if (move) bringIntoView(mark);
    this.#render();
    if (move) this.#card()?.focus({ preventScroll: true });
  }

  #card(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(".card");
  }

  #render(): void {
    // A page may have thrown it out or carried it elsewhere. It comes back for a reader's sake, not on a
    // watch of its own: two watches against each other would never rest.
    if (this.#host.parentNode !== document.documentElement) document.documentElement.append(this.#host);
    render(this.#view(), this.#root.lastElementChild as Element);
    this.#place();
    if (this.open === this.#told) return;
    this.#told = this.open;
    this.#opened(this.open);
  }

  #view(): ComponentChild {
    const total = this.#marks.length;
    const open = this.#open;
    return (
      <>
        {this.#list && <p class="said" role="status">{`Caveat: ${count(total, "note")} on this page`}</p>}
        {open &&
          h(Card, {
            key: open.mark.note.id,
            note: open.mark.note,
            number: this.#marks.indexOf(open.mark) + 1,
            of: total,
            changed: open.mark.changed,
            others: this.#marks
              .filter(mark => mark !== open.mark && mark.start < open.mark.end && open.mark.start < mark.end)
              .map(mark => mark.note),
            pinned: open.pinned,
            open: note => this.show(note.id),
            step: by => this.#step(by),
            close: () => this.close(),
          })}
      </>
    );
  }

  /** Below the last line of the words, or above the first where there is more room; never on them. */
  #place(): void {
    const card = this.#card();
    const boxes = this.#open?.mark.ranges.flatMap(range => [...range.getClientRects()]) ?? [];
    const first = boxes[0];
    const last = boxes[boxes.length - 1];
    if (!card || !first || !last) return;
    const origin = this.#host.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const height = window.innerHeight;
    const top = Math.min(...boxes.map(box => box.top));
    const bottom = Math.max(...boxes.map(box => box.bottom));
    const below = height - bottom - GAP - 8;
    const above = top - GAP - 8;
    const { style } = card;
    style.maxHeight = "";
    const wanted = card.offsetHeight;
    const isAbove = wanted > below && above > below && bottom > 0;
    style.maxHeight = `${Math.max(isAbove ? above : below, Math.min(wanted, 240))}px`;
    const left = Math.min(
      Math.max(boxes.length > 1 ? last.left : first.left, 8),
      Math.max(8, width - card.offsetWidth - 8),
    );
    style.left = `${left - origin.left}px`;
    style.top = `${(isAbove ? top - GAP - card.offsetHeight : bottom + GAP) - origin.top}px`;
  }
}

function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
