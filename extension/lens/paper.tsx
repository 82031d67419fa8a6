/**
 * The article as the lens shows it: one paragraph a line, marks and cards as in a page.
 *
 * In: the text as it was sent and the notes. The text index is made from the paragraphs' own text
 * nodes, so that an offset into the text is a place on the paper.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Margin } from "../reader/host";
import { place } from "../reader/marks";
import { clear, paint } from "../reader/paint";
import { type Run, TextIndex } from "../reader/text-index";
import type { Analysis } from "../shared/analysis";
import { followKeys, KEYS } from "./keys";

interface Props {
  readonly text: string;
  /** Where the text begins with its own headline, that line is set as one. */
  readonly title: string | null;
  readonly analysis: Analysis;
  /** Hands out what opens a note's card. */
  readonly opens: (open: (note: string) => void) => void;
}

export function Paper({ text, title, analysis, opens }: Props) {
  const paper = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!paper.current) return;
    const index = indexPaper(text, paper.current);
    const marks = place(analysis.notes, index);
    paint(marks);
    const margin = new Margin(marks, index, { theme: null, list: false, keys: KEYS });
    const listening = new AbortController();
    followKeys(by => margin.step(by), listening.signal);
    opens(note => margin.show(note));
    return () => {
      listening.abort();
      margin.destroy();
      clear();
    };
  }, [text, analysis]);
  return (
    <div ref={paper} class="paper" lang={analysis.language ?? "en"} data-caveat="paper">
      {lines(text).map(({ start, words }, at) => {
        const Block = at === 0 && words.trim() === title ? "h1" : "p";
        return (
          <Block key={start} data-start={start}>
            {words}
          </Block>
        );
      })}
    </div>
  );
}

interface Line {
  readonly start: number;
  readonly words: string;
}

/** The lines that hold words, and where each starts in the text. */
export function lines(text: string): Line[] {
  return [...text.matchAll(/[^\r\n\u2028\u2029]+/g)]
    .filter(line => line[0].trim() !== "")
    .map(line => ({ start: line.index, words: line[0] }));
}

export function indexPaper(text: string, paper: Element): TextIndex {
  const runs = [...paper.querySelectorAll<HTMLElement>("[data-start]")].flatMap((line): Run[] => {
    const node = line.firstChild;
    return node instanceof Text
      ? [{ node, from: 0, start: Number(line.dataset.start), length: node.length }]
      : [];
  });
  return new TextIndex(text, runs);
}
