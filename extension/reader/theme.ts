/**
 * What paper the page's text stands on: light, dark or warm (sepia). Asks the page, not the system.
 *
 * In: elements of the page, only read. Out: a theme for the lines and the cards. The colours behind an
 * element are mixed as the browser mixes them, down to its canvas. Where a picture lies behind the
 * text, or something that is no ancestor of it, the colours do not say what is seen; but the text is
 * there to be read: where it could not be read on them, its own colour says what it stands on.
 */

export type Theme = "light" | "dark" | "sepia";

/** Red, green and blue from 0 to 255, and how much of it there is, from 0 to 1. */
export type Colour = readonly [number, number, number, number];

/** The theme of most of the places. */
export function themeOf(places: readonly Element[]): Theme {
  const votes = new Map<Theme, number>();
  for (const place of places) {
    const theme = themeOn(grounds(place), colourOf(getComputedStyle(place).color) ?? BLACK);
    votes.set(theme, (votes.get(theme) ?? 0) + 1);
  }
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "light";
}

const WHITE: Colour = [255, 255, 255, 1];
const BLACK: Colour = [0, 0, 0, 1];
const NIGHT: Colour = [18, 18, 18, 1]; // a browser's own dark canvas
/** Under this contrast nobody sets text on purpose: the colours are not what is behind it. */
const UNREADABLE = 1.5;
/** WCAG relative luminance at which black and white text are equally readable. */
const MIDDLE = 0.18;

/**
 * The theme for text of a colour on layers of colour, the uppermost first and the last one opaque. Warm
 * paper is bright, with less blue than red, but no signal yellow: #f4ecd8 in reader modes, #fff1e5 in a
 * financial newspaper; an off-white such as #fffdf8 is not.
 */
export function themeOn(layers: readonly Colour[], text: Colour): Theme {
  const ground = layers.reduceRight((under, layer) => over(layer, under), WHITE);
  const bright = luminance(ground);
  if (contrast(luminance(over(text, ground)), bright) < UNREADABLE) {
    return luminance(text) > MIDDLE ? "dark" : "light";
  }
  if (bright < MIDDLE) return "dark";
  const [red, green, blue] = ground;
  const warm = red - blue;
  return bright > 0.6 && red >= green && green > blue && warm >= 16 && warm <= 80 ? "sepia" : "light";
}

function grounds(element: Element): Colour[] {
  const layers: Colour[] = [];
  for (let at: Element | null = element; at; at = at.parentElement ?? hostOf(at)) {
    const colour = colourOf(getComputedStyle(at).backgroundColor);
    if (colour && colour[3] > 0) layers.push(colour);
    if (colour && colour[3] >= 1) return layers;
  }
  // Nothing opaque: the browser's own canvas, which follows the page's color-scheme.
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const isNight =
    scheme.includes("dark") &&
    (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  return [...layers, isNight ? NIGHT : WHITE];
}

function hostOf(element: Element): Element | null {
  const tree = element.getRootNode();
  return tree instanceof ShadowRoot ? tree.host : null;
}

const RGB = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:(?:,| \/) ([\d.]+))?\)$/;
const SRGB = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/;

/** A computed colour in numbers; null for what is none. Newer notations are left to the browser to resolve. */
export function colourOf(computed: string): Colour | null {
  const rgb = RGB.exec(computed);
  if (rgb) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3]), Number(rgb[4] ?? 1)];
  const srgb = SRGB.exec(computed);
  if (srgb) {
    return [Number(srgb[1]) * 255, Number(srgb[2]) * 255, Number(srgb[3]) * 255, Number(srgb[4] ?? 1)];
  }
  return computed === "" || computed === "transparent" ? null : painted(computed);
}

/** lab(), oklch(), color(display-p3 …): one pixel of it. */
function painted(computed: string): Colour | null {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.fillStyle = computed;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opaque = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, opaque / 255];
}

function over([red, green, blue, part]: Colour, [r, g, b]: Colour): Colour {
  const mixed = (above: number, below: number) => above * part + below * (1 - part);
  return [mixed(red, r), mixed(green, g), mixed(blue, b), 1];
}

function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map(channel => {
    const c = Math.min(Math.max(channel / 255, 0), 1);
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
