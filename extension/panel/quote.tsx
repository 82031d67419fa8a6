/** The words that a note is on, in their place. What stands around them begins and ends with whole words. */
import type { Quote } from "../shared/analysis";

export function Quoted({ quote: { exact, prefix, suffix } }: { readonly quote: Quote }) {
  return (
    <blockquote dir="auto" data-caveat="quote">
      <span class="around-words">{before(prefix)}</span>
      <mark>{exact}</mark>
      <span class="around-words">{after(suffix)}</span>
    </blockquote>
  );
}

const CUT = 30; // shorter than this, it is where the text begins or ends

export function before(prefix: string): string {
  return prefix.length > CUT ? `… ${prefix.slice(prefix.search(/\s/) + 1)}` : prefix;
}

export function after(suffix: string): string {
  const end = suffix.search(/\s\S*$/);
  return suffix.length > CUT && end > 0 ? `${suffix.slice(0, end)} …` : suffix;
}
