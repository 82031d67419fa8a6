/**
 * Cards beside the marks: when they open, where they stand, how they are reached.
 *
 * In: marks and their text index. One element is appended to <html>, outside the body, with a closed
 * shadow root; nothing else of the document changes. Pointer: resting on a mark shows its card, a
 * click keeps it. Keyboard: a list of buttons in reading order, Escape, and `step()` for whoever has
 * keys. Out of the way: `destroy()` takes everything away again.
 */
import { type ComponentChild, h, render } from "preact";
import { say, sayCount } from "../shared/catalogue";
import type { Ask } from "../shared/errands";
import type { NoteKeys } from "../shared/messages";
import { bringIntoView } from "./bring-into-view";
import { Card } from "./card";
import { copy } from "./clipboard";
import type { Doing } from "./footer";
import { follow, type Hand } from "./hand";
import { hit } from "./hit";
import { HostElement } from "./host-element";
import type { Mark } from "./marks";
import { NoteList, type Told } from "./note-list";
import type { Offers, Undo } from "./offers";
import { focus } from "./paint";
import { raise } from "./raise";
import { seat } from "./seat";
import { Shifts } from "./shifts";
import { later } from "./slices";
import { step } from "./steps";
import { below, type Taken, TakenAway } from "./taken";
import type { TextIndex } from "./text-index";
import type { Theme } from "./theme";

interface Open {
  readonly mark: Mark;
  readonly pinned: boolean;
  /** Where the focus was, to give it back. */
  readonly back: Element | null;
}

interface Options {
  /** Null: what the document's color-scheme says. */
  readonly theme: Theme | null;
  readonly list: boolean;
  readonly keys: NoteKeys;
  /** What a reader may do with notes for good. */
  readonly offers?: Offers;
  /** Has people's notes rated and reported. */
  readonly ask?: Ask;
  /** What asks for people's notes again, where they did not come; null where nothing is missed. */
  readonly missed?: () => (() => Promise<void>) | null;
  /** Told of the note whose card has opened, and of none when it has closed. */
  readonly opened?: (note: string | null) => void;
}

export class Margin {
  readonly #shelter: HostElement;
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #drawn = document.createElement("div");
  #marks: readonly Mark[];
  #index: TextIndex;
  #open: Open | null = null;
  readonly #listening = new AbortController();
  readonly #hand: Hand;
  /** None where the page shows a list of its own. */
  readonly #list: NoteList | null;
  readonly #options: Options;
  #told: string | null = null;
  #taken: Taken | null = null;
  /** How many notes there are, said once; a region that is there from the start is heard when it is filled. */
  #announced = "";
  readonly #shifts = new Shifts(() => this.#place());

