/**
 * Tells when words may have moved without a scroll: something around them has grown or shrunk, as when a
 * picture has loaded, or news was put above them.
 */
export class Shifts {
  readonly #sizes: ResizeObserver;
  #words: Range | null = null;

  constructor(moved: () => void) {
    this.#sizes = new ResizeObserver(moved);
  }

  /** From now on, tell it of these words, or of none. */
  of(words: Range | null): void {
    if (words === this.#words) return;
    this.#words = words;
    this.#sizes.disconnect();
    for (let up = words && parent(words.startContainer); up; up = parent(up)) this.#sizes.observe(up);
  }
}

function parent(node: Node): Element | null {
  return node.parentElement ?? (node.parentNode instanceof ShadowRoot ? node.parentNode.host : null);
}
