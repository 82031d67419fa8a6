import { describe, expect, it } from "vitest";
import { type Colour, colourOf, type Theme, themeOn } from "./theme";

function hex(colour: string, part = 1): Colour {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));
  return [red, green, blue, part];
}

const INK = hex("#1a1a1a");
const CHALK = hex("#e6e6e6");

const PAPERS: readonly [string, Colour[], Colour, Theme][] = [
  ["white", [hex("#ffffff")], INK, "light"],
  ["an off-white", [hex("#fffdf8")], INK, "light"],
  ["a cool grey", [hex("#eef1f4")], INK, "light"],
  ["a reader mode's sepia", [hex("#f4ecd8")], hex("#5b4636"), "sepia"],
  ["a financial newspaper's", [hex("#fff1e5")], INK, "sepia"],
  ["beige", [hex("#f5f5dc")], INK, "sepia"],
  ["signal yellow", [hex("#ffee00")], INK, "light"],
  ["pink", [hex("#ffe0f0")], INK, "light"],
  ["a dark page's", [hex("#14161a")], CHALK, "dark"],
  ["dark brown", [hex("#2b2118")], CHALK, "dark"],
  ["black at 4 % on white", [hex("#000000", 0.04), hex("#ffffff")], INK, "light"],
  ["white at 8 % on a dark page's", [hex("#ffffff", 0.08), hex("#14161a")], CHALK, "dark"],
  ["black at 90 % on white", [hex("#000000", 0.9), hex("#ffffff")], CHALK, "dark"],
  ["warm paper at half on white", [hex("#f0deb4", 0.5), hex("#ffffff")], INK, "sepia"],
  ["a dark picture on an element without colour", [hex("#ffffff")], hex("#ffffff"), "dark"],
  ["a bright picture on a dark page", [hex("#14161a")], hex("#222222"), "light"],
];

describe("the theme of a paper", () => {
  it.each(PAPERS)("%s", (_name, layers, text, theme) => {
    expect(themeOn(layers, text)).toBe(theme);
  });
});

const NOTATIONS: readonly [string, Colour | null][] = [
  ["rgb(20, 22, 26)", [20, 22, 26, 1]],
  ["rgba(0, 0, 0, 0.5)", [0, 0, 0, 0.5]],
  ["rgb(0 0 0 / 0.5)", [0, 0, 0, 0.5]],
  ["rgba(0, 0, 0, 0)", [0, 0, 0, 0]],
  ["color(srgb 1 0.5 0)", [255, 127.5, 0, 1]],
  ["color(srgb 0 2e-7 1 / 0.25)", [0, 0.000051, 255, 0.25]],
  ["transparent", null],
  ["", null],
];

describe("a computed colour", () => {
  it.each(NOTATIONS)("%s", (computed, colour) => {
    const found = colourOf(computed);
    if (colour) expect(found?.map(n => Math.round(n * 1e6) / 1e6)).toEqual([...colour]);
    else expect(found).toBeNull();
  });
});
