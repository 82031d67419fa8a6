/**
 * The few statements of other people's code that are built differently from how they were published:
 * those that make HTML of a string by assignment. Mozilla's linter warns of each, rightly; with them
 * gone, a warning is about us.
 *
 * In: the path of a file in node_modules and its text. Out: the text with its statements replaced.
 * Goes wrong: a statement that is not there exactly once ends the build, so that a new version of a
 * library is looked at before it is shipped.
 */
import { readFileSync } from "node:fs";

/**
 * Markup is parsed as a document of its own that runs nothing. After a `<body>` tag a parser is where
 * it is within an element's markup; the doctype keeps it out of the ways of old, where a table stays
 * in the paragraph before it, unless the page itself is read in those ways.
 */
const parsed = (document, markup) =>
  `new DOMParser().parseFromString((${document}.compatMode === "BackCompat" ? "" : "<!doctype html>") + "<body>" + ${markup}, "text/html").body`;

export const REWRITES = {
  // Readability starts over with the body as it was, each time it found too little.
  "@mozilla/readability/Readability.js": [
    [
      "page.innerHTML = pageCacheHtml;",
      `page.replaceChildren();
        for (const before = ${parsed("doc", "pageCacheHtml")}; before.firstChild; ) page.append(before.firstChild);`,
    ],
    [
      'var tmp = doc.createElement("div");\n      // We\'re running in the document context',
      "// We're running in the document context",
    ],
    ["tmp.innerHTML = noscript.innerHTML;", `var tmp = ${parsed("doc", "noscript.innerHTML")};`],
  ],
  // Nothing of ours uses dangerouslySetInnerHTML; should anything begin to, it fails at once.
  "preact/src/diff/index.js": [
    [
      "dom.innerHTML = newHtml.__html;",
      'throw new Error("Caveat is built without dangerouslySetInnerHTML");',
    ],
  ],
};

export function rewritten(path, text) {
  const [, statements = []] =
    Object.entries(REWRITES).find(([file]) => path.endsWith(`/node_modules/${file}`)) ?? [];
  return statements.reduce((before, [was, is]) => {
    const parts = before.split(was);
    if (parts.length !== 2)
      throw new Error(`${path}: “${was}” is there ${parts.length - 1} times, not once; see rewrites.mjs`);
    return parts.join(is);
  }, text);
}

/** The same for esbuild. A file that is listed and was not met in a build is no fault: not every bundle has it. */
export const rewrites = {
  name: "rewrites",
  setup({ onLoad }) {
    const files = Object.keys(REWRITES).map(file => file.replaceAll(".", "\\."));
    onLoad({ filter: new RegExp(`[\\\\/](${files.join("|").replaceAll("/", "[\\\\/]")})$`) }, ({ path }) => ({
      contents: rewritten(path.replaceAll("\\", "/"), readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
