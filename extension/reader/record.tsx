/**
 * What is on record beside what the page says: both, how old the record is, and the way to it. It asks; which
 * of them is right it does not say.
 *
 * In: a note's evidence, as a stranger's text. Out: markup for the card and the panel.
 */
import { say } from "../shared/catalogue";
import { day, type Evidence, isChecks } from "../shared/evidence";
import { FactChecks } from "./fact-checks";
import { Out } from "./out";
import { Whole } from "./whole";

interface Props {
  readonly signal: string;
  readonly evidence: readonly Evidence[];
  /** What the page says; null where that stands beside it already. */
  readonly words: string | null;
  readonly resized?: () => void;
}

export function Beside({ signal, evidence, words, resized = () => undefined }: Props) {
  if (evidence.length === 0) return null;
  return isChecks(signal) ? (
    <FactChecks checks={evidence} resized={resized} />
  ) : (
    <Records records={evidence} words={words} resized={resized} />
  );
}

const LONG = 240; // characters: about six lines of a card

interface RecordsProps extends Pick<Props, "words"> {
  readonly records: readonly Evidence[];
  readonly resized: () => void;
}

function Records({ records, words, resized }: RecordsProps) {
  return (
    <div class="beside-words" data-caveat="records">
      <dl>
        {words && (
          <>
            <dt>{say("record_page")}</dt>
            <dd class="checked" data-caveat="record-page">
              <Whole words={words} most={LONG} isQuoted resized={resized} />
            </dd>
          </>
        )}
        <dt>{say("record_has")}</dt>
        {records.map(record => (
          <Record key={record.url + record.title} record={record} resized={resized} />
        ))}
      </dl>
    </div>
  );
}

function Record({ record, resized }: { readonly record: Evidence; readonly resized: () => void }) {
  const { title, url, date, publisher } = record;
  const { host } = new URL(url);
  return (
    <>
      <dd data-caveat="record">
        <Whole words={title} most={LONG} resized={resized} />
        {date && <small> · {say("record_as_of", day(date))}</small>}
      </dd>
      <dd data-caveat="record-link">
        <Out href={url} title={url}>
          {publisher && publisher !== host.replace(/^www\./, "") && (
            <>
              <bdi>{publisher}</bdi>{" "}
            </>
          )}
          <span class="host">{host}</span>
          <span aria-hidden="true"> ↗</span>
        </Out>
      </dd>
    </>
  );
}
