/**
 * The reader: what is put into a page when its reader presses the button, and not before.
 *
 * It answers the background: "find" gives the article, "show" paints an answer, "open" opens a card,
 * "clear" leaves no trace. It talks to no server. It keeps its marks true while the page changes:
 * words that move are followed, words that go lose their mark, another article ends them all.
 */
import type { Answer } from "../shared/ask";
import type { Found, Listed, Reading, ToReader } from "../shared/messages";
import { extract } from "./extract";
import { Margin, shortened } from "./host";
import { holds, type Mark, place } from "./marks";
import { clear, isDark, paint } from "./paint";
import type { TextIndex } from "./text-index";
import { watch } from "./watch";

interface Session {
  readonly answer: Answer;
  readonly margin: Margin;
  readonly stop: () => void;
  marks: readonly Mark[];
}

class Reader {
  #found: { index: TextIndex; root: Element } | null = null;
  #session: Session | null = null;

  find(again: boolean): Found {
    const extraction = extract(document);
    if ("none" in extraction) return { kind: "none", reason: extraction.none };
    const { article, index, root } = extraction;
    if (this.#session && !again && this.#found?.index.text === article.text) {
      return { kind: "known", reading: this.#reading(this.#session) };
    }
    this.clear();
    this.#found = { index, root };
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
    });
    const stop = watch(found.root, {
      changed: () => this.#refresh(),
      left: () => {
        this.clear();
        void chrome.runtime.sendMessage({ kind: "cleared" });
      },
    });
    this.#session = { answer, margin, stop, marks };
    return this.#reading(this.#session);
  }

  open(note: string): boolean {
    return this.#session?.margin.show(note) ?? false;
  }

  clear(): void {
    this.#session?.stop();
    this.#session?.margin.destroy();
    this.#session = null;
    clear();
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
        this.#found = { index: extraction.index, root: extraction.root };
        session.marks = place(session.answer.analysis.notes, extraction.index);
      }
      paint(session.marks);
    }
    session.margin.update(session.marks, (this.#found ?? found).index);
  }

  #reading({ answer, marks }: Session): Reading {
    const { analysis, sent } = answer;
    const inPage = new Set(marks.map(mark => mark.note.id));
    const listed = (note: (typeof analysis.pageNotes)[number], words: string, isInPage: boolean): Listed => ({
      id: note.id,
      name: note.signal.name,
      family: note.signal.family,
      level: note.signal.level,
      words: shortened(words, 90),
      message: note.message,
      inPage: isInPage,
    });
    return {
      coverage: analysis.coverage,
      unread: analysis.unread,
      sent,
      notes: analysis.notes.map(note => listed(note, note.quote.exact, inPage.has(note.id))),
      pageNotes: analysis.pageNotes.map(note => listed(note, "", false)),
    };
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
}
