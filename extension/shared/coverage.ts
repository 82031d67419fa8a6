/** The coverage line: what was looked at before what was found. */
import type { Coverage, Level } from "./analysis";
import { say, sayCount } from "./catalogue";

export function coverageLine(coverage: Coverage, notes: readonly { level: Level }[]): [string, string[]] {
  const questions = notes.filter(note => note.level === "question").length;
  return [
    sayCount("claims", coverage.claims),
    [
      coverage.claims ? say("named_sources", coverage.named) : sayCount("sentences_read", coverage.sentences),
      questions === 0 ? say("nothing_to_ask") : say("to_ask", questions),
    ],
  ];
}
