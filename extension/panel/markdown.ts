/**
 * All notes as Markdown (CommonMark), to paste somewhere else.
 *
 * What a page or a server said stays text: nothing of it makes a heading, a link or a tag, nothing runs
 * on to the next line, and words written from right to left turn no line around but themselves.
 */
import { howJudged } from "../reader/peoples-note";
import { say } from "../shared/catalogue";
import type { Elsewhere } from "../shared/community";
import { coverageLine } from "../shared/coverage";
import { attributed, type Evidence } from "../shared/evidence";
import type { Listed, Overview } from "../shared/messages";
import { apart } from "../shared/stranger";

export function markdown({ title, address, reading }: Overview, withAddress: boolean): string {
  const [claims, rest] = coverageLine(reading.coverage, [...reading.pageNotes, ...reading.notes]);
  return [
    `# ${text(title)}`,
    ...(withAddress ? [link(address, address)] : []),
    text([claims, ...rest].join(", ")),
    ...section(say("notes_on_the_whole"), reading.pageNotes),
    ...section(say("notes_in_the_text"), reading.notes),
    `*${text(say("sheet_foot"))}*`,
    "",
  ].join("\n\n");
}

function section(title: string, notes: readonly Listed[]): string[] {
  if (notes.length === 0) return [];
  return [`## ${title}`, ...notes.map((note, at) => item(note, at + 1))];
}

function item(note: Listed, number: number): string {
  const parts = [
    `**${text(note.name)}** (${say(`family_${note.family}`)})`,
    ...(note.words ? [`> ${text(note.words)}`] : []),
    ...(note.people ? [text(`${say("people_by", note.people.author)} ${howJudged(note.people)}`)] : []),
    ...(note.people?.elsewhere ? [elsewhere(note, note.people.elsewhere)] : []),
    text(note.message),
    ...(note.question ? [`*${text(note.question)}*`] : []),
    ...note.evidence.map(evidence => beside(note, evidence)),
    ...note.look.map(({ title, url }) => `- ${link(title, url)}`),
  ];
  const mark = `${number}. `;
  // Every part stands under the number, links as a list without gaps.
  return parts
    .map(
      (part, at) =>
        (at === 0 ? mark : `${part.startsWith("- ") ? "" : "\n"}${" ".repeat(mark.length)}`) + part,
    )
    .join("\n");
}

function elsewhere({ changed }: Listed, { title, url }: Elsewhere): string {
  const said = text(say(changed === null ? "people_elsewhere" : "people_elsewhere_like", "")).trim();
  const here = changed === null ? "" : ` ${say("wording_here")} ${text(say("in_quotes", changed))}`;
  return `${said} ${link(title, url)}.${here}`;
}

function beside(note: Listed, evidence: Evidence): string {
  const said = attributed(note, evidence);
  return `- ${link(said.link, evidence.url)}${said.after && ` (${text(said.after)})`}`;
}

function link(title: string, url: string): string {
  const target = url.replace(/[<>\\\s]/g, character => encodeURIComponent(character));
  return `[${text(title)}](<${target}>)`;
}

// What turns the lines around it; see Unicode's annex 9.
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Words as CommonMark text on one line. */
export function text(words: string): string {
  const line = words
    .replace(TURNS, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]<>~|&#$]/g, "\\$&")
    // Marks of a list or a heading at the beginning of a line; addresses that would make themselves a link.
    .replace(/^(\d*)([-+=.)])/, "$1\\$2")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\bwww\./gi, address => `${address.slice(0, 3)}\\.`);
  return apart(line);
}
