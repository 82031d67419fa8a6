/** The coverage line: what was looked at before what was found. */
import type { Coverage, Level } from "./analysis";
import { say, sayCount } from "./catalogue";

interface Counted {
  readonly level: Level;
  /** Where a person wrote it: such notes are counted apart. */
  readonly people?: unknown;
}

export function coverageLine(coverage: Coverage, notes: readonly Counted[]): [string, string[]] {
  const questions = notes.filter(note => note.level === "question" && !note.people).length;
  const written = notes.filter(note => note.people).length;
  return [
    sayCount("claims", coverage.claims),
    [
      coverage.claims ? say("named_sources", coverage.named) : sayCount("sentences_read", coverage.sentences),
      questions === 0 ? say("nothing_to_ask") : say("to_ask", questions),
      ...(written > 0 ? [sayCount("people_count", written)] : []),
    ],
  ];
}
