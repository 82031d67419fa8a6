/**
 * What people wrote about a page, put among the notes of the machine: found again, painted, listed and
 * opened in the same way.
 *
 * In: an answer, the page's annotations, the text that was read. Out: the answer with a note for each. An
 * annotation counts code points in the text its author saw, which may have been another: its words are
 * looked for like those of any note, and where they are lost it is listed without a place. Not so one that
 * was written for another page: where its words are not in this text, it has nothing to say here.
 */
import type { Note, Quote } from "../shared/analysis";
import type { Answer } from "../shared/ask";
import { type Annotation, onCard, type People, type Source } from "../shared/community";
import type { Evidence } from "../shared/evidence";
import { Offsets } from "../shared/offsets";
import { signalOf } from "../shared/signals";
import { anchor } from "./anchoring";
import { difference } from "./wording";

export function withPeople(answer: Answer, { annotations, isConnected }: People, read: string): Answer {
  if (annotations.length === 0) return answer;
  const { analysis, sent } = answer;
  const offsets = new Offsets(read);
  const written = annotations.flatMap(each => noteOf(each, read, offsets, sent.server, isConnected) ?? []);
  const notes = [...analysis.notes, ...written].sort((a, b) => a.start - b.start || a.end - b.end);
  return { ...answer, analysis: { ...analysis, notes } };
}

function noteOf(
  annotation: Annotation,
  read: string,
  offsets: Offsets,
  server: string,
  isConnected: boolean,
): Note | null {
  const { id, body, sources, mine, elsewhere } = annotation;
  const place = elsewhere ? here(annotation.quote, read) : there(annotation, offsets);
  if (!place) return null;
  return {
    id,
    signal: signalOf(annotation.signal),
    message: body,
    question: "",
    evidence: sources.map(asEvidence),
    look: [],
    ...place,
    // Of one from elsewhere the server did not hear who asked: it may be their own, or rated already.
    people: onCard(annotation, server, isConnected && !mine && !elsewhere),
  };
}

/** What people name as a source is an address and what they call it. */
function asEvidence({ url, title }: Source): Evidence {
  return { url, title: title || new URL(url).host, date: null, publisher: null, rating: null };
}

type Place = Pick<Note, "start" | "end" | "quote">;

function there({ start: points, quote }: Annotation, offsets: Offsets): Place {
  const start = offsets.toUtf16(points);
  return { start, end: start + quote.exact.length, quote };
}

const CONTEXT = 32; // characters on either side, as the server's own notes have them

/**
 * Words of another page in this text: the very words whatever stands around them, or most of them in the
 * place of all; the card then shows both. Other words in their place are another claim.
 */
function here(quote: Quote, read: string): Place | null {
  const { exact } = quote;
  const start = read.indexOf(exact);
  if (start >= 0) {
    const end = start + exact.length;
    const [prefix, suffix] = [
      read.slice(Math.max(0, start - CONTEXT), start),
      read.slice(end, end + CONTEXT),
    ];
    return { start, end, quote: { exact, prefix, suffix } };
  }
  const found = anchor(read, quote);
  if (!found) return null;
  const { head, tail, now } = difference(exact, read.slice(found.start, found.end));
  const isAlike = head.length + tail.length >= exact.length / 2 && now.length <= exact.length / 2;
  return isAlike ? { start: found.start, end: found.end, quote } : null;
}
