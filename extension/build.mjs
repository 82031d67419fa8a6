/**
 * Builds everything that is made from this folder: the extension for Chrome and for Firefox, the
 * lens, the server's privacy page, the assets of the API's documentation page, and a bundle for
 * benchmarks.
 *
 *   node build.mjs [--quiet]
 *
 * Output is unminified, so that reviewers can read what runs, and the same bytes every time.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { marks, STROKES, THEMES } from "./marks.mjs";
import { forEsbuild } from "./readability.mjs";
import { rewrites } from "./rewrites.mjs";
import { said } from "./sizes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const web = resolve(here, "../server/caveat/web/static");
const dist = join(here, "dist");
const tokens = readFileSync(join(web, "tokens.css"), "utf8");
const version = /^version = "([^"]+)"$/m.exec(readFileSync(resolve(here, "../pyproject.toml"), "utf8"))[1];

/** `import css from "x.css?raw"`: a style sheet as a string, as vitest has it too. */
const raw = {
  name: "raw",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      // From here on: esbuild writes the path beside the text, and where somebody builds is nobody's business.
      path: relative(here, resolve(resolveDir, path.slice(0, -4))).replaceAll("\\", "/"),
      namespace: "raw",
    }));
    onLoad({ filter: /.*/, namespace: "raw" }, ({ path }) => ({
      contents: readFileSync(join(here, path), "utf8"),
      loader: "text",
    }));
  },
};

/** The English messages without what only translators need to know about them. */
const messages = {
  name: "messages",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]_locales[\\/]en[\\/]messages\.json$/ }, ({ path }) => ({
      contents: JSON.stringify(JSON.parse(readFileSync(path, "utf8")), (key, value) =>
        key === "description" && typeof value === "string" ? undefined : value,
      ),
      loader: "json",
    }));
  },
};

const common = {
  absWorkingDir: here,
  bundle: true,
  format: "iife",
  target: ["chrome128", "firefox142"],
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "inline",
  logLevel: "warning",
  plugins: [raw, messages, rewrites, forEsbuild],
  // Preact as it was written: what it publishes for use is minified, and reviewers could not read it.
  alias: {
    preact: join(here, "node_modules/preact/src/index.js"),
    "preact/hooks": join(here, "node_modules/preact/hooks/src/index.js"),
    "preact/jsx-runtime": join(here, "node_modules/preact/jsx-runtime/src/index.js"),
  },
};

function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function write(folder, name, ...parts) {
  writeFileSync(join(folder, name), parts.join("\n"));
}

const read = name => readFileSync(join(here, name), "utf8");
/** The part of the card's style that other pages share: the samples of the families' lines. */
const samples = read("reader/card.css").slice(
  read("reader/card.css").indexOf("/* A sample of"),
  read("reader/card.css").indexOf("/* The list of notes"),
);

/** The extension's own pages, and the rooms they live in. */
const pages = { popup: "popup", options: "options", welcome: "welcome", panel: "panel", print: "panel" };

async function extension(browser) {
  const out = emptied(join(dist, browser));
  const conditions = [browser]; // which file is "#browser", see package.json
  await build({
    ...common,
    conditions,
    entryPoints: ["background/background.ts", "reader/reader.ts"],
    entryNames: "[name]",
    outdir: out,
  });
  await build({
    ...common,
    conditions,
    format: "esm",
    entryPoints: Object.entries(pages).map(([page, room]) => `${room}/${page}.tsx`),
    entryNames: "[name]",
    outdir: out,
  });
  for (const [page, room] of Object.entries(pages)) {
    write(out, `${page}.html`, read(`${room}/${page}.html`).replace("defer>", 'type="module">'));
  }
  const shared = ["reader/missed.css", "reader/listings.css"].map(read); // what cards show too
  write(out, "popup.css", read("popup/popup.css"), samples, ...shared);
  const options = [read("popup/popup.css"), samples, read("options/options.css")];
  write(out, "options.css", ...options);
  write(out, "welcome.css", ...options, read("welcome/welcome.css"));
  const panel = ["reader/people.css", "reader/record.css", "panel/panel.css", "panel/rooms.css"].map(read);
  write(out, "panel.css", read("popup/popup.css"), samples, ...shared, ...panel);
  write(out, "print.css", read("panel/print.css"), samples);
  write(out, "tokens.css", tokens);
  for (const theme of THEMES) {
    for (const stroke of STROKES) write(out, `marks-${theme}-${stroke}.css`, marks(tokens, theme, stroke));
  }
  cpSync(join(here, "icons"), join(out, "icons"), {
    recursive: true,
    filter: path => !/\.(mjs|svg)$/.test(path),
  });
  cpSync(join(here, "_locales"), join(out, "_locales"), { recursive: true });
  privacy(out, "privacy.html", "");
  licences(out);
  write(out, "manifest.json", JSON.stringify({ ...manifest, version, ...only[browser] }, null, 2));
}

