import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, EDGE, GAP, isSheet, LEAST, type Place, type Size, stand } from "./stand";

const DESKTOP = { width: 1280, height: 800 };
const CARD = { width: 372, height: 300 };

/** A line of words: left, top, width; 24 pixels high. */
function line(left: number, top: number, wide: number, high = 24): Box {
  return { left, top, right: left + wide, bottom: top + high };
}

/** The card's box, as high as it may be and wants to be. */
function boxOf({ left, top, width, maxHeight }: Place, card: Size): Box {
  return { left, top, right: left + width, bottom: top + Math.min(maxHeight, card.height) };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isInside({ left, top, right, bottom }: Box, window: Size): boolean {
  return left >= 0 && top >= 0 && right <= window.width + 0.01 && bottom <= window.height + 0.01;
}

const BLOCK = [line(700, 200, 300), line(300, 224, 700), line(300, 248, 120)];

const CASES: readonly [string, Box[], Size, Partial<Place>, { card?: Size; rtl?: boolean }?][] = [
  ["under its words", [line(300, 200, 150)], DESKTOP, { left: 300, top: 234 }],
  ["under the last of several lines", BLOCK, DESKTOP, { left: 300, top: 282 }],
  ["over words at the foot", [line(300, 760, 150)], DESKTOP, { left: 300, top: 450 }],
  ["over the first line of words at the foot", BLOCK.map(b => moved(b, 0, 500)), DESKTOP, { left: 700 }],
  ["under words at the very top", [line(300, 0, 150)], DESKTOP, { top: 34 }],
  ["under words that are half scrolled away", [line(300, -12, 150)], DESKTOP, { top: 22 }],
  ["inside the window at the right", [line(1200, 200, 70)], DESKTOP, { left: 1280 - 372 - EDGE }],
  ["inside the window at the left", [line(-40, 200, 70)], DESKTOP, { left: EDGE }],
  ["to the left of Hebrew words", [line(600, 200, 150)], DESKTOP, { left: 750 - 372 }, { rtl: true }],
  [
    "inside the window with Hebrew words at the left",
    [line(20, 200, 90)],
    DESKTOP,
    { left: EDGE },
    { rtl: true },
  ],
  [
    "with a long text, where more of it shows",
    [line(300, 500, 150)],
    DESKTOP,
    { top: EDGE, maxHeight: 482 },
    { card: { width: 372, height: 900 } },
  ],
  [
    "beside its words in a low window",
    [line(40, 150, 120)],
    { width: 640, height: 320 },
    { left: 170, top: EDGE, maxHeight: 304 },
    { card: { width: 372, height: 304 } },
  ],
  [
    "under words over the whole width of a low window, and scrolls",
    [line(20, 100, 600)],
    { width: 640, height: 360 },
    { top: 134, maxHeight: 218 },
  ],
  [
    "beside words taller than the window",
    Array.from({ length: 60 }, (_, at) => line(20, at * 24 - 300, 600)),
    { width: 1280, height: 600 },
    { left: 630, top: EDGE },
  ],
  [
    "at the foot where words fill the window",
    Array.from({ length: 60 }, (_, at) => line(0, at * 24, 1280)),
    { width: 1280, height: 600 },
    { top: 600 - EDGE - 233.6 },
  ],
  [
    "at the head where words that began before fill the window",
    Array.from({ length: 30 }, (_, at) => line(0, at * 24 - 150, 1280)),
    { width: 1280, height: 600 },
    { top: EDGE },
  ],
  [
    "as a sheet at the foot of a phone",
    [line(20, 100, 200)],
    { width: 360, height: 640 },
    { left: 0, top: 340 },
  ],
  [
    "as a sheet at the head of a phone",
    [line(20, 500, 200)],
    { width: 360, height: 640 },
    { left: 0, top: 0 },
  ],
  [
    "as a sheet that ends before its words",
    [line(20, 300, 200)],
    { width: 320, height: 568 },
    { top: 0, maxHeight: 290 },
    { card: { width: 320, height: 500 } },
  ],
  [
    "under words in very many pieces",
    Array.from({ length: 400 }, (_, at) => line(300 + (at % 40) * 15, 100 + Math.floor(at / 40) * 24, 14)),
    DESKTOP,
    { left: 885, top: 350 },
  ],
  [
    "where its words were, once they are scrolled away",
    [line(300, -400, 150)],
    DESKTOP,
    { left: 300, top: EDGE },
  ],
];

function moved({ left, top, right, bottom }: Box, x: number, y: number): Box {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

describe("a card stands", () => {
  it.each(CASES)("%s", (_name, words, window, wanted, { card, rtl = false } = {}) => {
    const size = { ...CARD, ...(isSheet(window) && { width: window.width }), ...card };
    expect(stand({ words, card: size, window, rtl })).toMatchObject(wanted);
  });
});

const window_ = fc.record({
  width: fc.integer({ min: 320, max: 2000 }),
  height: fc.integer({ min: 200, max: 1400 }),
});
const question = window_.chain(window =>
  fc.record({
    window: fc.constant(window),
    card: fc.record({ width: fc.constant(372), height: fc.integer({ min: 40, max: 2000 }) }),
    rtl: fc.boolean(),
    words: fc.array(
      fc
        .tuple(
          fc.integer({ min: -400, max: window.width + 200 }),
          fc.integer({ min: -400, max: window.height + 200 }),
          fc.integer({ min: 1, max: window.width }),
          fc.integer({ min: 1, max: 300 }),
        )
        .map(([left, top, wide, high]) => line(left, top, wide, high)),
      { minLength: 1, maxLength: 12 },
    ),
  }),
);

/** Is there a place for a small card on none of the words? Tries the window pixel by some pixels. */
function hasRoom({ words, window, card }: { words: Box[]; window: Size; card: Size }): boolean {
  const wide = isSheet(window) ? window.width : LEAST.width + 2 * GAP;
  const edge = isSheet(window) ? 0 : EDGE;
  const high = Math.min(LEAST.height, card.height) + 2 * GAP;
  for (let left = edge; left + wide <= window.width - edge; left += 16) {
    for (let top = edge; top + high <= window.height - edge; top += 16) {
      const free = { left, top, right: left + wide, bottom: top + high };
      if (isSheet(window) && words.some(word => word.bottom > free.top && word.top < top)) continue;
      if (!words.some(word => overlap(word, free))) return true;
    }
  }
  return false;
}

describe("wherever words are", () => {
  it("the card is inside the window", () => {
    fc.assert(
      fc.property(question, asked => isInside(boxOf(stand(asked), asked.card), asked.window)),
      { numRuns: 1000 },
    );
  });

  it("the card may grow as far as it was given room, and stays inside", () => {
    fc.assert(
      fc.property(question, asked => {
        const place = stand(asked);
        return isInside(boxOf(place, { width: 0, height: place.maxHeight }), asked.window);
      }),
    );
  });

  it("the card covers none of them while there is room anywhere", () => {
    fc.assert(
      fc.property(question, asked => {
        fc.pre(!isSheet(asked.window) && hasRoom(asked));
        const place = stand(asked);
        const taken = boxOf(place, { width: 0, height: place.maxHeight });
        return !asked.words.some(word => overlap(word, taken));
      }),
      { numRuns: 500 },
    );
  });

  it("a sheet covers none of them while there is room before the first or after the last", () => {
    const phone = question.map(asked => ({ ...asked, window: { width: 360, height: asked.window.height } }));
    fc.assert(
      fc.property(phone, asked => {
        const seen = asked.words.filter(
          ({ top, bottom, left, right }) =>
            bottom > 0 && top < asked.window.height && right > 0 && left < asked.window.width,
        );
        const first = Math.min(...seen.map(({ top }) => top), asked.window.height);
        const last = Math.max(...seen.map(({ bottom }) => bottom), 0);
        const least = Math.min(LEAST.height, asked.card.height) + GAP;
        fc.pre(first >= least || asked.window.height - last >= least);
        const taken = boxOf(stand(asked), asked.card);
        return !seen.some(word => overlap(word, taken));
      }),
      { numRuns: 500 },
    );
  });
});
