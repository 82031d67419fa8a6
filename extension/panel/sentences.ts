/**
 * The sentences of an article that carry notes, for the print sheet.
 *
 * In: the text that was read and its notes. Out: the sentences in reading order, each with its notes and
 * cut into pieces where notes begin and end. A note that runs over a full stop makes one of two sentences.
 */
import type { Listed } from "../shared/messages";

export interface Piece {
  readonly words: string;
  /** The notes on these words. */
  readonly notes: readonly Listed[];
}

export interface Sentence {
  readonly pieces: readonly Piece[];
  readonly notes: readonly Listed[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export function markedSentences(text: string, language: string | null, notes: readonly Listed[]): Sentence[] {
  const placed = notes.flatMap(note => (note.at ? [{ note, ...note.at }] : []));
  const spans: Span[] = [];
  for (const span of sentences(text, language)) {
    const last = spans.at(-1);
    const joined = last && placed.some(({ start, end }) => start < last.end && end > span.start);
    if (joined) spans[spans.length - 1] = { start: last.start, end: span.end };
    else spans.push(span);
  }
  return spans.flatMap(span => {
    const on = placed.filter(({ start, end }) => start < span.end && end > span.start);
    if (on.length === 0) return [];
    const cuts = new Set([span.start, span.end]);
    for (const { start, end } of on) {
      cuts.add(Math.max(start, span.start));
      cuts.add(Math.min(end, span.end));
    }
    const at = [...cuts].sort((a, b) => a - b);
    const pieces = at.slice(0, -1).map((start, number) => ({
      words: text.slice(start, at[number + 1]),
      notes: on.filter(other => other.start <= start && other.end > start).map(({ note }) => note),
    }));
    return [{ pieces, notes: on.map(({ note }) => note) }];
  });
}

/** Without the white space between them. */
function sentences(text: string, language: string | null): Span[] {
  const segmenter = new Intl.Segmenter(language ?? "en", { granularity: "sentence" });
  return [...segmenter.segment(text)].flatMap(({ segment, index }) => {
    const words = segment.trim();
    const start = index + segment.indexOf(words);
    return words ? [{ start, end: start + words.length }] : [];
  });
}
