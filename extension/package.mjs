/**
 * Packs what was built, as the stores take it: dist/caveat-VERSION-{chrome,firefox,source}.zip.
 *
 *   npm run package        builds, then packs
 *
 * The source package is what Mozilla's reviewers build: unpacked anywhere, its README's two commands
 * give the content of Firefox's package. All three are the same bytes every time and on every
 * machine: names sorted, one date, one mode, and a packer that is JavaScript, because a system's own
 * zlib packs as it likes.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(here, "..");
const dist = join(here, "dist");

/** What of the repository the extension is built from; README.md is written for who unpacks it. */
const SOURCES = [
  "LICENSE",
  "pyproject.toml",
  "server/caveat/annotations/page-identity.json",
  "server/caveat/web/static/tokens.css",
  "extension",
];
const ALSO = { "README.md": "extension/store/SOURCE.md" };
/** Made, not written: by npm and by the build. Hidden files are somebody's own, but for npm's settings. */
const LEFT_OUT = name =>
  ["node_modules", "dist"].includes(name) || (name.startsWith(".") && name !== ".npmrc");

/** The files under a path, by their names from `base` on. */
function files(base, path = "") {
  const found = readdirSync(join(base, path), { withFileTypes: true }).filter(entry => !LEFT_OUT(entry.name));
  return found.flatMap(entry => {
    const name = path ? `${path}/${entry.name}` : entry.name;
    return entry.isDirectory() ? files(base, name) : [[name, join(base, name)]];
  });
}

function sources() {
  const written = SOURCES.flatMap(path =>
    path === "extension" ? files(top, path) : [[path, join(top, path)]],
  );
  return [...written, ...Object.entries(ALSO).map(([name, path]) => [name, join(top, path)])];
}

function packed(named) {
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted.map(([name, path]) => [name, readFileSync(path)])), {
    level: 9,
    mtime: new Date(1980, 0, 1, 12), // the first day a zip can name, in local time as zips are
    os: 3, // Unix, so that the mode counts
    attrs: 0o100644 * 0x10000, // a file, readable by all
  });
}

const { version } = JSON.parse(readFileSync(join(dist, "firefox/manifest.json"), "utf8"));
for (const old of readdirSync(dist)) if (/^caveat-.*\.zip$/.test(old)) rmSync(join(dist, old));
for (const [kind, named] of Object.entries({
  chrome: files(join(dist, "chrome")),
  firefox: files(join(dist, "firefox")),
  source: sources(),
})) {
  const name = `caveat-${version}-${kind}.zip`;
  const bytes = packed(named);
  writeFileSync(join(dist, name), bytes);
  console.log(`dist/${name}: ${named.length} files, ${Math.ceil(bytes.length / 1000)} kB`);
}
