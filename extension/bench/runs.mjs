/** The extension's runs of words on a line protocol: in a text as JSON a line, out its numbers a line. */
import { createInterface } from "node:readline";
import { runs } from "../shared/runs";

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) console.log(JSON.stringify([...runs(JSON.parse(line))]));
}
