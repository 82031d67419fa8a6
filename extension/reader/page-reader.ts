/**
 * What was read in a page and what is shown of it: found, painted, and kept true while the page changes.
 *
 * In: what the background asks (reader.ts), and the page as it changes by itself: words that move are
 * followed, words that go lose their mark, words that come back get it back, another article ends them all.
 * Text that is new is counted, and not sent until somebody asks. What its reader has chosen not to see is
 * placed, and neither painted nor counted.
 */

import type { Article } from "../shared/article";
import type { Answer, Problem } from "../shared/ask";
import { ask } from "../shared/asking";
import type { Claim } from "../shared/claims";
import type { People } from "../shared/community";
import type { Found, Look, NoteKeys, Reading, ToPanel } from "../shared/messages";
import { type Settings, settings } from "../shared/settings";
import { hiding } from "../shared/shown";
import { type Extraction, extracting } from "./extract";
import { linkTo } from "./fragment";
import { Growth } from "./growth";
import { Margin } from "./host";
import { withoutOwn } from "./listings";
import { LookWatch, lookOf } from "./look";
import { holds, type Mark, placing } from "./marks";
import { offers } from "./offers";
import { overview, reading } from "./overview";
import { clear, painting } from "./paint";
import { Panels } from "./panels";
import { withPeople } from "./people";
import { inSlices } from "./slices";
import { tell, told } from "./telling";
import type { TextIndex } from "./text-index";
import { Trouble } from "./trouble";
import { address, here, Watch } from "./watch";

/** The article that was found last: sent, or about to be. */
interface Story {
  readonly article: Article;
  readonly index: TextIndex;
  readonly root: Element;
  /** The document or shadow root it stands in. */
  readonly tree: Node;
  readonly growth: Growth;
  readonly address: string;
  /** How it was to be dressed. */
  readonly look: Look;
}

interface Session {
  /** What was read: the page may have changed since. */
  readonly article: Article;
  /** As the server gave it, and with people's notes in it. */
  readonly answered: Answer;
  answer: Answer;
  people: People;
  readonly margin: Margin;
  readonly growth: Growth;
  readonly guard: Watch;
  readonly looks: LookWatch;
  /** All of them, those that its reader does not see as well. */
  marks: readonly Mark[];
  chosen: Settings;
}

export class Reader {
  #found: Story | null = null;
  #session: Session | null = null;
  /** How often its reader has chosen anew. */
  #choices = 0;
  #trouble: Trouble | null = null;
  readonly #panels = new Panels(() => this.#all());
  /** The article is in a frame of this page, and the reader there speaks for both. */
  #isAside = false;

