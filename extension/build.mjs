/**
 * Builds everything that is made from this folder: the extension for Chrome and for Firefox, the
 * lens, the assets of the API's documentation page, and a bundle for benchmarks.
 *
 *   node build.mjs [--quiet]
 *
 * Output is unminified, so that reviewers can read what runs, and the same bytes every time.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { forEsbuild } from "./readability.mjs";

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
      path: resolve(resolveDir, path.slice(0, -4)),
      namespace: "raw",
    }));
    onLoad({ filter: /.*/, namespace: "raw" }, ({ path }) => ({
      contents: readFileSync(path, "utf8"),
      loader: "text",
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
  plugins: [raw, forEsbuild],
  // Preact as it was written: what it publishes for use is minified, and reviewers could not read it.
  alias: {
    preact: join(here, "node_modules/preact/src/index.js"),
    "preact/hooks": join(here, "node_modules/preact/hooks/src/index.js"),
    "preact/jsx-runtime": join(here, "node_modules/preact/jsx-runtime/src/index.js"),
  },
};

/** The lines under the words, in plain colours: a highlight on somebody else's page has no tokens. */
function marks(theme) {
  const shade = name => {
    const [, light, dark] = new RegExp(`--caveat-${name}: light-dark\\((#\\w+), (#\\w+)\\);`).exec(tokens);
    return theme === "dark" ? dark : light;
  };
  const lines = {
    sources: "dotted 2px",
    numbers: "double 1.5px",
    wording: "wavy 1.5px",
    reasoning: "dashed 2px",
    credit: "solid 1px",
  };
  const rules = Object.entries(lines).flatMap(([family, line]) => [
    `::highlight(caveat-${family}) {\n  text-decoration: underline ${line} ${shade(family)};\n  text-underline-offset: 4px;\n  text-decoration-skip-ink: none;\n}`,
    `::highlight(caveat-${family}-quiet) {\n  text-decoration: underline ${line.split(" ")[0]} 1px ${shade(family)}99;\n  text-underline-offset: 4px;\n  text-decoration-skip-ink: none;\n}`,
  ]);
  rules.push(`::highlight(caveat-focus) {\n  background-color: ${shade("focus")};\n}`);
  return `${rules.join("\n")}\n`;
}

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
const pages = { popup: "popup", options: "options", panel: "panel", print: "panel" };

async function extension(browser) {
  const out = emptied(join(dist, browser));
  await build({
    ...common,
    entryPoints: ["background/background.ts", "reader/reader.ts"],
    entryNames: "[name]",
    outdir: out,
  });
  await build({
    ...common,
    format: "esm",
    entryPoints: Object.entries(pages).map(([page, room]) => `${room}/${page}.tsx`),
    entryNames: "[name]",
    outdir: out,
  });
  for (const [page, room] of Object.entries(pages)) {
    write(out, `${page}.html`, read(`${room}/${page}.html`).replace("defer>", 'type="module">'));
  }
  write(out, "popup.css", read("popup/popup.css"), samples);
  write(out, "options.css", read("popup/popup.css"), read("options/options.css"));
  write(out, "panel.css", read("popup/popup.css"), samples, read("panel/panel.css"));
  write(out, "print.css", read("panel/print.css"), samples);
  write(out, "tokens.css", tokens);
  for (const theme of ["light", "dark"]) write(out, `marks-${theme}.css`, marks(theme));
  cpSync(join(here, "icons"), join(out, "icons"), {
    recursive: true,
    filter: path => !path.endsWith(".mjs"),
  });
  cpSync(join(here, "_locales"), join(out, "_locales"), { recursive: true });
  write(out, "manifest.json", JSON.stringify({ ...manifest, version, ...only[browser] }, null, 2));
}

const manifest = JSON.parse(read("manifest.json"));
/** Where the two browsers differ. Chrome's copy carries Firefox's keys too, which it passes over: Mozilla's linter wants them. */
const gecko = {
  id: "caveat@caveat-reader.github.io",
  strict_min_version: "142.0", // data collection keys; custom highlights since 140
  data_collection_permissions: { required: ["websiteContent"] },
};
const only = {
  chrome: {
    minimum_chrome_version: "128", // caretPositionFromPoint; sidePanel.open since 116
    permissions: [...manifest.permissions, "sidePanel"],
    side_panel: { default_path: "panel.html" },
    background: { service_worker: "background.js", scripts: ["background.js"] },
    browser_specific_settings: { gecko },
  },
  firefox: {
    background: { scripts: ["background.js"] },
    browser_specific_settings: { gecko },
    sidebar_action: {
      default_title: "Caveat: notes beside the page",
      default_panel: "panel.html",
      default_icon: manifest.action.default_icon,
      open_at_install: false,
    },
  },
};

async function lens() {
  const out = emptied(join(web, "lens"));
  await build({ ...common, entryPoints: ["lens/lens.tsx"], outfile: join(out, "lens.js") });
  const dark = `@media (prefers-color-scheme: dark) {\n${marks("dark")}}\n`;
  write(out, "lens.css", tokens, marks("light"), dark, read("lens/lens.css"), samples);
  cpSync(join(here, "lens/index.html"), join(out, "index.html"));
  cpSync(join(here, "icons/32.png"), join(out, "icon.png"));
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
    entryPoints: ["bench/anchor.mjs", "bench/anchor-speed.mjs"],
    outExtension: { ".js": ".mjs" },
    outdir: out,
  });
  for (const theme of ["light", "dark"]) write(out, `marks-${theme}.css`, marks(theme));
}

const began = performance.now();
await Promise.all([extension("chrome"), extension("firefox"), lens(), bench()]);
docs();
if (!process.argv.includes("--quiet")) {
  console.log(
    `Caveat ${version}: dist/chrome, dist/firefox, lens and API docs in ${Math.round(performance.now() - began)} ms`,
  );
}
