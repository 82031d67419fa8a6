/**
 * How much of an article is new since it was read.
 *
 * In: the text that was read, and later the text that is there. Out: whether it is still the same
 * article, and how many characters of it nobody has read. Only prose counts: "5 minutes ago" becomes
 * "6 minutes ago" on a page that has not grown.
 */
const PROSE = 8; // words that make a line prose

export class Growth {
  /** Characters (code points) of prose that have come since. */
  characters = 0;
  readonly #read: ReadonlySet<string>;
  readonly #tree: Node;
  #seen = new WeakSet<Node>();

  constructor(text: string, tree: Node) {
    this.#read = new Set(text.split("\n"));
    this.#tree = tree;
    this.hasNew();
  }

  /** Is half of what was read still there? Then it is the same article, whatever was added. */
  isSame(text: string): boolean {
    const now = new Set(text.split("\n"));
    let all = 0;
    let kept = 0;
    for (const line of this.#read) {
      all += line.length;
      if (now.has(line)) kept += line.length;
    }
    return kept * 2 >= all;
  }

  measure(text: string): void {
    this.characters = 0;
    for (const line of text.split("\n")) {
      if (isProse(line) && !this.#read.has(line)) this.characters += Array.from(line).length;
    }
  }

  /** Has prose come into the page since this was last asked? Quick: the article is not looked for. */
  hasNew(): boolean {
    let found = false;
    const now = new WeakSet<Node>(); // what goes and comes back is new again
    const walker = document.createTreeWalker(this.#tree, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      now.add(node);
      found ||= !this.#seen.has(node) && isProse((node as Text).data);
    }
    this.#seen = now;
    return found;
  }
}

function isProse(line: string): boolean {
  return line.trim().split(/\s+/, PROSE).length >= PROSE;
}
