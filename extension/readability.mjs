/**
 * Readability that can be interrupted: `import { Readability } from "readability-in-pieces"`.
 *
 * Readability takes a tenth of a second on a page of 100,000 words, in one call, and the page stands
 * still meanwhile. Here it is the same code with pauses put in: `parse` is a generator that yields, and
 * returns what it always returned. In: the source as rewrites.mjs has it. Out:
 * the same, changed at the places named below and nowhere else. Goes wrong: a version in which one of them is not found once ends the build.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { rewritten } from "./rewrites.mjs";

const NAME = "readability-in-pieces";

/** What is written, and what is to be there instead. */
const CHANGES = [
  ["\n  parse() {", "\n  *parse() {"],
  ["this._grabArticle();", "yield* this._grabArticle();"],
  ["\n  _grabArticle(page) {", "\n  *_grabArticle(page) {"],
  ["this._prepArticle(articleContent);", "yield* this._prepArticle(articleContent);"],
  ["\n  _prepArticle(articleContent) {", "\n  *_prepArticle(articleContent) {"],
  // A pause for each element that is looked at,
  [
    '      while (node) {\n        if (node.tagName === "HTML") {',
    head => head.replace("{", "{\n        yield;"),
  ],
  // for each paragraph that is weighed,
  [
    "this._forEachNode(elementsToScore, function (elementToScore) {",
    "for (const one of elementsToScore) { yield; this._forEachNode([one], function (elementToScore) {",
  ],
  [
    "          ancestor.readability.contentScore += contentScore / scoreDivider;\n        });\n      });",
    end => `${end} }`,
  ],
  // for each candidate,
  ["for (var c = 0, cl = candidates.length; c < cl; c += 1) {", loop => `${loop} yield;`],
  ["for (var s = 0, sl = siblings.length; s < sl; s++) {", loop => `${loop} yield;`],
  // and between the steps that come before and after.
  ["    this._removeScripts(this._doc);", step => `    yield;\n${step}\n    yield;`],
  ["    this._postProcessContent(articleContent);", step => `    yield;\n${step}\n    yield;`],
  ["    var textContent = articleContent.textContent;\n    return {", step => `    yield;\n${step}`],
  ["    var pageCacheHtml = page.innerHTML;", step => `    yield;\n${step}\n    yield;`],
  ['      var articleContent = doc.createElement("DIV");', step => `      yield;\n${step}`],
  [
    "      var textLength = this._getInnerText(articleContent, true).length;",
    step => `      yield;\n${step}`,
  ],
];
/** A step of the clean-up, each of which looks through the whole article. */
const CLEANING = /\n {4}(?=this\._(?:clean|fix|mark|forEachNode|removeNodes|replaceNodeTags))/g;

function inPieces(source) {
  let changed = source;
  for (const [written, instead] of CHANGES) {
    if (changed.split(written).length !== 2)
      throw new Error(`Readability has changed: ${JSON.stringify(written)} is not in it once`);
    changed = changed.replace(written, typeof instead === "string" ? () => instead : instead);
  }
  const start = changed.indexOf("*_prepArticle(");
  const end = changed.indexOf("\n  },", start);
  const cleaning = changed.slice(start, end).replace(CLEANING, "\n    yield;\n    ");
  const exported = /\nif \(typeof module === "object"\) \{[\s\S]*$/;
  return `${changed.slice(0, start)}${cleaning}${changed.slice(end)}`.replace(
    exported,
    "\nexport { Readability };\n",
  );
}

/** The module's text. */
export function source() {
  const path = createRequire(import.meta.url).resolve("@mozilla/readability/Readability.js");
  return inPieces(rewritten(path.replaceAll("\\", "/"), readFileSync(path, "utf8")));
}

export const forEsbuild = {
  name: NAME,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${NAME}$`) }, () => ({ path: NAME, namespace: NAME }));
    onLoad({ filter: /.*/, namespace: NAME }, () => ({ contents: source(), loader: "js" }));
  },
};

export const forVite = {
  name: NAME,
  resolveId: id => (id === NAME ? `\0${NAME}` : undefined),
  load: id => (id === `\0${NAME}` ? source() : undefined),
};
