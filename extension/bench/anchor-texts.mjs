/**
 * Articles for trials, as paragraphs of sentences: made up, or read from a folder of .txt and .html.
 *
 * The made-up ones repeat themselves as news does: the same people say the same sort of thing over
 * and over, so that parts of one sentence stand in others too.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const WHO = [
  "the ministry", "a spokesman for the operator", "the council", "people close to the talks", "the harbour master",
  "Mara Lindt", "Tomas Okafor", "the union", "an official who asked not to be named", "the company", "the opposition",
  "several experts", "a report by the auditors", "the mayor", "residents of the island",
]; // biome-ignore format: a list
const SAID = ["said", "told reporters", "confirmed", "denied", "warned", "announced", "claimed", "wrote"];
const WHEN = [
  "on Monday",
  "on Thursday",
  "last week",
  "in March",
  "in a statement",
  "late in the evening",
  "in 2019",
];
const WHAT = ["the night ferry", "the new bridge", "the contract", "the winter timetable", "the inquiry", "the budget", "the old harbour", "the repairs"]; // biome-ignore format: a list
const DID = ["would be delayed", "had been approved", "could cost", "was never in danger", "would not be stopped", "had failed", "should be looked at again", "will start in May"]; // biome-ignore format: a list
const TAIL = [
  "because of the weather", "despite a fall in passenger numbers", "according to people familiar with the matter",
  "more than the year before", "as the line had promised", "although nobody had asked for it", "after months of talks",
  "and that there was no other way", "who spoke on condition of anonymity", "for the third time this year",
]; // biome-ignore format: a list
const SHAPES = [
  r =>
    `${r.one(WHO)} ${r.one(SAID)} ${r.one(WHEN)} that ${r.one(WHAT)} ${r.one(DID)} ${figure(r)}, ${r.one(TAIL)}`,
  r => `“${r.one(WHAT)} ${r.one(DID)},” ${r.one(WHO)} ${r.one(SAID)} ${r.one(WHEN)}, ${r.one(TAIL)}`,
  r => `${r.one(WHEN)} ${r.one(WHO)} and ${r.one(WHO)} ${r.one(SAID)} that ${r.one(WHAT)} ${r.one(DID)}`,
  r => `${r.one(WHAT)} ${r.one(DID)} ${r.one(TAIL)}, ${r.one(WHO)} ${r.one(SAID)}`,
  r => `${r.one(WHO)} did not answer questions about ${r.one(WHAT)} ${r.one(WHEN)}`,
];

function figure(r) {
  return r.below(2) ? `${r.between(2, 900)},${r.between(100, 999)} euros` : `${r.between(2, 97)} per cent`;
}

export function madeUp(random) {
  const sentence = () => {
    const row = random
      .one(SHAPES)(random)
      .replace(/\p{L}/u, letter => letter.toUpperCase());
    return `${row}.`;
  };
  return Array.from({ length: random.between(8, 20) }, () =>
    Array.from({ length: random.between(1, 4) }, sentence),
  );
}

export function fromFolder(folder) {
  const files = readdirSync(folder, { recursive: true }).map(String).sort();
  return files
    .filter(name => /\.(txt|html)$/.test(name) && !name.endsWith("source.html"))
    .map(name => paragraphs(plain(readFileSync(join(folder, name), "utf8"), name)))
    .filter(list => list.flat().length > 8);
}

function plain(text, name) {
  if (!name.endsWith(".html")) return text;
  return text
    .replace(/\s+/g, " ")
    .replace(/<\/?(?:p|div|h\d|li|ul|blockquote|figure|figcaption|section|br)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;/g, " ")
    .replace(/&amp;/g, "&");
}

function paragraphs(text) {
  const sentences = new Intl.Segmenter("en", { granularity: "sentence" });
  return text
    .split(/\n+/)
    .map(line => [...sentences.segment(line.trim())].map(({ segment }) => segment.trim()).filter(Boolean))
    .filter(list => list.length > 0);
}
