/**
 * What an article's page carries because the extension is installed: before a press, and after it.
 *
 * In: the folder of a built extension. Out: bytes. Before a press nothing may run or be there: no content
 * script that the browser puts in by itself, no file that pages may load. After it the page has the
 * reader and its marks.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export function beforeAPress(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const files = [...(manifest.content_scripts ?? []), ...(manifest.web_accessible_resources ?? [])].flatMap(
    ({ js = [], css = [], resources = [] }) => [...js, ...css, ...resources],
  );
  return files.reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0);
}

/** Gzipped, as a measure of how much there is to read: it comes from the reader's own disk. */
export function afterAPress(folder) {
  return gzipSync(readFileSync(join(folder, "reader.js")), { level: 9 }).length;
}

export function said(folder) {
  const kB = (afterAPress(folder) / 1000).toFixed(1);
  return `In a page: ${beforeAPress(folder)} bytes before a press, reader.js after it (${kB} kB gzipped)`;
}
