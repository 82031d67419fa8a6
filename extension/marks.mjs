/**
 * The style of the marks: lines under the words, in plain colours, as a highlight on somebody else's page
 * has no tokens.
 *
 * In: tokens.css, one of the themes, one of the strokes. Out: a style sheet for the names that
 * reader/paint.ts paints under. Each family has a line of its own kind, so that none needs its colour to be
 * told from the others; a quiet note's line is thin and paler. On paper, and where a reader's system
 * chooses all colours, the lines are what is left.
 */

/** The lines of the families, with their thickness in pixels: fine and strong. */
const LINES = {
  sources: ["dotted", 2, 3],
  numbers: ["double", 1.5, 2.5],
  wording: ["wavy", 1.5, 2.5],
  reasoning: ["dashed", 2, 3],
  credit: ["solid", 1, 2],
};

export const THEMES = ["light", "dark", "sepia"];
export const STROKES = ["fine", "strong"];

/** How much of a quiet line's colour is there: as little as leaves 3:1 on every theme's paper. */
export const QUIET = 0.75;
export const PRINTED = "#757575";
const TINT = 0.1; // of a strong mark's background: seen, and the page's text still reads as before

export function marks(tokens, theme, stroke) {
  const rules = Object.entries(LINES).flatMap(([family, [line, fine, strong]]) => {
    const colour = shade(tokens, theme, family);
    const thick = stroke === "strong" ? strong : fine;
    const quiet = stroke === "strong" ? fine : 1;
    const tint = stroke === "strong" ? `background-color: ${colour}${alpha(TINT)};` : "";
    return [
      rule(
        family,
        `text-decoration: underline ${line} ${thick}px ${colour};`,
        "text-underline-offset: 4px;",
        "text-decoration-skip-ink: none;",
        tint,
      ),
      rule(
        `${family}-quiet`,
        `text-decoration: underline ${line} ${quiet}px ${colour}${alpha(QUIET)};`,
        "text-underline-offset: 4px;",
        "text-decoration-skip-ink: none;",
      ),
    ];
  });
  rules.push(rule("focus", `background-color: ${shade(tokens, theme, "focus")};`));
  return [...rules, ...onPaper(tokens, theme), ...withSystemColours()].join("\n").concat("\n");
}

/**
 * A dark page is printed on white paper, and a background is for screens. Chromium darkens a dark page's
 * bright text for that, but not under a highlight: there it is given a grey, which also shows where a
 * page has its dark background printed.
 */
function onPaper(tokens, theme) {
  const text = theme === "dark" ? `color: ${PRINTED};` : "";
  const families = Object.keys(LINES).flatMap(family => {
    const colour = shade(tokens, "light", family);
    return [
      rule(family, `text-decoration-color: ${colour};`, "background-color: transparent;", text),
      rule(`${family}-quiet`, `text-decoration-color: ${colour}${alpha(QUIET)};`, text),
    ];
  });
  return ["@media print {", ...families, rule("focus", "background-color: transparent;", text), "}"];
}

/** Firefox does as it is told here. Chromium paints every highlight as its system paints selected text, with these lines under it. */
function withSystemColours() {
  const families = Object.keys(LINES).flatMap(family => [
    rule(family, "text-decoration-color: CanvasText;", "background-color: transparent;"),
    rule(`${family}-quiet`, "text-decoration-color: CanvasText;"),
  ]);
  const focus = rule("focus", "background-color: Highlight;", "color: HighlightText;");
  return ["@media (forced-colors: active) {", ...families, focus, "}"];
}

function rule(name, ...declarations) {
  const lines = declarations.filter(Boolean).map(declaration => `  ${declaration}\n`);
  return `::highlight(caveat-${name}) {\n${lines.join("")}}`;
}

/** A token's colour in a theme: #rrggbb or #rrggbbaa. */
export function shade(tokens, theme, name) {
  const [, sepia = ""] = /data-theme="sepia"\][^{]*\{([^}]*)\}/.exec(tokens) ?? [];
  const found =
    theme === "sepia"
      ? new RegExp(`--caveat-${name}: (#\\w+);`).exec(sepia)?.[1]
      : new RegExp(`--caveat-${name}: light-dark\\((#\\w+), (#\\w+)\\);`).exec(tokens)?.[
          theme === "dark" ? 2 : 1
        ];
  if (!found) throw new Error(`tokens.css has no colour --caveat-${name} for the theme ${theme}`);
  return found;
}

function alpha(part) {
  return Math.round(part * 255)
    .toString(16)
    .padStart(2, "0");
}
