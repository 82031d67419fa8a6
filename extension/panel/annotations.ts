/**
 * All notes as Web Annotations (W3C, https://www.w3.org/TR/annotation-model/): one AnnotationCollection
 * with one page.
 *
 * A note's words are found again by what they are (TextQuoteSelector) or by where they stand in the
 * article's text as it was read, in Unicode code points (TextPositionSelector). Where the reader has not
 * asked for the page's address, the source is a name made for this file, which leads nowhere.
 */
import type { Way } from "../shared/analysis";
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
    target: target(note, source, offsets),
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
    ...[...note.evidence, ...note.look].map(linked),
  ];
}

function target({ at }: Listed, source: string, offsets: Offsets) {
  if (!at) return { type: "SpecificResource", source };
  const { exact, prefix, suffix } = at.quote;
  const [start, end] = [offsets.toCodePoint(at.start), offsets.toCodePoint(at.end)];
  return {
    type: "SpecificResource",
    source,
    selector: [
      { type: "TextQuoteSelector", exact, ...(prefix && { prefix }), ...(suffix && { suffix }) },
      { type: "TextPositionSelector", start, end },
    ],
  };
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
