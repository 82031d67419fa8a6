/**
 * Where a card stands: beside its words, on none of their lines, inside the window.
 *
 * In: boxes of the words' lines, the card's size had it all the room, the window; all in pixels of the
 * window. Out: a place, and how wide and high the card may be there: what does not fit scrolls inside it.
 * Nothing goes wrong, but where the words leave no room at all, the card stands on some of them.
 *
 * The window without the words is a set of rooms, each as large as it can be: below the last line, above
 * the first, but also beside short lines. The card goes where most of it shows; among equals, below,
 * then above, and only then beside, where it covers the rest of a line. In a narrow window it is a sheet
 * as wide as the window at its foot or head, away from the words.
 */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Question {
  readonly words: readonly Box[];
  readonly card: Size;
  readonly window: Size;
  /** Are the words written from right to left? */
  readonly rtl: boolean;
}

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly maxHeight: number;
}

export const GAP = 10; // between the line under the words and the card
export const EDGE = 8; // between the card and the edge of the window
/** Below this width the page has one column: a card beside it would be a card on it. */
const SHEET = 480;
/** A smaller card shows no whole sentence: then rather another room. */
export const LEAST: Size = { width: 240, height: 120 };
/** As high as this, a card shows message and question: more of it does not make up for a worse place. */
const ENOUGH = 320;
/** What a card beside the words must show more of itself to stand there, as it covers the rest of a line. */
const BESIDE = 0.2;
/** More boxes than this (long words in many pieces) count as one: rooms are looked for by pairs of edges. */
const MANY = 40;

export function isSheet(window: Size): boolean {
  return window.width <= SHEET;
}

export function stand({ words, card, window, rtl }: Question): Place {
  const frame = isSheet(window) ? box(0, 0, window) : box(EDGE, EDGE, window);
  const lines = words.filter(
    line => line.right > frame.left && line.left < frame.right && line.bottom > 0 && line.top < window.height,
  );
  if (isSheet(window)) return sheet(lines, card, frame);
  const around = lines.length > MANY ? [hull(lines)] : lines;
  const size = { width: Math.min(card.width, width(frame)), height: card.height };
  const least = {
    width: Math.min(size.width, LEAST.width),
    height: Math.min(size.height, LEAST.height, height(frame)),
  };
  // Words that are scrolled out of the window: the card stands where it would if they were just there.
  const hold = hull(lines.length > 0 ? lines : words.map(line => into(line, frame)));
  let best: { room: Box; worth: number } | null = null;
  for (const room of rooms(frame, around)) {
    if (width(room) < least.width || height(room) < least.height) continue;
    const worth = worthOf(room, size, hold);
    if (!best || worth > best.worth) best = { room, worth };
  }
  if (!best) return overWords(frame, size, hold);
  const { room } = best;
  const shown: Size = {
    width: Math.min(size.width, width(room)),
    height: Math.min(size.height, height(room)),
  };
  const near = room.top >= hold.bottom ? (lines.at(-1) ?? hold) : (lines[0] ?? hold);
  const left = between(room.left, rtl ? near.right - shown.width : near.left, room.right - shown.width);
  const top = between(room.top, hold.top, room.bottom - shown.height);
  return { left, top, width: shown.width, maxHeight: room.bottom - top };
}

/** How good a room is: the part of the card that shows, less what speaks against the place. */
function worthOf(room: Box, card: Size, hold: Box): number {
  const wide = Math.min(1, width(room) / card.width);
  const enough = Math.min(1, height(room) / Math.min(card.height, ENOUGH));
  const all = Math.min(1, height(room) / card.height);
  const worth = wide * (enough + all / 20);
  if (room.top >= hold.bottom) return worth;
  if (room.bottom <= hold.top) return worth - 0.01;
  return worth - BESIDE;
}

/** At the foot of the window, or at its head where the words leave more room there. */
function sheet(lines: readonly Box[], card: Size, frame: Box): Place {
  const hold = lines.length > 0 ? hull(lines) : null;
  const below = hold ? frame.bottom - hold.bottom - GAP : height(frame);
  const above = hold ? hold.top - GAP - frame.top : 0;
  const least = Math.min(card.height, LEAST.height, height(frame));
  if (Math.max(below, above) < least)
    return overWords(frame, { ...card, width: width(frame) }, hold ?? frame);
  const head = below < Math.min(card.height, above);
  const shown = Math.min(card.height, head ? above : below);
  const top = head ? frame.top : frame.bottom - shown;
  return { left: frame.left, top, width: width(frame), maxHeight: shown };
}

/** There is no room: at the end of the window that is away from where the words begin, or end. */
function overWords(frame: Box, card: Size, hold: Box): Place {
  const shown = Math.min(card.height, Math.max(LEAST.height, height(frame) * 0.4), height(frame));
  const head = hold.top < frame.top && hold.bottom <= frame.bottom;
  const left = between(frame.left, hold.left, frame.right - card.width);
  return { left, top: head ? frame.top : frame.bottom - shown, width: card.width, maxHeight: shown };
}

/** Every largest rectangle of the frame that keeps its distance from all boxes. */
function* rooms(frame: Box, boxes: readonly Box[]): Generator<Box, void> {
  const kept = boxes.map(({ left, top, right, bottom }) => ({
    left: left - GAP,
    top: top - GAP,
    right: right + GAP,
    bottom: bottom + GAP,
  }));
  const tops = [frame.top, ...kept.map(each => each.bottom).filter(y => y > frame.top)];
  const bottoms = [frame.bottom, ...kept.map(each => each.top).filter(y => y < frame.bottom)];
  for (const top of tops) {
    for (const bottom of bottoms) {
      if (bottom <= top) continue;
      const inTheWay = kept
        .filter(each => each.top < bottom && each.bottom > top)
        .sort((a, b) => a.left - b.left);
      let { left } = frame;
      for (const each of inTheWay) {
        if (each.left > left) yield { left, top, right: Math.min(each.left, frame.right), bottom };
        left = Math.max(left, each.right);
      }
      if (left < frame.right) yield { left, top, right: frame.right, bottom };
    }
  }
}

function box(x: number, y: number, window: Size): Box {
  return { left: x, top: y, right: window.width - x, bottom: window.height - y };
}

function hull(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(each => each.left)),
    top: Math.min(...boxes.map(each => each.top)),
    right: Math.max(...boxes.map(each => each.right)),
    bottom: Math.max(...boxes.map(each => each.bottom)),
  };
}

/** The nearest place to a box inside the frame, without extent where it lies outside. */
function into(each: Box, frame: Box): Box {
  return {
    left: between(frame.left, each.left, frame.right),
    top: between(frame.top, each.top, frame.bottom),
    right: between(frame.left, each.right, frame.right),
    bottom: between(frame.top, each.bottom, frame.bottom),
  };
}

function between(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(wanted, most));
}

function width({ left, right }: Box): number {
  return right - left;
}

function height({ top, bottom }: Box): number {
  return bottom - top;
}
