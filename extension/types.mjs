/**
 * Writes shared/api.ts from the server's OpenAPI document, so that the API's shapes are written once.
 *
 *   node types.mjs            asks ../.venv/bin/caveat for the document and writes the file
 *   node types.mjs --check    writes nothing; fails when the file is not what it would write
 *
 * OPENAPI=FILE takes a document from a file instead. Without the server's package there is nothing to
 * compare with: the command that installs it is named, and the exit code is 2.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import openapi, { astToString } from "openapi-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const file = join(here, "shared/api.ts");
const caveat = resolve(here, "../.venv/bin/caveat");

function document() {
  if (process.env.OPENAPI) return readFileSync(process.env.OPENAPI, "utf8");
  if (existsSync(caveat))
    return execFileSync(caveat, ["openapi"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  console.error(
    "No server package at .venv/bin/caveat: run “make run” once, or set OPENAPI to a document's file.",
  );
  process.exit(2);
}

const head = "// Made by `npm run types` from the server's OpenAPI document. Do not edit.\n";
const written = head + astToString(await openapi(JSON.parse(document())));
if (!process.argv.includes("--check")) {
  writeFileSync(file, written);
} else if (readFileSync(file, "utf8") !== written) {
  console.error("shared/api.ts is not what the server's OpenAPI document says: run “npm run types”.");
  process.exit(1);
}
