/**
 * The matcher on a line protocol, to judge it with any set of cases:
 * in {"id","text","quote","prefix","suffix","hint"} a line, out {"id","start","end","state"} a line.
 */
import { createInterface } from "node:readline";
import { anchor } from "../reader/anchoring";

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { id, text, quote, prefix, suffix, hint } = JSON.parse(line);
  const found = anchor(text, { exact: quote, prefix, suffix, start: hint });
  console.log(JSON.stringify({ id, ...(found ?? { start: null }) }));
}
