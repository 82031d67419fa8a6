/**
 * How long 200 quotations take in a page of 10,000 words: `npm run -s anchor:speed`.
 * The page is made up, with the repetitions of English; every figure is the median of nine runs.
 */
import { anchor } from "../reader/anchoring";

const WORDS = 10_000;
const QUOTES = 200;
const CONTEXT = 32;
const COMMON = "the of and to in a said that for on with was is at by from as it would have were had".split(
  " ",
);

let seed = 7;
function random(below) {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return Math.floor((seed / 4294967296) * below);
}

function word() {
  if (random(5) < 2) return COMMON[random(COMMON.length)];
  const syllables = ["ta", "ren", "mo", "lis", "ker", "an", "dor", "ive", "sal", "pe", "tion", "gr"];
  return Array.from({ length: 1 + random(4) }, () => syllables[random(syllables.length)]).join("");
}

function page() {
  const sentences = [];
  for (let words = 0; words < WORDS; ) {
    const length = 8 + random(20);
    words += length;
    const row = Array.from({ length }, word).join(" ");
    sentences.push(`“${row[0].toUpperCase()}${row.slice(1)}.”${random(5) ? " " : "\n"}`);
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
  let longest = 0;
  let found = 0;
  for (let run = 0; run < 9; run++) {
    // A text of its own for every run: nothing that was read before may help.
    const fresh = now + " ".repeat(run);
    const began = performance.now();
    found = 0;
    let slowest = 0;
    for (const quote of quotes) {
      const at = performance.now();
      if (anchor(fresh, quote)) found++;
      slowest = Math.max(slowest, performance.now() - at);
    }
    runs.push(performance.now() - began);
    longest = run === 0 ? slowest : Math.min(longest, slowest);
  }
  const median = runs.sort((a, b) => a - b)[runs.length >> 1];
  console.log(
    `${median.toFixed(1).padStart(7)} ms  ${longest.toFixed(1).padStart(6)} ms the slowest  ${String(found).padStart(3)}/${QUOTES} found  ${what}`,
  );
}
