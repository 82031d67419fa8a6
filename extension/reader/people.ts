/**
 * What people wrote about a page, put among the notes of the machine: found again, painted, listed and
 * opened in the same way.
 *
 * In: an answer, the page's annotations, the text that was read. Out: the answer with a note for each. An
 * annotation counts code points in the text its author saw, which may have been another: its words are
 * looked for like those of any note, and where they are lost it is listed without a place.
 */
import type { Note } from "../shared/analysis";
import type { Answer } from "../shared/ask";
import type { Annotation, People } from "../shared/community";
import { Offsets } from "../shared/offsets";
import { signalOf } from "../shared/signals";

export function withPeople(answer: Answer, { annotations, isConnected }: People, read: string): Answer {
  if (annotations.length === 0) return answer;
  const { analysis, sent } = answer;
  const offsets = new Offsets(read);
  const written = annotations.map(each => noteOf(each, offsets, sent.server, isConnected));
  const notes = [...analysis.notes, ...written].sort((a, b) => a.start - b.start || a.end - b.end);
  return { ...answer, analysis: { ...analysis, notes } };
}

function noteOf(annotation: Annotation, offsets: Offsets, server: string, isConnected: boolean): Note {
  const { id, quote, body, sources, mine } = annotation;
  const start = offsets.toUtf16(annotation.start);
  return {
    id,
    signal: signalOf(annotation.signal),
    message: body,
    question: "",
    evidence: sources.map(({ url, title }) => ({ url, title: title || new URL(url).host, date: null })),
    look: [],
    start,
    end: start + quote.exact.length,
    quote,
    people: { ...annotation, mayRate: isConnected && !mine, address: `${server}/a/${id}` },
  };
}
