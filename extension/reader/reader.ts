/**
 * The reader: what is put into a page when its reader presses the button, and not before.
 *
 * It answers the background: "find" gives the article, "show" paints an answer, "open" opens a card,
 * "clear" leaves no trace. A panel that connects is told what there is to list. It talks to no server. It keeps its marks true while the page changes:
 * words that move are followed, words that go lose their mark, another article ends them all.
 */

import type { Article } from "../shared/article";
import type { Answer } from "../shared/ask";
import { type Found, PANEL, type Reading, type ToPanel, type ToReader } from "../shared/messages";
import { extract } from "./extract";
import { Margin } from "./host";
import { holds, type Mark, place } from "./marks";
import { overview, reading } from "./overview";
import { clear, isDark, paint } from "./paint";
import type { TextIndex } from "./text-index";
import { watch } from "./watch";

interface Session {
  /** What was read: the page may have changed since. */
  readonly article: Article;
  readonly answer: Answer;
  readonly margin: Margin;
  readonly stop: () => void;
  marks: readonly Mark[];
}

class Reader {
  #found: { article: Article; index: TextIndex; root: Element } | null = null;
  #session: Session | null = null;
  readonly #panels = new Set<chrome.runtime.Port>();

  find(again: boolean): Found {
    const extraction = extract(document);
    if ("none" in extraction) return { kind: "none", reason: extraction.none };
    const { article, index, root } = extraction;
    if (this.#session && !again && this.#found?.index.text === article.text) {
      return { kind: "known", reading: reading(this.#session) };
    }
    this.clear();
    this.#found = { article, index, root };
    return { kind: "article", article, dark: isDark(root) };
  }

  show(answer: Answer): Reading | null {
    const found = this.#found;
    if (!found) return null;
    const marks = place(answer.analysis.notes, found.index);
    paint(marks);
    const margin = new Margin(marks, found.index, {
      theme: isDark(found.root) ? "dark" : "light",
      list: true,
      opened: note => this.#tell({ kind: "opened", note }),
    });
    const stop = watch(found.root, {
      changed: () => this.#refresh(),
      left: () => {
        this.clear();
        void chrome.runtime.sendMessage({ kind: "cleared" });
      },
    });
    this.#session = { article: found.article, answer, margin, stop, marks };
    this.#tellAll();
    return reading(this.#session);
  }

  open(note: string): boolean {
    return this.#session?.margin.show(note) ?? false;
  }

  clear(): void {
    this.#session?.stop();
    this.#session?.margin.destroy();
    this.#session = null;
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
  #refresh(): void {
    const session = this.#session;
    const found = this.#found;
    if (!session || !found) return;
    if (!session.marks.every(mark => holds(mark, found.index))) {
      const extraction = extract(document);
      if ("none" in extraction) session.marks = session.marks.filter(mark => holds(mark, found.index));
      else {
        this.#found = extraction;
        session.marks = place(session.answer.analysis.notes, extraction.index);
      }
      paint(session.marks);
      this.#tellAll();
    }
    session.margin.update(session.marks, (this.#found ?? found).index);
  }
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
    if (message.kind === "find") reply(reader.find(message.again));
    else if (message.kind === "show") reply(reader.show(message.answer));
    else if (message.kind === "open") reply(reader.open(message.note));
    else if (message.kind === "clear") reply(reader.clear());
  });
  chrome.runtime.onConnect.addListener(port => {
    if (port.sender?.id === chrome.runtime.id && port.name === PANEL) reader.join(port);
  });
}
