/**
 * A link to words of a page: a text fragment (https://wicg.github.io/scroll-to-text-fragment/).
 *
 * In: the page's address, the article's text with a line a block, and where the words stand in it. Out:
 * the address with `#:~:text=[prefix-,]start[,end][,-suffix]`. Each part is whole words of one block,
 * since a browser looks for each within one. Few words are named whole; of many, or of words that
 * run over several blocks, how they begin and how they end. Words around them are named only where the
 * text has the same words elsewhere too. Where the words hold no letter or digit, the address alone.
 */
import { folded } from "./folded";

const WHOLE = 100; // characters that are named whole; more make a link that nobody can read
const EDGE = 4; // words that name how many words begin or end
const MOST = 8; // words of surroundings on either side: more would tell no more

interface Words {
  readonly start: number;
  readonly end: number;
}

export interface Fragment {
  readonly prefix?: string;
  readonly start: string;
  readonly end?: string;
  readonly suffix?: string;
}

export function linkTo(address: string, text: string, words: Words, language: string | null): string {
  const page = new URL(address);
  page.username = page.password = "";
  // Of what was behind the hash, a page within the page stays; a place in it is what this link names.
  const [route = ""] = page.hash.split(":~:");
  page.hash = "";
  const found = fragment(text, words, language);
  const kept = /^#!?\//.test(route) ? route : "";
  return page.href + (found ? `${kept || "#"}:~:${directive(found)}` : kept);
}

export function directive({ prefix, start, end, suffix }: Fragment): string {
  const parts = [
    prefix && `${encoded(prefix)}-`,
    encoded(start),
    end && encoded(end),
    suffix && `-${encoded(suffix)}`,
  ];
  return `text=${parts.filter(Boolean).join(",")}`;
}

/** A dash, a comma and an ampersand have a meaning of their own here. */
function encoded(words: string): string {
  return encodeURIComponent(words.replace(/\s+/g, " ")).replace(/-/g, "%2D");
}

export function fragment(text: string, { start, end }: Words, language: string | null): Fragment | null {
  const all = wordsOf(text, language);
  const first = all.findIndex(word => word.end > start);
  const last = all.findLastIndex(word => word.start < end);
  const [from, to] = [all[first]?.start, all[last]?.end];
  if (from === undefined || to === undefined || first > last) return null;
  const whole = text.slice(from, to);
  const around = surroundings(text, all, first, last);
  const named =
    first === last || (whole.length <= WHOLE && !whole.includes("\n"))
      ? { start: whole }
      : edges(text, all.slice(first, last + 1));
  const page = folded(text);
  for (const context of around) {
    if (isOnly(page, { ...named, ...context }, from, to)) return { ...named, ...context };
  }
  return { ...named, ...around.at(-1) };
}

/** The first words of the first block, and the last words of the last, which never meet. */
function edges(text: string, words: readonly Words[]): { start: string; end: string } {
  const most = Math.min(EDGE, Math.floor(words.length / 2));
  const joined = (some: readonly Words[]) => text.slice(some[0]?.start, some.at(-1)?.end);
  let head = most;
  while (joined(words.slice(0, head)).includes("\n")) head--;
  let tail = most;
  while (joined(words.slice(-tail)).includes("\n")) tail--;
  return { start: joined(words.slice(0, head)), end: joined(words.slice(-tail)) };
}

/** What may be named around the words, least first: nothing, then more and more of their own block. */
function surroundings(text: string, all: readonly Words[], first: number, last: number) {
  const [from, to] = [all[first]?.start as number, all[last]?.end as number];
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const lineEnd = (text.indexOf("\n", to) + text.length + 1) % (text.length + 1);
  const before = all.slice(Math.max(0, first - MOST), first).filter(word => word.start >= lineStart);
  const after = all.slice(last + 1, last + 1 + MOST).filter(word => word.end <= lineEnd);
  const contexts: Pick<Fragment, "prefix" | "suffix">[] = [{}];
  for (let many = 1; many <= Math.max(before.length, after.length); many++) {
    const prefix = text.slice(before.at(-Math.min(many, before.length))?.start ?? from, from).trim();
    const suffix = text.slice(to, after[Math.min(many, after.length) - 1]?.end ?? to).trim();
    if (prefix) contexts.push({ prefix });
    if (suffix) contexts.push({ suffix });
    if (prefix && suffix) contexts.push({ prefix, suffix });
  }
  return contexts;
}

/** Would a browser find these words and no others? It takes no notice of case, accents and quotation marks. */
function isOnly(page: ReturnType<typeof folded>, named: Fragment, from: number, to: number): boolean {
  const [prefix, start, end, suffix] = [named.prefix, named.start, named.end, named.suffix].map(
    part => part && folded(part).text,
  );
  const places = page.places(start as string).filter(place => {
    if (prefix && !page.text.slice(0, place).trimEnd().endsWith(prefix)) return false;
    return end !== undefined || !suffix || page.follows(place + (start as string).length, suffix);
  });
  const [only] = places;
  if (only === undefined || places.length > 1 || page.at(only) !== from) return false;
  if (!end) return true;
  const closing = page
    .places(end, only + (start as string).length)
    .find(place => !suffix || page.follows(place + end.length, suffix));
  return closing !== undefined && page.at(closing) === to - (named.end?.length ?? 0);
}

function wordsOf(text: string, language: string | null): Words[] {
  const segmenter = new Intl.Segmenter(language ?? "en", { granularity: "word" });
  return [...segmenter.segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment, index }) => ({ start: index, end: index + segment.length }));
}
