/**
 * The card's last line: close it, what is behind the note, and behind "More" what can be done with it.
 *
 * In: the note and what its reader may do. Out: buttons, and a line that says what came of copying.
 * Without offers, as in the lens, there is no "More".
 */
import { useLayoutEffect, useState } from "preact/hooks";
import type { Signal } from "../shared/analysis";
import { say } from "../shared/catalogue";
import { Out } from "./out";

/** What a reader may do with the note on a card. */
export interface Doing {
  readonly notUseful: () => void;
  readonly hideKind: () => void;
  /** Says whether it worked. */
  readonly copyLink: () => Promise<boolean>;
}

interface Props {
  readonly signal: Signal;
  /** A person's note has its own ways to object to it. */
  readonly isPeoples: boolean;
  readonly doing: Doing | null;
  /** The card is higher now, or lower. */
  readonly resized: () => void;
  readonly close: () => void;
}

export function Footer({ signal, isPeoples, doing, resized, close }: Props) {
  const [open, setOpen] = useState(false);
  const kind = signal.level === "credit" ? "card_credit" : "card_question";
  return (
    <div class="foot">
      <button type="button" data-caveat="close" onClick={close}>
        {say("card_close")}
      </button>
      {doing && (
        <button
          type="button"
          data-caveat="more"
          aria-expanded={open}
          aria-controls="caveat-more"
          onClick={() => setOpen(!open)}
        >
          {say("card_more")}
        </button>
      )}
      {signal.reference && (
        <Out href={signal.reference} title={say("card_after", signal.after)}>
          {say("card_about")}
        </Out>
      )}
      <span>{say(isPeoples ? "people_foot" : kind)}</span>
      {doing && <More open={open} doing={doing} resized={resized} isPeoples={isPeoples} />}
    </div>
  );
}

function More({
  open,
  doing,
  resized,
  isPeoples,
}: Pick<Props, "resized" | "isPeoples"> & { readonly open: boolean; readonly doing: Doing }) {
  const [told, setTold] = useState("");
  useLayoutEffect(resized, [open, told]);
  const copy = async () => setTold(say((await doing.copyLink()) ? "copied" : "not_copied"));
  return (
    <div id="caveat-more" class="more" hidden={!open} data-caveat="offers">
      {!isPeoples && (
        <button type="button" data-caveat="not-useful" onClick={doing.notUseful}>
          {say("card_not_useful")}
        </button>
      )}
      <button type="button" data-caveat="hide-kind" onClick={doing.hideKind}>
        {say("card_hide_kind")}
      </button>
      <button type="button" data-caveat="copy-link" onClick={() => void copy()}>
        {say("card_copy_link")}
      </button>
      <p role="status" data-caveat="told">
        {told}
      </p>
    </div>
  );
}
