/**
 * What may happen to the sentence a quotation stands in, and to its page.
 *
 * An article is a list of paragraphs, each a list of sentences. The quoted words carry a mark on
 * either side, which stays with them through every edit; where the marks are gone, so are the words.
 */
export const OPEN = "\uE000";
export const CLOSE = "\uE001";
export const bare = words => words.replace(/[\uE000\uE001]/g, "");

const BOILERPLATE = [
  "Advertisement",
  "Sign up for our newsletter and never miss a story.",
  "Read more: what the talks are about",
  "UPDATED: This story has been changed to include new statements from officials.",
  "Photo: press office",
];

function place(article) {
  const p = article.findIndex(list => list.some(sentence => sentence.includes(OPEN)));
  return { p, s: article[p].findIndex(sentence => sentence.includes(OPEN)) };
}

function own(article) {
  const { p, s } = place(article);
  return article[p][s];
}

/** The quoted sentence made into `words`; null takes it out, and the paragraph it leaves empty. */
function put(article, words) {
  return article
    .map(list => list.flatMap(one => (one.includes(OPEN) ? (words === null ? [] : [words]) : [one])))
    .filter(list => list.length > 0);
}

function other(random, article) {
  return random.one(article.flat().filter(sentence => !sentence.includes(OPEN)));
}

/**
 * A sentence more, in a paragraph or as one of its own, but with two sentences at least between it
 * and the quoted one: what takes the place of a sentence is that sentence reworded.
 */
function add(random, article, words) {
  const all = article.flat();
  const own = all.findIndex(sentence => sentence.includes(OPEN));
  const far = all.filter((_, i) => i < own - 2 || i > own + 2);
  if (far.length === 0) return null;
  const after = random.one(far);
  const apart = random.below(2) === 0;
  return article.flatMap(list => {
    const at = list.indexOf(after) + 1;
    if (at === 0) return [list];
    return apart
      ? [list.slice(0, at), [words], list.slice(at)].filter(part => part.length > 0)
      : [[...list.slice(0, at), words, ...list.slice(at)]];
  });
}

/** `count` words replaced: only those quoted, only those around them, or any. */
function reword(random, article, count, where = "anywhere") {
  const sentence = own(article);
  const words = sentence.split(" ");
  let inside = false;
  const may = [];
  for (const [i, word] of words.entries()) {
    if (word.includes(OPEN)) inside = true;
    if (where === "anywhere" || (where === "inside") === inside) may.push(i);
    if (word.includes(CLOSE)) inside = false;
  }
  for (let i = 0; i < count && may.length > 0; i++) {
    const [picked] = may.splice(random.below(may.length), 1);
    const word = random.one(other(random, article).split(" ")).replace(/[^\p{L}\p{N}]/gu, "") || "so";
    words[picked] = words[picked].replace(/[\p{L}\p{N}](?:[^\s\uE000\uE001]*[\p{L}\p{N}])?/u, word);
  }
  const now = words.join(" ");
  return now === sentence ? null : now;
}

/** Letters lost, doubled or swapped in the words between. */
function misspelt(random, words, share) {
  let now = words;
  for (let left = Math.max(1, Math.round(words.length * share)); left > 0; left--) {
    const at = random.below(Math.max(1, now.length - 1));
    const [one = "", two = ""] = now.slice(at, at + 2);
    const by = random.one([two, one + one + two, two + one]);
    now = now.slice(0, at) + by + now.slice(at + 2);
  }
  return now;
}

const inQuoted = (sentence, change) =>
  sentence.replace(/\uE000(.*)\uE001/s, (_, words) => OPEN + change(words) + CLOSE);
const everywhere = change => (_, article) => article.map(list => list.map(change));
const replaced = words => (random, article) => {
  const now = words(random, article);
  return now === null ? null : put(article, now);
};

/** The quoted sentence taken out, and another put somewhere else. */
const instead = words => (random, article) => {
  const like = words(random, article);
  const more = like === null ? null : add(random, article, bare(like));
  return more && put(more, null);
};

/** Half of one sentence, the quoted words, half of another. */
function borrowed(random, article) {
  const [, words] = /\uE000(.*)\uE001/s.exec(own(article));
  if (words === bare(own(article))) return null; // a whole sentence is itself wherever it stands
  const head = other(random, article).split(" ");
  const tail = other(random, article).split(" ");
  return [...head.slice(0, head.length >> 1), words, ...tail.slice(tail.length >> 1)].join(" ");
}

function moved(random, article, what) {
  const { p } = place(article);
  const now = [...article];
  const [taken] = now.splice(p, 1);
  if (now.length === 0) return null;
  if (what === "paragraph") now.splice(random.below(now.length + 1), 0, taken);
  else {
    const at = random.below(now.length);
    const [swapped] = now.splice(at, 1, taken);
    now.splice(p, 0, swapped);
  }
  return now;
}