  async find(again: boolean): Promise<Found> {
    const extraction = await inSlices(extracting(document));
    this.#isAside = "none" in extraction && extraction.none === "frame";
    if (this.#isAside) this.leave();
    if ("none" in extraction) return { kind: "none", reason: extraction.none };
    const { article, index, root, tree } = extraction;
    if (this.#session && !again && this.#session.growth.isSame(article.text)) {
      this.#session.growth.measure(article.text);
      await inSlices(painting(seen(this.#session))); // a page may have emptied the registry for its own ends
      return { kind: "known", reading: reading(this.#session) };
    }
    this.#drop();
    const look = await lookOf(index, root);
    const growth = new Growth(article.text, tree);
    this.#found = { article, index, root, tree, growth, address: address(), look };
    return { kind: "article", article, look };
  }

  async show(given: Answer, people: People, keys: NoteKeys): Promise<Reading | null> {
    this.#trouble?.destroy();
    const found = this.#found;
    if (found?.address !== address()) return null; // the page has gone on while the server was reading
    const { article, index, look } = found;
    const answered = withoutOwn(given, here().hostname);
    const answer = withPeople(answered, people, article.text);
    const marks = await inSlices(placing(answer.analysis.notes, index, article.text));
    const choices = this.#choices;
    const chosen = await settings(chrome.storage.local);
    const shown = seen({ marks, chosen });
    await inSlices(painting(shown));
    if (this.#found !== found) {
      if (!this.#session) clear();
      return null;
    }
    const margin = new Margin(shown, index, {
      theme: look.theme,
      list: true,
      keys,
      offers: this.#offers(answer.analysis.engine),
      ask,
      missed: () =>
        this.#session?.people.isMissed && this.#session.chosen.people ? () => this.askPeople() : null,
      opened: note => {
        if (note) void looks.look();
        this.#panels.tell({ kind: "opened", note });
      },
    });
    const looks = new LookWatch(
      look,
      () => lookOf(this.#found?.index ?? index, this.#found?.root ?? document.documentElement),
      now => {
        margin.wear(now.theme);
        tell({ kind: "dress", look: now });
      },
    );
    const guard = new Watch(found.tree, {
      changed: () => this.#refresh(),
      left: () => {
        this.clear();
        tell({ kind: "cleared" });
      },
    });
    const { growth } = found;
    const session = { article, answered, answer, people, margin, guard, looks, marks, chosen, growth };
    this.#session = session;
    // Its reader may have chosen anew in the meantime, and the page may have put on another theme, or
    // built itself anew: the same words in other nodes.
    if (this.#choices !== choices) await this.choose();
    void looks.look();
    const isWhole = marks.length === answer.analysis.notes.length && marks.every(mark => holds(mark, index));
    if (!isWhole) await guard.look();
    this.#panels.tellAll();
    return this.#session === session ? reading(session) : null;
  }

  /** The reader has chosen anew what to see, here or elsewhere. */
  async choose(): Promise<void> {
    this.#choices++;
    const session = this.#session;
    if (!session) return;
    session.chosen = await settings(chrome.storage.local);
    if (this.#session !== session || !this.#found) return;
    await this.#repaint(session, session.marks, this.#found.index);
    if (this.#session === session) tell({ kind: "changed", reading: reading(session) });
  }

  /** What people wrote did not come with the reading: ask once more. */
  async askPeople(): Promise<void> {
    const session = this.#session;
    if (!session?.people.isMissed) return;
    const { article, answered } = session;
    const people = await told<People>({ kind: "people", text: article.text });
    if (!people || people.isMissed || this.#session !== session || !this.#found) return;
    session.people = people;
    session.answer = withPeople(answered, people, article.text);
    const { index } = this.#found;
    const marks = await inSlices(placing(session.answer.analysis.notes, index, article.text));
    if (this.#session !== session) return;
    await this.#repaint(session, marks, this.#found.index);
    if (this.#session === session) tell({ kind: "changed", reading: reading(session) });
  }

  /** The server did not answer for what was found. */
  failed(problem: Problem): void {
    if (!this.#found || this.#session) return;
    this.#trouble?.destroy();
    this.#trouble = new Trouble(problem, this.#found.look.theme, { retry: () => tell({ kind: "retry" }) });
  }

  /** Those that were read here and have something to look at. */
  get claims(): readonly Claim[] {
    return this.#session?.answer.analysis.claims ?? [];
  }

  step(by: 1 | -1): void {
    this.#session?.margin.step(by);
  }

  /** The page is left. A browser may put it by whole, and not every browser tells the panels. */
  leave(): void {
    this.#panels.hangUp();
  }

  /** A page that was put by is shown again as it was. The button is not; nor has it heard of choices since. */
  async comeBack(): Promise<void> {
    await this.choose();
    await this.#session?.looks.look();
    await this.#session?.guard.look();
  }

  open(note: string): boolean {
    return this.#session?.margin.show(note) ?? false;
  }

  clear(): void {
    this.#trouble?.destroy();
    this.#drop();
  }

  /** All that was found and shown; not the card that says what is being tried again. */
  #drop(): void {
    this.#session?.guard.stop();
    this.#session?.looks.stop();
    this.#session?.margin.destroy();
    this.#session = null;
    this.#found = null;
    clear();
    this.#panels.tellAll();
  }

  /** A panel wants to know what there is, now and whenever it changes. */
  join(panel: chrome.runtime.Port): void {
    if (!this.#isAside) this.#panels.join(panel); // to hang up would hang up for the frame's reader too
  }

  #all(): ToPanel {
    const session = this.#session;
    return { kind: "overview", overview: session && overview(session, session.margin.open, here()) };
  }

  /** The page has changed. Nothing is sent again: notes whose words moved are placed anew. */
  async #refresh(): Promise<void> {
    const session = this.#session;
    const found = this.#found;
    if (!session || !found) return;
    const holding = session.marks.filter(mark => holds(mark, found.index));
    const isShort = holding.length < session.answer.analysis.notes.length;
    const hasLost = holding.length < session.marks.length;
    // At once, before anything is looked for: a mark on other words must not stay for a moment.
    if (hasLost) await this.#repaint(session, holding, found.index);
    const hasNew = session.growth.hasNew();
    if (!hasNew && !hasLost) return;
    const extraction = await inSlices(extracting(document));
    if (this.#session !== session || "none" in extraction) return;
    session.growth.measure(extraction.article.text);
    if (isShort) await this.#follow(session, holding, extraction);
    if (this.#session === session) tell({ kind: "changed", reading: reading(session) });
  }

  /** Place the notes anew, unless more of them stand where they stood. */
  async #follow(
    session: Session,
    holding: readonly Mark[],
    { index, root }: Exclude<Extraction, { none: string }>,
  ): Promise<void> {
    const marks = await inSlices(placing(session.answer.analysis.notes, index, session.article.text));
    if (this.#session !== session || !this.#found || marks.length < holding.length) return;
    this.#found = { ...this.#found, index, root };
    await this.#repaint(session, marks, index);
  }

  async #repaint(session: Session, marks: readonly Mark[], index: TextIndex): Promise<void> {
    session.marks = marks;
    const { chosen } = session;
    const shown = seen(session);
    await inSlices(painting(shown));
    if (this.#session !== session) {
      if (!this.#session) clear();
      return;
    }
    // Another call was faster, and its lines have just been painted over.
    if (session.marks !== marks || session.chosen !== chosen)
      return this.#repaint(session, session.marks, (this.#found as Story).index);
    session.margin.update(shown, index);
    this.#panels.tellAll();
  }

  #offers(engine: string) {
    return offers({
      storage: () => chrome.storage.local,
      changed: () => this.choose(),
      told: ({ signal }) => tell({ kind: "not-useful", signal: signal.id, engine }),
      link: mark => {
        const { index, article } = this.#found as Story;
        return linkTo(here().href, index.text, mark, article.context.language ?? null);
      },
    });
  }
}

function seen({ marks, chosen }: Pick<Session, "marks" | "chosen">): Mark[] {
  const hides = hiding(chosen);
  return marks.filter(
    ({ note: { signal, quote, people } }) =>
      !hides({ ...signal, signal: signal.id, words: quote.exact, author: people?.author }),
  );
}