  constructor(marks: readonly Mark[], index: TextIndex, options: Options) {
    this.#options = options;
    this.#list = options.list ? new NoteList(this.#listed()) : null;
    this.#marks = marks;
    this.#index = index;
    this.#shelter = new HostElement(options.theme);
    this.#host = this.#shelter.element;
    this.#root = this.#shelter.root;
    if (this.#list) this.#shelter.inside.append(this.#list.element);
    this.#shelter.inside.append(this.#drawn);
    this.#hand = this.#follow();
    this.#list?.show(marks);
    this.#render();
    later(0, () => {
      if (this.#listening.signal.aborted) return;
      const missed = options.missed?.() ? say("people_missed") : "";
      this.#announced = `${sayCount("notes_on_page", marks.length)} ${missed}`.trim();
      this.#render();
    });
  }

  wear(theme: Theme): void {
    this.#shelter.wear(theme);
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
    this.#list?.show(marks);
    if (this.#open && !still) this.#unpreview();
    else {
      if (this.#open && still) this.#open = { ...this.#open, mark: still };
      focus(this.#open?.mark ?? null);
      this.#render();
    }
  }

  /** Open a note's card for good, bring its words into view and move the focus into it. */
  show(id: string): boolean {
    const mark = this.#mark(id);
    if (mark) this.#pin(mark, true);
    return Boolean(mark);
  }

  close(): void {
    this.#hand.callOff();
    const { back } = this.#open ?? this.#taken ?? {};
    const inside = this.#root.activeElement !== null;
    this.#open = this.#taken = null;
    focus(null);
    this.#render();
    if (inside && back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
  }

  destroy(): void {
    this.#hand.callOff();
    this.#listening.abort();
    this.#shifts.of(null);
    focus(null);
    render(null, this.#drawn);
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

  #follow(): Hand {
    return follow(
      {
        host: this.#host,
        at: (x, y) => hit(x, y, this.#marks, this.#index)[0] ?? null,
        open: () => this.#open,
        isShown: () => this.#open !== null || this.#taken !== null,
        rested: mark => (mark ? this.#preview(mark) : this.#unpreview()),
        pressed: mark => this.#pin(mark, false),
        // Whoever presses something on a card wants it to stay.
        pressedInside: () => {
          if (this.#open && !this.#open.pinned) this.#open = { ...this.#open, pinned: true };
        },
        close: () => this.close(),
        moved: () => this.#place(),
      },
      this.#listening.signal,
    );
  }

  step(by: 1 | -1): void {
    const mark = step(this.#marks, this.#open?.mark ?? null, by);
    if (mark) this.#pin(mark, true);
  }

  #preview(mark: Mark): void {
    this.#open = { mark, pinned: false, back: null };
    focus(mark);
    this.#render();
  }

  /** The pointer has gone on. What was taken away, and its way back, stays where it stands. */
  #unpreview(): void {
    if (!this.#taken) this.close();
    else {
      this.#open = null;
      focus(null);
      this.#render();
    }
  }

  #pin(mark: Mark, move: boolean): void {
    this.#hand.callOff();
    const before = this.#open ?? this.#taken;
    const back = before?.back ?? this.#root.activeElement ?? document.activeElement;
    this.#taken = null;
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
    raise(this.#host, this.#shelter.inside, this.open !== null && this.open !== this.#told);
    render(this.#view(), this.#drawn);
    this.#place();
    this.#shifts.of(this.#open?.mark.ranges[0] ?? null);
    if (this.open === this.#told) return;
    this.#told = this.open;
    this.#options.opened?.(this.open);
  }

  #view(): ComponentChild {
    const total = this.#marks.length;
    const open = this.#open;
    return (
      <>
        {this.#list && (
          <p class="said" role="status">
            {this.#announced}
          </p>
        )}
        {this.#taken && <TakenAway taken={this.#taken} origin={this.#host.getBoundingClientRect()} />}
        {open &&
          h(Card, {
            key: open.mark.note.id,
            note: open.mark.note,
            number: this.#marks.indexOf(open.mark) + 1,
            of: total,
            changed: open.mark.changed,
            others: this.#marks.filter(
              mark => mark !== open.mark && mark.start < open.mark.end && open.mark.start < mark.end,
            ),
            pinned: open.pinned,
            open: note => this.show(note.id),
            keys: this.#options.keys,
            ask: this.#options.ask ?? null,
            missed: this.#options.missed?.() ?? null,
            resized: () => this.#place(),
            doing: this.#options.offers ? this.#doing(open, this.#options.offers) : null,
            step: by => this.step(by),
            close: () => this.close(),
          })}
      </>
    );
  }

  #doing(open: Open, { notUseful, hideKind, link }: Offers): Doing {
    const { note } = open.mark;
    return {
      notUseful: () => this.#take(open, say("taken_note"), notUseful(note)),
      hideKind: () => this.#take(open, say("taken_kind", note.signal.name), hideKind(note)),
      copyLink: () => copy(link(open.mark), this.#root),
    };
  }

  /** The open card's note is being taken away: in the place of the card stands the way back. */
  #take({ mark, back }: Open, said: string, taking: Promise<Undo>): void {
    const { signal } = this.#listening;
    const bar = (said: string, undo: Taken["undo"]) => {
      if (signal.aborted) return; // the marks were cleared meanwhile
      this.#open = null;
      this.#taken = { said, ...below(mark), back, undo };
      focus(null);
      this.#render();
      const way = this.#root.querySelector<HTMLElement>(".taken button") ?? back;
      if (way instanceof HTMLElement) way.focus({ preventScroll: true });
    };
    const undone = async () => {
      await (await taking)();
      if (signal.aborted) return;
      if (!this.show(mark.note.id)) this.close();
    };
    const failed = () => bar(say("card_not_kept"), null);
    bar(said, () => void undone().catch(failed));
    taking.catch(failed);
  }

  #place(): void {
    const card = this.#card();
    if (card && this.#open) seat(card, this.#open.mark.ranges);
  }
}
