/**
 * What a reader tells of its notes: each with its words and where to look, those on the whole article
 * apart, in reading order, and which of them have a place in the page; and what its reader has hidden.
 */
import type { Note, PageNote } from "../shared/analysis";
import type { Article } from "../shared/article";
import type { Answer } from "../shared/ask";
import { say } from "../shared/catalogue";
import type { People } from "../shared/community";
import type { Listed, Overview, Reading } from "../shared/messages";
import { type Chosen, hiding } from "../shared/shown";
import type { Mark } from "./marks";

interface Told {
  readonly article: Article;
  readonly answer: Answer;
  readonly marks: readonly Mark[];
  /** Text the page has got since: nobody has asked for it to be read. */
  readonly growth: { readonly characters: number };
  readonly chosen: Chosen;
  readonly people: Pick<People, "isMissed">;
}

export function reading({ answer, marks, growth, chosen, people }: Omit<Told, "article">): Reading {
  const { analysis, sent } = answer;
  const placed = new Map(marks.map(mark => [mark.note.id, mark]));
  const hides = hiding(chosen);
  // What was written for another page is none of this one's where its words are not.
  const notes = analysis.notes
    .filter(({ id, people }) => !people?.elsewhere || placed.has(id))
    .map(note => inText(note, placed.get(note.id)));
  const pageNotes = analysis.pageNotes.map(onWhole);
  return {
    listings: analysis.listings,
    coverage: analysis.coverage,
    unread: analysis.unread,
    sent: { ...sent, of: sent.of + growth.characters },
    notes: notes.filter(note => !hides({ ...note, author: note.people?.author })),
    pageNotes: pageNotes.filter(note => !hides(note)),
    hidden: [...pageNotes, ...notes].flatMap(note => {
      const by = hides({ ...note, author: note.people?.author });
      return by ? [{ note, by }] : [];
    }),
    // Whoever does not want to see them misses nothing.
    isMissingPeople: people.isMissed && chosen.people,
  };
}

export function overview(told: Told, open: string | null, page: Location): Overview {
  const { text, context } = told.article;
  return {
    title: context.title || document.title || say("no_title"),
    address: page.origin + page.pathname + page.search,
    language: told.answer.analysis.language,
    text,
    reading: reading(told),
    claims: told.answer.analysis.claims,
    open,
  };
}

function onWhole({ id, signal, message, question, evidence, look }: PageNote): Listed {
  const { name, family, level } = signal;
  const nowhere = { words: "", inPage: false, changed: null, at: null };
  return { id, signal: signal.id, name, family, level, message, question, evidence, look, ...nowhere };
}

function inText(note: Note, mark: Mark | undefined): Listed {
  const { start, end, quote, people } = note;
  return {
    ...onWhole(note),
    ...(people && {
      people: {
        author: people.author,
        status: people.status,
        reason: people.reason,
        mine: people.mine,
        appeal: people.appeal,
        ...(people.elsewhere && { elsewhere: people.elsewhere }),
      },
    }),
    words: quote.exact,
    inPage: mark !== undefined,
    changed: mark?.changed ?? null,
    at: { start, end, quote },
  };
}
