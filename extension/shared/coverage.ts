/** The coverage line: what was looked at before what was found. */
import type { Coverage, Level } from "./analysis";

export function coverageLine(coverage: Coverage, notes: readonly { level: Level }[]): [string, string[]] {
  const questions = notes.filter(note => note.level === "question").length;
  return [
    count(coverage.claims, "claim"),
    [
      coverage.claims
        ? `${coverage.named} with a named source`
        : `${count(coverage.sentences, "sentence")} read`,
      questions === 0 ? "nothing worth a question" : `${questions} worth a question`,
    ],
  ];
}

export function count(number: number, thing: string): string {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}
