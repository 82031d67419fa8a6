import { describe, expect, it } from "vitest";
import tokens from "../../server/caveat/web/static/tokens.css?raw";

const COLOURS = new Map(
  [...tokens.matchAll(/--caveat-([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }],
  ),
);

function colour(name: string, theme: "light" | "dark"): string {
  const found = COLOURS.get(name)?.[theme];
  if (!found) throw new Error(`no colour ${name}`);
  return found;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const THEMES = ["light", "dark"] as const;
const GROUNDS = ["paper", "card", "wash"];

describe("the colours (WCAG 2.2 AA)", () => {
  const text = THEMES.flatMap(theme =>
    ["ink", "muted", "people"].flatMap(name => GROUNDS.map(ground => [theme, name, ground] as const)),
  );
  it.each(text)("%s: %s can be read on %s", (theme, name, ground) => {
    expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  const lines = THEMES.flatMap(theme =>
    ["sources", "numbers", "wording", "reasoning", "credit", "edge", "ring"].flatMap(name =>
      GROUNDS.map(ground => [theme, name, ground] as const),
    ),
  );
  it.each(lines)("%s: a line of %s can be seen on %s", (theme, name, ground) => {
    expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});
