import { expect, it } from "vitest";
import { after, before } from "./quote";

it.each([
  ["tte that the contractor had threatened to leave ", "… that the contractor had threatened to leave "],
  ["It began so. ", "It began so. "],
  ["", ""],
])("what stands before the words begins with a whole one: %j", (prefix, shown) => {
  expect(before(prefix)).toBe(shown);
});

it.each([
  [" A recent study found that tidal power cuts hous", " A recent study found that tidal power cuts …"],
  [" say so.", " say so."],
])("what stands after them ends with a whole one: %j", (suffix, shown) => {
  expect(after(suffix)).toBe(shown);
});
