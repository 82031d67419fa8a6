/**
 * How long 200 quotations take in a page of 10,000 words: `npm run -s anchor:speed`.
 * The page is made up, with the repetitions of English; every figure is the median of nine runs.
 * The first column is the pass for words that stand as they stood; the second takes what that left
 * over, and is held to the budget of a look.
 */
import { anchor, exact } from "../reader/anchoring";
import { BUDGET } from "../reader/anchoring/budget";
import { Random } from "./random.mjs";

const WORDS = 10_000;
const QUOTES = 200;
const CONTEXT = 32;
const COMMON = "the of and to in a said that for on with was is at by from as it would have were had".split(
  " ",
);

const random = new Random(7);

function word() {
  if (random.below(5) < 2) return random.one(COMMON);
  const syllables = ["ta", "ren", "mo", "lis", "ker", "an", "dor", "ive", "sal", "pe", "tion", "gr"];
  return Array.from({ length: random.between(1, 4) }, () => random.one(syllables)).join("");
}

function page() {
  const sentences = [];
  for (let words = 0; words < WORDS; ) {
    const length = random.between(8, 27);
    words += length;
    const row = Array.from({ length }, word).join(" ");
    sentences.push(`“${row[0].toUpperCase()}${row.slice(1)}.”${random.below(5) ? " " : "\n"}`);
  }
  return sentences.join("");
}

const text = page();
const sentences = [...text.matchAll(/“[^”]+”/g)];
const quotes = Array.from({ length: QUOTES }, (_, i) => {
  const { 0: exact, index: start } = sentences[Math.floor((i * sentences.length) / QUOTES)];
  const end = start + exact.length;
  return {
    exact,
    start,
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
  };
});

/** The middle word of every quotation replaced, taken out of the page, and so on. */
const edited = change =>
  quotes.reduceRight(
    (now, { exact, start }) => now.slice(0, start) + change(exact) + now.slice(start + exact.length),
    text,
  );
const middle = exact =>
  exact
    .split(" ")
    .map((one, i, all) => (i === all.length >> 1 ? "ferry" : one))
    .join(" ");

const pages = {
  untouched: text,
  "moved down by a new first line": `UPDATED with what officials say.\n${text}`,
  "spaced and quoted otherwise": edited(exact => exact.replace(/[“”]/g, '"').replace(/ /g, "\u00a0")),
  "one word replaced in each": edited(middle),
  "one word replaced, next letters gone": edited(
    exact => `${middle(exact)} Nothing of what was here is left now. `,
  ),
  "all deleted": edited(() => ""),
  "nothing of the page left": page(),
};

for (const [what, now] of Object.entries(pages)) {
  const runs = [];
  const firsts = [];
  let longest = 0;
  let found = 0;
  for (let run = 0; run < 9; run++) {
    // A text of its own for every run: nothing that was read before may help.
    const fresh = now + " ".repeat(run);
    const before = performance.now();
    const left = quotes.filter(quote => !exact(fresh, quote));
    const began = performance.now();
    firsts.push(began - before);
    found = quotes.length - left.length;
    let slowest = 0;
    for (const quote of left) {
      const at = performance.now();
      if (anchor(fresh, quote)) found++;
      slowest = Math.max(slowest, performance.now() - at);
    }
    runs.push(performance.now() - began);
    longest = run === 0 ? slowest : Math.min(longest, slowest);
  }
  const median = list => list.sort((a, b) => a - b)[list.length >> 1];
  const first = median(firsts).toFixed(1).padStart(5);
  const second = median(runs);
  console.log(
    `${first} ms + ${second.toFixed(1).padStart(6)} ms (${Math.round((100 * second) / BUDGET)} % of the budget)  ${longest.toFixed(1).padStart(6)} ms the slowest  ${String(found).padStart(3)}/${QUOTES} found  ${what}`,
  );
}
