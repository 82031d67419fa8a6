/**
 * The list of the notes for keyboards and screen readers: a landmark of buttons in reading order.
 *
 * In: the marks, now and whenever they change. Out: an element, filled in slices: a long article has
 * thousands of notes, and a page must not stand still for their buttons. A button stays the same one
 * as long as its note is there, so that the focus stays on it.
 */
import { say } from "../shared/catalogue";
import { shortened } from "../shared/shortened";
import type { Mark } from "./marks";
import { inSlices } from "./slices";

const PIECE = 20; // buttons that are laid out together

export interface Told {
  /** A note's button has the focus, or none has. */
  focused(note: string | null): void;
  pressed(note: string): void;
}

export class NoteList {
  readonly element = document.createElement("nav");
  readonly #list = document.createElement("ol");
  readonly #items = new Map<string, HTMLLIElement>();
  #marks: readonly Mark[] = [];

  constructor(told: Told) {
    this.element.className = "notes";
    this.element.dataset.caveat = "notes";
    this.element.setAttribute("aria-label", say("list_label"));
    this.element.append(this.#list);
    this.element.addEventListener("focusin", event => told.focused(noteOf(event)));
    this.element.addEventListener("focusout", () => told.focused(null));
    this.element.addEventListener("click", event => {
      const note = noteOf(event);
      if (note !== null) told.pressed(note);
    });
  }

  show(marks: readonly Mark[]): void {
    this.#marks = marks;
    void inSlices(this.#filling(marks));
  }

  *#filling(marks: readonly Mark[]): Generator<void, void> {
    const there = new Set(marks.map(mark => mark.note.id));
    for (const [note, item] of this.#items) {
      if (there.has(note)) continue;
      item.remove();
      this.#items.delete(note);
    }
    let next = this.#list.firstElementChild;
    for (const [at, mark] of marks.entries()) {
      if (at % PIECE === 0) void this.element.offsetHeight; // laid out here and now, a slice counts it
      yield;
      if (this.#marks !== marks) return; // they have changed again meanwhile
      const item = this.#item(mark.note.id);
      const button = item.firstElementChild as HTMLElement;
      const words = label(mark, at, marks.length);
      if (button.textContent !== words) button.textContent = words;
      if (item === next) next = next.nextElementSibling;
      else this.#list.insertBefore(item, next);
    }
  }

  #item(note: string): HTMLLIElement {
    let item = this.#items.get(note);
    if (!item) {
      item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.note = note;
      item.append(button);
      this.#items.set(note, item);
    }
    return item;
  }
}

function label({ note }: Mark, at: number, of: number): string {
  const name = note.people ? say("people_named", note.signal.name) : note.signal.name;
  return say("list_entry", at + 1, of, name, shortened(note.quote.exact));
}

function noteOf({ target }: Event): string | null {
  return target instanceof HTMLElement ? (target.dataset.note ?? null) : null;
}