const manifest = JSON.parse(read("manifest.json"));
/** Chrome takes no more than four suggestions: there whoever wants this key chooses it. */
const addNote = { ...manifest.commands["add-note"], suggested_key: { default: "Alt+Shift+N" } };
/** Where the two browsers differ. `npm run lint` asks Mozilla's linter about Firefox's package only: it
 *  calls what is Chrome's (a service worker alone, the side panel) a fault. The code is the same but for
 *  "#browser", and Chrome itself is asked about its manifest in tests/e2e/test_package.py. */
const only = {
  chrome: {
    minimum_chrome_version: "128", // caretPositionFromPoint; sidePanel.open since 116
    permissions: [...manifest.permissions, "sidePanel"],
    side_panel: { default_path: "panel.html" },
    background: { service_worker: "background.js" },
  },
  firefox: {
    background: { scripts: ["background.js"] },
    commands: { ...manifest.commands, "add-note": addNote },
    browser_specific_settings: {
      gecko: {
        id: "caveat@caveat-reader.github.io",
        strict_min_version: "142.0", // data collection keys; custom highlights since 140
        data_collection_permissions: {
          required: ["websiteContent"],
          // Told which notes were not useful; taking part, which sends a token and the pages one wrote about.
          optional: ["technicalAndInteraction", "authenticationInfo", "browsingActivity"],
        },
      },
    },
    sidebar_action: {
      default_title: "__MSG_panel_title__",
      default_panel: "panel.html",
      default_icon: manifest.action.default_icon,
      open_at_install: false,
    },
  },
};

/** What is sent, kept and never told: the same page in the extension and at the server's /privacy. */
function privacy(out, page, styles) {
  write(out, page, read("privacy/privacy.html").replace('href="privacy.css"', `href="${styles}privacy.css"`));
  write(out, "privacy.css", tokens, read("popup/popup.css"), read("privacy/privacy.css"));
}

/** Our licence, and those of the libraries that are part of what is built. */
function licences(out) {
  const of = {
    Preact: "preact/LICENSE",
    "noble-hashes": "@noble/hashes/LICENSE",
    Readability: "@mozilla/readability/LICENSE.md",
  };
  const theirs = Object.entries(of).map(([name, file]) => `\n${name}\n\n${read(`node_modules/${file}`)}`);
  write(out, "LICENSE.txt", readFileSync(resolve(here, "../LICENSE"), "utf8"), ...theirs);
}

async function lens() {
  const out = emptied(join(web, "lens"));
  await build({ ...common, entryPoints: ["lens/lens.tsx"], outfile: join(out, "lens.js") });
  const dark = `@media screen and (prefers-color-scheme: dark) {\n${marks(tokens, "dark", "fine")}}\n`;
  const styles = [read("lens/lens.css"), samples, read("reader/listings.css")];
  write(out, "lens.css", tokens, marks(tokens, "light", "fine"), dark, ...styles);
  cpSync(join(here, "lens/index.html"), join(out, "index.html"));
  cpSync(join(here, "icons/32.png"), join(out, "icon.png"));
  licences(out);
}

/** The API's documentation page: Swagger UI without its external or inline parts. */
function docs() {
  const out = emptied(join(web, "docs"));
  for (const name of ["swagger-ui.css", "swagger-ui-bundle.js", "LICENSE", "NOTICE"]) {
    cpSync(join(here, "node_modules/swagger-ui-dist", name), join(out, name));
  }
  for (const name of ["docs/index.html", "docs/docs.js", "docs/docs.css"])
    cpSync(join(here, name), join(out, basename(name)));
}

async function bench() {
  const out = emptied(join(dist, "bench"));
  await build({ ...common, entryPoints: ["bench/bench.ts"], outfile: join(out, "bench.js") });
  await build({
    ...common,
    format: "esm",
    platform: "node",
    target: "node20",
    entryPoints: ["anchor", "anchor-speed", "anchor-trials", "page-identity", "runs"].map(
      name => `bench/${name}.mjs`,
    ),
    outExtension: { ".js": ".mjs" },
    outdir: out,
  });
  write(out, "marks.css", marks(tokens, "light", "fine"));
}

const began = performance.now();
await Promise.all([extension("chrome"), extension("firefox"), lens(), bench()]);
docs();
privacy(emptied(join(web, "privacy")), "index.html", "/static/privacy/");
if (!process.argv.includes("--quiet")) {
  console.log(
    `Caveat ${version}: dist/chrome, dist/firefox, lens, privacy page and API docs in ${Math.round(performance.now() - began)} ms`,
  );
  console.log(said(join(dist, "chrome")));
}
