/**
 * The extension's page identity on a line protocol, to hold it against the server's:
 * in an address as JSON a line, out {"normal","digest","prefix"} or {"fault":true} a line.
 */
import { createInterface } from "node:readline";
import { digest, NotAPage, normal, prefix } from "../shared/page-identity";

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const url = JSON.parse(line);
  try {
    console.log(JSON.stringify({ normal: normal(url), digest: digest(url), prefix: prefix(url) }));
  } catch (error) {
    if (!(error instanceof NotAPage)) throw error;
    console.log(JSON.stringify({ fault: true }));
  }
}