/** The paragraph's neighbours and the sentence's gone, so far as there are any. */
function alone(article, sides) {
  const { p, s } = place(article);
  const list = article[p];
  const now = [...article];
  now[p] = [
    ...(sides.includes("before") ? list.slice(0, Math.max(0, s - 1)) : list.slice(0, s)),
    list[s],
    ...(sides.includes("after") ? list.slice(s + 2) : list.slice(s + 1)),
  ];
  if (sides.includes("after") && s === list.length - 1) now.splice(p + 1, 1);
  if (sides.includes("before") && s === 0 && p > 0) now.splice(p - 1, 1);
  return now;
}

const flat = words =>
  words.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/[—–]/g, "-").replace(/…/g, "...");
const curly = words => words.replace(/"/g, "”").replace(/'/g, "’").replace(/ - /g, " — ");

/** Each makes the article as it is now of the article as it was; null where that cannot be done. */
export const EDITS = {
  untouched: (_, article) => article,
  "sentence deleted": (_, article) => put(article, null),
  "deleted, 1 word of a lookalike differs": instead((r, a) => reword(r, a, 1)),
  "deleted, 2 words of a lookalike differ": instead((r, a) => reword(r, a, 2)),
  "deleted, 4 words of a lookalike differ": instead((r, a) => reword(r, a, 4)),
  "deleted, a lookalike differs around the words": instead((r, a) => reword(r, a, 3, "around")),
  "deleted, a lookalike differs in the words": instead((r, a) => reword(r, a, 1, "inside")),
  "deleted, the same words in another sentence": instead(borrowed),
  "reworded past knowing, the same words in another sentence": (r, a) => {
    const words = reword(r, a, 99, "inside");
    const taken = borrowed(r, a);
    const more = taken && add(r, a, taken);
    return words && more && put(more, bare(words));
  },
  "kept, the same words in another sentence": (r, a) => {
    const taken = borrowed(r, a);
    return taken && add(r, a, taken);
  },
  "kept, a lookalike elsewhere": (r, a) => {
    const like = reword(r, a, 2);
    return like && add(r, a, bare(like));
  },
  "reworded around: 1 word": replaced((r, a) => reword(r, a, 1, "around")),
  "reworded around: 3 words": replaced((r, a) => reword(r, a, 3, "around")),
  "reworded around: all words": replaced((r, a) => reword(r, a, 99, "around")),
  "words: 1 replaced": replaced((r, a) => reword(r, a, 1, "inside")),
  "words: 2 replaced": replaced((r, a) => reword(r, a, 2, "inside")),
  "words: 1 % misspelt": replaced((r, a) => inQuoted(own(a), words => misspelt(r, words, 0.01))),
  "words: 5 % misspelt": replaced((r, a) => inQuoted(own(a), words => misspelt(r, words, 0.05))),
  "words: 15 % misspelt": replaced((r, a) => inQuoted(own(a), words => misspelt(r, words, 0.15))),
  "1 word replaced, a lookalike elsewhere": (r, a) => {
    const words = reword(r, a, 1, "inside");
    const like = reword(r, a, 1);
    const more = like && add(r, a, bare(like));
    return words && more && put(more, words);
  },
  "1 word replaced, neighbours deleted": (r, a) => {
    const words = reword(r, a, 1, "inside");
    return words && put(alone(a, "before after"), words);
  },
  "paragraph moved": (r, a) => moved(r, a, "paragraph"),
  "paragraphs swapped": (r, a) => moved(r, a, "swap"),
  "boilerplate put in": (r, a) => {
    const { p } = place(a);
    return [[random1(r)], ...a.slice(0, p), [random1(r)], a[p], [random1(r)], ...a.slice(p + 1)];
  },
  "neighbour before deleted": (_, a) => alone(a, "before"),
  "neighbour after deleted": (_, a) => alone(a, "after"),
  "neighbours deleted": (_, a) => alone(a, "before after"),
  "white space": everywhere(sentence => sentence.replace(/ /g, "\u00a0 ")),
  "marks flattened": everywhere(flat),
  "marks curled": everywhere(curly),
  capitals: everywhere(sentence => sentence.toUpperCase()),
  "typos all over": (r, a) =>
    a.map(list => list.map(one => one.replace(/\p{L}{6,}/gu, w => (r.below(25) ? w : misspelt(r, w, 0.01))))),
  "a teaser put above": (_, a) => [[bare(a[place(a).p][0])], ...a],
  "paragraph doubled above, then deleted": (_, a) => {
    const { p } = place(a);
    return [a[p], ...a.slice(0, p), ...a.slice(p + 1)];
  },
};

function random1(random) {
  return random.one(BOILERPLATE);
}
