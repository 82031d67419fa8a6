/**
 * The reader: what is put into a page when its reader presses the button, and not before.
 *
 * It answers the background: "find" gives the article, "show" paints an answer, "open" opens a card,
 * "clear" leaves no trace. A panel that connects is told what there is to list. It talks to no server. It
 * keeps its marks true while the page changes: words that move are followed, words that go lose their mark,
 * words that come back get it back, another article ends them all. Text that is new is counted, and not
 * sent until somebody asks.
 */

import type { Article } from "../shared/article";
import type { Answer } from "../shared/ask";
import {
  type Found,
  PANEL,
  type Reading,
  type ToBackground,
  type ToPanel,
  type ToReader,
} from "../shared/messages";
import { type Extraction, extracting } from "./extract";
import { Growth } from "./growth";
import { Margin } from "./host";
import { holds, type Mark, placing } from "./marks";
import { overview, reading } from "./overview";
import { clear, isDark, painting } from "./paint";
import { inSlices } from "./slices";
import type { TextIndex } from "./text-index";
import { address, Watch } from "./watch";

/** The article that was found last: sent, or about to be. */
interface Story {
  readonly article: Article;
  readonly index: TextIndex;
  readonly root: Element;
  /** The document or shadow root it stands in. */
  readonly tree: Node;
  readonly growth: Growth;
  readonly address: string;
}

interface Session {
  /** What was read: the page may have changed since. */
  readonly article: Article;
  readonly answer: Answer;
  readonly margin: Margin;
  readonly growth: Growth;
  readonly guard: Watch;
  marks: readonly Mark[];
}

class Reader {
  #found: Story | null = null;
  #session: Session | null = null;
  readonly #panels = new Set<chrome.runtime.Port>();

  async find(again: boolean): Promise<Found> {
    const extraction = await inSlices(extracting(document));
    if ("none" in extraction) return { kind: "none", reason: extraction.none };
    const { article, index, root, tree } = extraction;
    if (this.#session && !again && this.#session.growth.isSame(article.text)) {
      this.#session.growth.measure(article.text);
      await inSlices(painting(this.#session.marks)); // a page may have emptied the registry for its own ends
      return { kind: "known", reading: reading(this.#session) };
    }
    this.clear();
    this.#found = { article, index, root, tree, growth: new Growth(article.text, tree), address: address() };
    return { kind: "article", article, dark: isDark(root) };
  }

  async show(answer: Answer): Promise<Reading | null> {
    const found = this.#found;
    if (found?.address !== address()) return null; // the page has gone on while the server was reading
    const { article, index, root } = found;
    const marks = await inSlices(placing(answer.analysis.notes, index));
    await inSlices(painting(marks));
    if (this.#found !== found) {
      if (!this.#session) clear();
      return null;
    }
    const margin = new Margin(marks, index, {
      theme: isDark(root) ? "dark" : "light",
      list: true,
      opened: note => this.#tell({ kind: "opened", note }),
    });
    const guard = new Watch(found.tree, {
      changed: () => this.#refresh(),
      left: () => {
        this.clear();
        tell({ kind: "cleared" });
      },
    });
    const session = { article, answer, margin, guard, marks, growth: found.growth };
    this.#session = session;
    // The page may have built itself anew while the server was reading: the same words in other nodes.
    if (marks.length < answer.analysis.notes.length) await guard.look();
    this.#tellAll();
    return this.#session === session ? reading(session) : null;
  }

  /** The page is left. A browser may put it by whole, and not every browser tells the panels. */
  leave(): void {
    for (const panel of this.#panels) panel.disconnect();
    this.#panels.clear();
  }

  /** A page that was put by is shown again as it was. The button is not. */
  comeBack(): void {
    const session = this.#session;
    if (!session) return;
    tell({ kind: "changed", reading: reading(session) });
    void session.guard.look();
  }

  open(note: string): boolean {
    return this.#session?.margin.show(note) ?? false;
  }

  clear(): void {
    this.#session?.guard.stop();
    this.#session?.margin.destroy();
    this.#session = null;
    this.#found = null;
    clear();
    this.#tellAll();
  }

  /** A panel wants to know what there is, now and whenever it changes. */
  join(panel: chrome.runtime.Port): void {
    this.#panels.add(panel);
    panel.onDisconnect.addListener(() => this.#panels.delete(panel));
    panel.postMessage(this.#all());
  }

  #tell(message: ToPanel): void {
    for (const panel of this.#panels) panel.postMessage(message);
  }

  #tellAll(): void {
    if (this.#panels.size > 0) this.#tell(this.#all());
  }

  #all(): ToPanel {
    const session = this.#session;
    return { kind: "overview", overview: session && overview(session, session.margin.open, location) };
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
    const marks = await inSlices(placing(session.answer.analysis.notes, index));
    if (this.#session !== session || !this.#found || marks.length < holding.length) return;
    this.#found = { ...this.#found, index, root };
    await this.#repaint(session, marks, index);
  }

  async #repaint(session: Session, marks: readonly Mark[], index: TextIndex): Promise<void> {
    await inSlices(painting(marks));
    if (this.#session !== session) {
      if (!this.#session) clear();
      return;
    }
    session.marks = marks;
    session.margin.update(marks, index);
    this.#tellAll();
  }
}

function tell(message: ToBackground): void {
  // Nobody listens once the extension was updated, and that is fine.
  chrome.runtime.sendMessage(message).catch(() => undefined);
}

declare global {
  var caveatReader: Reader | undefined;
}

// Injected at every press; there is one reader a page.
if (!globalThis.caveatReader) {
  const reader = new Reader();
  globalThis.caveatReader = reader;
  chrome.runtime.onMessage.addListener((message: ToReader, sender, reply) => {
    if (sender.id !== chrome.runtime.id) return;
    const failed = (error: unknown) => {
      reply(null); // whoever asked must not wait for ever
      throw error;
    };
    if (message.kind === "find") void reader.find(message.again).then(reply, failed);
    else if (message.kind === "show") void reader.show(message.answer).then(reply, failed);
    else if (message.kind === "open") reply(reader.open(message.note));
    else if (message.kind === "clear") reply(reader.clear());
    return message.kind === "find" || message.kind === "show";
  });
  addEventListener("pagehide", () => reader.leave());
  addEventListener("pageshow", event => event.persisted && reader.comeBack());
  chrome.runtime.onConnect.addListener(port => {
    if (port.sender?.id === chrome.runtime.id && port.name === PANEL) reader.join(port);
  });
}
