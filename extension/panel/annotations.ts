/**
 * All notes as Web Annotations (W3C, https://www.w3.org/TR/annotation-model/): one AnnotationCollection
 * with one page.
 *
 * A note's words are found again by what they are (TextQuoteSelector) or by where they stand in the
 * article's text as it was read, in Unicode code points (TextPositionSelector). Where the reader has not
 * asked for the page's address, the source is a name made for this file, which leads nowhere. Of a note that
 * was written for another page, its body says so and its target says where the words came from (via).
 */
import type { Way } from "../shared/analysis";
import { say } from "../shared/catalogue";
import type { Elsewhere } from "../shared/community";
import { attributed } from "../shared/evidence";
import type { Listed, Overview } from "../shared/messages";
import { Offsets } from "../shared/offsets";

interface Making {
  /** Does the file say where the page is? */
  readonly address: boolean;
  readonly now: Date;
  readonly uuid: () => string;
}

export function annotations({ title, address, text, reading }: Overview, making: Making) {
  const name = () => `urn:uuid:${making.uuid()}`;
  const source = making.address ? address : name();
  const offsets = new Offsets(text);
  const page = name();
  const collection = name();
  const notes = [...reading.pageNotes, ...reading.notes];
  const items = notes.map(note => ({
    id: name(),
    type: "Annotation",
    motivation: note.level === "credit" ? "commenting" : "questioning",
    created: making.now.toISOString(),
    ...(note.people
      ? { creator: { type: "Person", nickname: note.people.author } }
      : { generator: { type: "Software", name: "Caveat" } }),
    body: bodies(note),
    target: target(note, source, text, offsets),
  }));
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: collection,
    type: "AnnotationCollection",
    label: title,
    total: items.length,
    first: { id: page, type: "AnnotationPage", partOf: collection, startIndex: 0, items },
    last: page,
  };
}

function bodies(note: Listed) {
  const textual = (value: string, purpose: string) => ({
    type: "TextualBody",
    purpose,
    value,
    format: "text/plain",
  });
  const linked = ({ url }: Way) => ({ type: "SpecificResource", purpose: "linking", source: url });
  return [
    textual(note.name, "tagging"),
    textual(note.message, "commenting"),
    ...(note.question ? [textual(note.question, "questioning")] : []),
    ...(note.people?.elsewhere ? [textual(fromElsewhere(note, note.people.elsewhere), "describing")] : []),
    ...note.evidence.flatMap(evidence => {
      const { link, after } = attributed(note, evidence);
      return [
        ...(after ? [textual(`${link} ${after} ${evidence.url}`, "describing")] : []),
        linked(evidence),
      ];
    }),
    ...note.look.map(linked),
  ];
}

function fromElsewhere({ changed }: Listed, { title, url }: Elsewhere): string {
  return say(changed === null ? "people_elsewhere" : "people_elsewhere_like", `${title} (${url})`);
}

interface Target {
  readonly type: "SpecificResource";
  readonly source: string;
  readonly via?: string;
  readonly selector?: ReturnType<typeof selector>;
}

function target(note: Listed, source: string, text: string, offsets: Offsets): Target {
  const { at, people } = note;
  const whole = { type: "SpecificResource", source } as const;
  if (!at) return whole;
  const via = people?.elsewhere && { via: people.elsewhere.url };
  return { ...whole, ...via, selector: selector(note, at, text, offsets) };
}

function selector(
  { changed, people }: Listed,
  { start, end, quote }: NonNullable<Listed["at"]>,
  text: string,
  offsets: Offsets,
) {
  // Of much the same words, those that stand here.
  const isOthers = people?.elsewhere !== undefined && changed !== null;
  const { exact, prefix, suffix } = isOthers
    ? { exact: text.slice(start, end), prefix: "", suffix: "" }
    : quote;
  return [
    { type: "TextQuoteSelector", exact, ...(prefix && { prefix }), ...(suffix && { suffix }) },
    { type: "TextPositionSelector", start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) },
  ];
}

/** A file's name out of a title: its letters and digits, and not too many. */
export function fileName(title: string): string {
  const words =
    title
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const name = [...words.join("-")].slice(0, 60).join("").replace(/-$/, "");
  return `caveat-${name || "notes"}.jsonld`;
}
