/** That a note was written for another page, and which; where the words there are others, both. */
import { Said } from "../shared/catalogue";
import type { Elsewhere } from "../shared/community";
import { Out } from "./out";
import { Wording } from "./wording";

interface Props {
  readonly page: Elsewhere;
  /** The words as they are on that page. */
  readonly words: string;
  /** As they are here, where they are others. */
  readonly here: string | null;
}

export function FromElsewhere({ page: { url, title }, words, here }: Props) {
  const link = (
    <Out key="page" href={url} title={url}>
      <bdi>{title}</bdi>
      <span aria-hidden="true"> ↗</span>
    </Out>
  );
  return (
    <>
      <p class="judged" data-caveat="elsewhere">
        <Said message={here === null ? "people_elsewhere" : "people_elsewhere_like"} values={[link]} />
      </p>
      {here !== null && <Wording before={words} now={here} isElsewhere />}
    </>
  );
}
