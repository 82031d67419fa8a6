import { createHash } from "node:crypto";
import { assert, property, string } from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "./sha256";

const known = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

it("is what everybody else calls SHA-256, for any text", () => {
  assert(property(string({ unit: "grapheme", maxLength: 300 }), text => sha256(text) === known(text)));
});

it("is so around the ends of blocks", () => {
  for (let length = 50; length < 140; length++) {
    expect(sha256("e".repeat(length))).toBe(known("e".repeat(length)));
  }
});
