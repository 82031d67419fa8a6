/** Words that the page has changed since they were read: as they were, and as they are. */

import type { ComponentChildren } from "preact";
import { Said, say } from "../shared/catalogue";

export interface Difference {
  /** What both begin with, and what both end with. */
  readonly head: string;
  readonly tail: string;
  readonly before: string;
  readonly now: string;
}

const BESIDE = 60; // letters shown on each side of the change

/** By whole words: a figure or a name that differs in one letter differs. */
export function difference(before: string, now: string): Difference {
  const old = pieces(before);
  const young = pieces(now);
  const shorter = Math.min(old.length, young.length);
  let head = 0;
  while (head < shorter && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === young[young.length - 1 - tail]) tail++;
  return {
    head: old.slice(0, head).join(""),
    tail: old.slice(old.length - tail).join(""),
    before: old.slice(head, old.length - tail).join(""),
    now: young.slice(head, young.length - tail).join(""),
  };
}

function pieces(words: string): string[] {
  return words.match(/\s+|\S+/g) ?? [];
}

interface Props {
  readonly before: string;
  readonly now: string;
  /** The words before are those of another page, which this one never had. */
  readonly isElsewhere?: boolean;
}

export function Wording({ before, now, isElsewhere = false }: Props) {
  const { head, tail, ...changed } = difference(before, now);
  const from = head.length > BESIDE ? `…${head.slice(head.indexOf(" ", head.length - BESIDE) + 1)}` : head;
  const to = tail.length > BESIDE ? `${tail.slice(0, tail.lastIndexOf(" ", BESIDE))}…` : tail;
  const quoted = (words: ComponentChildren) => (
    <>
      {from}
      {words}
      {to}
    </>
  );
  return (
    <dl class="wording" data-caveat="wording">
      <dt>{say(isElsewhere ? "wording_there" : "wording_before")}</dt>
      <dd data-caveat="before">
        <Said message="in_quotes" values={[quoted(<del>{changed.before}</del>)]} />
      </dd>
      <dt>{say(isElsewhere ? "wording_here" : "wording_now")}</dt>
      <dd data-caveat="now">
        <Said message="in_quotes" values={[quoted(<ins>{changed.now}</ins>)]} />
      </dd>
    </dl>
  );
}
