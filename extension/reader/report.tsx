/** Somebody says that a note should not be there: which of a few reasons, and words of their own if they like. */
import { useLayoutEffect, useState } from "preact/hooks";
import { say } from "../shared/catalogue";
import { type Ask, REPORTS, type ReportKind } from "../shared/errands";

const LONGEST = 1_000;

export function Report({
  id,
  ask,
  resized,
}: {
  readonly id: string;
  readonly ask: Ask;
  readonly resized: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState<ReportKind>("private");
  const [words, setWords] = useState("");
  const [said, setSaid] = useState("");
  useLayoutEffect(resized, [isOpen, said]);

  async function send(): Promise<void> {
    setSaid(say("rating_sending"));
    const reply = await ask({ do: "report", id, kind, words });
    setSaid("fault" in reply ? reply.fault.message : say("report_sent"));
    if ("done" in reply) setOpen(false);
  }

  return (
    <>
      <button
        type="button"
        data-caveat="report"
        aria-expanded={isOpen}
        aria-controls={`report-${id}`}
        onClick={() => setOpen(!isOpen)}
      >
        {say("report")}
      </button>
      <div id={`report-${id}`} class="report" hidden={!isOpen}>
        <label>
          {say("report_why")}
          <select
            value={kind}
            onChange={event => setKind(REPORTS.find(k => k === event.currentTarget.value) ?? "other")}
          >
            {REPORTS.map(each => (
              <option key={each} value={each}>
                {say(`report_${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say("report_words")}
          <textarea
            rows={2}
            maxLength={LONGEST}
            value={words}
            onInput={event => setWords(event.currentTarget.value)}
          />
        </label>
        <button type="button" data-caveat="report-send" onClick={() => void send()}>
          {say("report_send")}
        </button>
      </div>
      <p role="status" class="judged" data-caveat="reported">
        {said}
      </p>
    </>
  );
}
