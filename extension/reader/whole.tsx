/** Long words with their middle left out, and the whole of them at a press. Text of strangers, set apart. */
import { useLayoutEffect, useState } from "preact/hooks";
import { Said, say } from "../shared/catalogue";
import { shortenedInside } from "../shared/shortened";

interface Props {
  readonly words: string;
  readonly most: number;
  readonly isQuoted?: boolean;
  readonly resized?: () => void;
}

export function Whole({ words, most, isQuoted = false, resized = () => undefined }: Props) {
  const [isOpen, setOpen] = useState(false);
  const short = shortenedInside(words, most);
  const isLong = short !== shortenedInside(words, Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    if (isLong) resized();
  }, [isOpen]);
  const shown = <bdi key="words">{isOpen ? words : short}</bdi>;
  return (
    <>
      {isQuoted ? <Said message="in_quotes" values={[shown]} /> : shown}
      {isLong && (
        <>
          {" "}
          <button
            type="button"
            class="whole"
            data-caveat="whole"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {say("show_whole")}
          </button>
        </>
      )}
    </>
  );
}
