import { describe, expect, it } from "vitest";
import tokens from "../../server/caveat/web/static/tokens.css?raw";
import { marks, PRINTED, QUIET, STROKES, shade, THEMES } from "../marks.mjs";
import { FAMILIES } from "./analysis";

type Theme = (typeof THEMES)[number];

function colour(name: string, theme: Theme): string {
  return shade(tokens, theme, name);
}

function channels(hex: string): number[] {
  return [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map(channel => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Of a colour on a ground, where only a part of the colour may be there. */
function contrast(hex: string, ground: string, part = 1): number {
  const under = channels(ground);
  const seen = channels(hex).map((channel, at) => channel * part + (under[at] ?? 0) * (1 - part));
  const [light = 0, dark = 0] = [luminance(seen), luminance(under)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["paper", "card", "wash"];

describe("the colours (WCAG 2.2 AA)", () => {
  const text = THEMES.flatMap(theme =>
    ["ink", "muted", "people"].flatMap(name => GROUNDS.map(ground => [theme, name, ground] as const)),
  );
  it.each(text)("%s: %s can be read on %s", (theme, name, ground) => {
    expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  const lines = THEMES.flatMap(theme =>
    [...FAMILIES, "edge", "ring"].flatMap(name => GROUNDS.map(ground => [theme, name, ground] as const)),
  );
  it.each(lines)("%s: a line of %s can be seen on %s", (theme, name, ground) => {
    expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });

  const quiet = THEMES.flatMap(theme => FAMILIES.map(family => [theme, family] as const));
  it.each(quiet)("%s: a quiet line of %s can be seen on paper", (theme, family) => {
    expect(contrast(colour(family, theme), colour("paper", theme), QUIET)).toBeGreaterThanOrEqual(3);
  });

  it.each([...THEMES])("%s: text can be read on the open note's words", theme => {
    const focus = colour("focus", theme);
    const part = Number.parseInt(focus.slice(7), 16) / 255;
    const under = channels(colour("paper", theme));
    const mixed = channels(focus).map((c, at) => Math.round(c * part + (under[at] ?? 0) * (1 - part)));
    const ground = `#${mixed.map(c => c.toString(16).padStart(2, "0")).join("")}`;
    expect(contrast(colour("ink", theme), ground)).toBeGreaterThanOrEqual(4.5);
  });
});

/** The rules of a style sheet outside its media blocks, or within one. */
function rules(css: string, media = ""): Map<string, string> {
  const end = css.indexOf("@media");
  const block = media ? css.slice(css.indexOf(`@media ${media} {`)).split("@media", 2)[1] : css.slice(0, end);
  return new Map(
    [...(block ?? "").matchAll(/::highlight\(caveat-([a-z-]+)\) \{\n([^}]*)\}/g)].map(
      ([, name = "", declarations = ""]) => [name, declarations],
    ),
  );
}

describe.each(THEMES.flatMap(theme => STROKES.map(stroke => [theme, stroke] as const)))(
  "marks, %s and %s",
  (theme, stroke) => {
    const css = marks(tokens, theme, stroke);
    const own = rules(css);

    it("give each family a line of another kind, and its quiet notes the same kind, thinner", () => {
      const lines = FAMILIES.map(family =>
        [family, `${family}-quiet`].map(name => {
          const [, kind, thickness] = /underline (\w+) ([\d.]+)px/.exec(own.get(name) ?? "") ?? [];
          return { kind, thickness: Number(thickness) };
        }),
      );
      expect(new Set(lines.map(([loud]) => loud?.kind)).size).toBe(FAMILIES.length);
      for (const [loud, quiet] of lines) {
        expect(quiet?.kind).toBe(loud?.kind);
        expect(quiet?.thickness).toBeLessThanOrEqual(loud?.thickness ?? 0);
      }
    });

    it("have a tint only where they are strong", () => {
      expect(own.get("sources")?.includes("background-color")).toBe(stroke === "strong");
    });

    it("are printed in colours for white paper", () => {
      const printed = rules(css, "print");
      for (const family of FAMILIES) expect(printed.get(family)).toContain(colour(family, "light"));
      expect(printed.get("focus")).toContain("transparent");
    });

    it("leave the page's text its colour in print, unless it is bright", () => {
      const printed = rules(css, "print");
      const own = [...printed.values()].map(declarations => /^ *color: (.+);$/m.exec(declarations)?.[1]);
      expect(new Set(own)).toEqual(new Set([theme === "dark" ? PRINTED : undefined]));
      expect(contrast(PRINTED, "#ffffff")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(PRINTED, colour("paper", "dark"))).toBeGreaterThanOrEqual(3);
    });

    it("take the system's colours where those are forced", () => {
      const forced = rules(css, "(forced-colors: active)");
      for (const family of FAMILIES) expect(forced.get(`${family}-quiet`)).toContain("CanvasText");
      expect(forced.get("focus")).toMatch(/background-color: Highlight;\s+color: HighlightText;/);
    });
  },
);
