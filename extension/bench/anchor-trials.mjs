/**
 * How often notes keep their place on edited pages, and how often they end up on the wrong words:
 *
 *   npm run -s anchor:trials [-- FOLDER] [--seed=1] [--rounds=400] [--context=32] [--show=KIND]
 *
 * Every round quotes a part of an article (made up, or read from the folder's .txt and .html) and
 * edits the article in every way of anchor-edits.mjs. Columns:
 *   right   the words where they are now, or lost where they are gone
 *   lost    lost, though the words are there
 *   part    the right place, but less than 80 % of the words
 *   WRONG   other words; the rate is of all trials of the kind
 *   same    another sentence, but the same as far as the quotation's own was kept: nobody can tell
 */
import { anchor } from "../reader/anchoring";
import { fold } from "../reader/anchoring/fold";
import { bare, CLOSE, EDITS, OPEN } from "./anchor-edits.mjs";
import { fromFolder, madeUp } from "./anchor-texts.mjs";
import { Random } from "./random.mjs";

const given = Object.fromEntries(
  process.argv.slice(2).map(one => /^--(\w+)=(.*)$/.exec(one)?.slice(1) ?? ["folder", one]),
);
const { folder = null, seed = 1, rounds = 400, context = 32, show = null } = given;
const random = new Random(Number(seed));
const texts = folder && fromFolder(folder);

/** How much of a sentence is quoted. */
const PARTS = {
  "2-4 words": count => Math.min(count, random.between(2, 4)),
  clause: count => Math.min(count, random.between(5, 10)),
  "half a sentence": count => Math.max(1, Math.round(count * 0.6)),
  sentence: count => count,
};

/** The article with one part of one sentence marked. */
function marked(article, part) {
  const p = random.below(article.length);
  const s = random.below(article[p].length);
  const words = article[p][s].split(" ");
  const count = PARTS[part](words.length);
  const from = random.below(words.length - count + 1);
  words[from] = OPEN + words[from];
  words[from + count - 1] += CLOSE;
  const sentence = words
    .join(" ")
    .replace(/([.,;:!?]+)\uE001$/, count === words.length ? `$1${CLOSE}` : `${CLOSE}$1`);
  return article.map((list, i) => (i === p ? list.map((one, j) => (j === s ? sentence : one)) : list));
}

const written = article => article.map(list => list.join(" ")).join("\n");

function placeIn(text) {
  const start = text.indexOf(OPEN);
  return start < 0 ? null : { start, end: text.indexOf(CLOSE) - 1 };
}

function quoteOf(text) {
  const { start, end } = placeIn(text);
  const all = bare(text);
  return {
    exact: all.slice(start, end),
    start,
    prefix: all.slice(Math.max(0, start - context), start),
    suffix: all.slice(end, end + Number(context)),
  };
}

/** What was kept of the sentence: the part quoted, and what its context has of the rest. */
function keptOf(sentence) {
  const head = sentence.slice(0, sentence.indexOf(OPEN));
  const tail = sentence.slice(sentence.indexOf(CLOSE) + 1);
  return { before: head.slice(-context), after: tail.slice(0, context) };
}

function judge(now, want, quote, kept, found) {
  if (!found) return want ? "lost" : "right";
  const shared = want ? Math.min(found.end, want.end) - Math.max(found.start, want.start) : 0;
  if (want && shared >= 0.8 * Math.max(found.end - found.start, want.end - want.start)) return "right";
  if (shared > 0) return "part";
  const around = now.slice(Math.max(0, found.start - kept.before.length), found.end + kept.after.length);
  const all = kept.before + quote.exact + kept.after;
  return fold(around).text.trim() === fold(all).text.trim() ? "same" : "WRONG";
}

const tally = new Map();
const parts = new Map();
const rows = new Map();
function count(table, row, verdict) {
  if (!table.has(row)) table.set(row, { right: 0, lost: 0, part: 0, WRONG: 0, same: 0, all: 0 });
  table.get(row)[verdict]++;
  table.get(row).all++;
}

for (let round = 0; round < Number(rounds); round++) {
  const article = texts ? random.one(texts) : madeUp(random);
  for (const part of Object.keys(PARTS)) {
    const was = marked(article, part);
    const quote = quoteOf(written(was));
    const kept = keptOf(was.flat().find(sentence => sentence.includes(OPEN)));
    if (!/\p{L}/u.test(quote.exact)) continue;
    for (const [kind, edit] of Object.entries(EDITS)) {
      const edited = edit(random, was);
      if (!edited) continue;
      const now = bare(written(edited));
      const want = placeIn(written(edited));
      const found = anchor(now, quote);
      const verdict = judge(now, want, quote, kept, found);
      count(tally, kind, verdict);
      count(parts, part, verdict);
      count(rows, found?.state ?? "lost", verdict);
      if (show && kind.includes(show) && ["WRONG", "lost", "part"].includes(verdict) && round < 100) {
        const at = place =>
          place &&
          `${place.state ?? ""} ${now.slice(Math.max(0, place.start - 40), place.start)}[${now.slice(place.start, place.end)}]${now.slice(place.end, place.end + 40)}`;
        const shown = [`${quote.prefix}[${quote.exact}]${quote.suffix}`, at(want), at(found)];
        console.log(`${verdict} ${kind}\n${shown.map(one => `  ${JSON.stringify(one)}\n`).join("")}`);
      }
    }
  }
}

for (const table of [tally, parts, rows]) {
  console.log(" right  lost  part WRONG  same    all");
  for (const [row, { right, lost, part, WRONG, same, all }] of table) {
    const figures = [right, lost, part, WRONG, same].map(n => String(n).padStart(5)).join(" ");
    console.log(
      `${figures}  ${String(all).padStart(5)}  ${((100 * WRONG) / all).toFixed(1).padStart(5)} %  ${row}`,
    );
  }
}
