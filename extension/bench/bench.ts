/** What benchmarks call from a page: `caveat.extract(document)`, `caveat.paint(marks)` and so on. Not shipped. */

import { anchor } from "../reader/anchoring";
import { extract, extracting } from "../reader/extract";
import { place } from "../reader/marks";
import { clear, paint } from "../reader/paint";
import { TextIndex } from "../reader/text-index";
import { parseAnalysis } from "../shared/analysis";

Object.assign(globalThis, {
  caveat: { anchor, clear, extract, extracting, paint, parseAnalysis, place, TextIndex },
});
