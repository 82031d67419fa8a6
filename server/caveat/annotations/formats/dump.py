"""The open dump: everything that anybody may check the ranking with, as tables.

In: a database, a folder, the time. Out: a new folder in it, named by the moment, with

- ``annotations.csv.gz``: a line an annotation, with its words only where readers are shown them;
- ``ratings.csv.gz``: a line a rating, as ``caveat annotations rank --ratings`` reads it;
- ``status-history.csv.gz``: a line a change of status, from the log;
- ``manifest.json`` and ``README.md``: what each column means, how many lines, and SHA-256 digests.

What can go wrong: ``OSError`` (no room, no permission) and ``DatabaseError``; then there is no new folder. A
dump appears whole or not at all: it is written beside its place, forced to the disk, and renamed.

**Who rated is hidden, whether it was the same person is not.** A rater is called by HMAC-SHA-256 of the
account under a key that belongs to one month, and is replaced with the next one's: within a month's dumps
ratings can be joined, across months they cannot, and once the month is over nobody can make the names again,
not even from a list of all accounts. (A backup of the store made within the month has its key.) The month a
dump shows all ratings, old ones too, under its own names: someone who can tell a rater by *what* they rated
can do so in each month anew. Times are days. Authors are named by their alias, as beside their annotations,
and never under a rater's name: that would give all their ratings away.
"""

from __future__ import annotations

import csv
import gzip
import hmac
import io
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from caveat.accounts.models import Entry
from caveat.annotations.formats.web_annotation import author
from caveat.annotations.lookup import SHOWN
from caveat.annotations.models import Annotation, Rating, Status, Switch, Verdict
from caveat.annotations.status_history import change
from caveat.database import Database

KEY = "dump-key"
"""The switch that holds this month's key: ``{"month": "2026-03", "key": "..."}``."""
NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_AT_ONCE = 1_000  # rows that are in memory

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "annotations": {
        "noteId": "The annotation's UUID; it is at /annotations/UUID where readers are shown it.",
        "createdDay": "When it was written.",
        "status": "Where it stands: " + ", ".join(Status) + ".",
        "statusDay": "Since when.",
        "lockedDay": "From when on no rating changes that, if there is such a day.",
        "signal": "What was noticed.",
        "intercept": "How helpful people of different minds find it (the last ranking).",
        "factor": "Which of two minds it speaks to (the last ranking).",
        "author": "Its author's alias. Empty from here on where readers are not shown it.",
        "language": "The language of its text.",
        "page": "The page's address.",
        "exact": "The words that it is about.",
        "body": "What it says.",
        "sources": "The addresses it rests on, separated by spaces.",
        "correction": "What the page was corrected to.",
    },
    "ratings": {
        "noteId": "The annotation's UUID.",
        "raterParticipantId": "The rater, by a name that is good for this month's dumps.",
        "helpfulNum": "1 (helpful), 0.5 (somewhat) or 0 (not).",
        "reasons": "The reasons given, separated by spaces.",
        "day": "When it was given or last changed.",
    },
    "status-history": {
        "noteId": "The annotation's UUID.",
        "day": "When.",
        "status": "What it became.",
        "by": "Who did it: the author, a moderator at the desk, or the ratings by way of the ranking.",
    },
}


class Steps(Protocol):
    """Somebody who wants to know how far a work is."""

    def begin(self, what: str, total: float | None) -> None: ...
    def advance(self, by: float = 1) -> None: ...


@dataclass(frozen=True)
class Written:
    """A dump that is there: where, and how many lines each table has."""

    folder: Path
    lines: Mapping[str, int]


def write(database: Database, out: Path, now: datetime, rights: str | None, steps: Steps) -> Written:
    """Write a dump into ``out``, which is made where it is missing."""
    key = _key(database, now)
    out.mkdir(parents=True, exist_ok=True)
    place = out / now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    beside = Path(tempfile.mkdtemp(prefix=".dump-", dir=out))
    try:
        with database.read() as session:
            if database.dialect == "postgresql":  # all tables as they were at one moment
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            tables = {
                "annotations": _annotations(session),
                "ratings": _ratings(session, key),
                "status-history": _history(session),
            }
            lines = {}
            for name, rows in tables.items():
                steps.begin(f"Writing {name}", _how_many(session, name))
                lines[name] = _table(beside / f"{name}.csv.gz", COLUMNS[name], rows, steps)
        _describe(beside, lines, now, rights)
        beside.chmod(0o755)
        _force(beside)
        beside.rename(place)
        _force(out)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Written(place, lines)


def dumps_in(folder: Path) -> list[Path]:
    """The dumps that are there, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((each for each in folder.iterdir() if NAME.fullmatch(each.name)), reverse=True)


def forget_old(folder: Path, kept: int) -> list[Path]:
    """Remove all but the newest dumps; gives those removed."""
    old = dumps_in(folder)[kept:]
    for each in old:
        shutil.rmtree(each)
    return old


def pseudonym(key: bytes, account: int) -> str:
    """What a rater is called under a key."""
    return hmac.digest(key, str(account).encode(), "sha256").hex()[:32]


def _key(database: Database, now: datetime) -> bytes:
    """This month's key, made where it is missing; the one before is gone then."""
    month = now.astimezone(UTC).strftime("%Y-%m")
    with database.begin() as session:
        switch = session.get(Switch, KEY, with_for_update=True)
        if switch is None:
            switch = Switch(name=KEY, value={}, changed=now)
            session.add(switch)
        if switch.value.get("month") != month:
            switch.value = {"month": month, "key": secrets.token_hex(32)}
            switch.changed = now
        return bytes.fromhex(switch.value["key"])


def _how_many(session: Session, table: str) -> int:
    of = {"annotations": Annotation, "ratings": Rating, "status-history": Entry}[table]
    return session.scalar(select(func.count()).select_from(of)) or 0


def _annotations(session: Session) -> Iterator[list[object]]:
    found = select(Annotation).order_by(Annotation.id)
    whole = found.options(joinedload(Annotation.page), joinedload(Annotation.author))
    for each in session.scalars(whole.execution_options(yield_per=_AT_ONCE)):
        said: list[object] = [""] * 7
        if each.status in SHOWN:
            sources = " ".join(source.url for source in each.sources)
            said = [author(each), each.language, each.page.url, each.exact, each.body, sources]
            said.append(each.correction)
        yield [
            each.uuid, _day(each.created), each.status, _day(each.status_since), _day(each.locked),
            each.signal, each.intercept, each.factor, *said,
        ]  # fmt: skip


def _ratings(session: Session, key: bytes) -> Iterator[list[object]]:
    columns = (Annotation.uuid, Rating.account_id, Rating.verdict, Rating.reasons, Rating.changed)
    found = select(*columns).join(Annotation, Annotation.id == Rating.annotation_id)
    ordered = found.order_by(Rating.annotation_id, Rating.account_id)
    for uuid, account, verdict, reasons, changed in session.execute(
        ordered.execution_options(yield_per=_AT_ONCE)
    ):
        number = f"{Verdict(verdict).number:g}"
        yield [uuid, pseudonym(key, account), number, " ".join(reasons), _day(changed)]


def _history(session: Session) -> Iterator[list[object]]:
    """Changes of status, from the log."""
    found = select(Entry).where(Entry.subject.like("annotation:%")).order_by(Entry.id)
    for entries in session.scalars(found.execution_options(yield_per=_AT_ONCE)).partitions():
        numbers = {_number(entry) for entry in entries}
        wanted = select(Annotation.id, Annotation.uuid, Annotation.account_id)
        rows = session.execute(wanted.where(Annotation.id.in_(numbers)))
        names = {id_: (uuid, account) for id_, uuid, account in rows}
        for entry in entries:
            if (number := _number(entry)) in names:
                uuid, account = names[number]
                if (became := change(entry, account)) is not None:
                    yield [uuid, _day(became.at), became.status, became.by]


def _number(entry: Entry) -> int:
    """Which annotation a line of the log is about."""
    return int(entry.subject.partition(":")[2])


def _table(path: Path, columns: Mapping[str, str], rows: Iterable[list[object]], steps: Steps) -> int:
    count = 0
    # Without a time of its own, so that the same rows are the same bytes.
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        io.TextIOWrapper(packed, "utf-8", newline="") as text,
    ):
        written = csv.writer(text, lineterminator="\n")
        written.writerow(columns)
        for row in rows:
            written.writerow(["" if value is None else value for value in row])
            count += 1
            steps.advance()
    return count


def _describe(folder: Path, lines: Mapping[str, int], now: datetime, rights: str | None) -> None:
    files = {}
    for name, count in lines.items():
        path = folder / f"{name}.csv.gz"
        with path.open("rb") as file:
            digest = sha256()
            while part := file.read(1 << 20):
                digest.update(part)
        files[path.name] = {
            "lines": count,
            "bytes": path.stat().st_size,
            "sha256": digest.hexdigest(),
            "columns": COLUMNS[name],
        }
    manifest = {"made": now.astimezone(UTC).isoformat(), "rights": rights, "files": files}
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n")
    parts = [f"# What volunteers wrote and how it was rated, {now.astimezone(UTC):%Y-%m-%d}\n", _PREFACE]
    if rights:
        parts.append(f"You may use this under {rights}\n")
    for name, count in lines.items():
        parts.append(f"## {name}.csv.gz\n\n{count:,} lines.\n")
        parts.append(
            "\n".join(f"- `{column}`: {meaning}" for column, meaning in COLUMNS[name].items()) + "\n"
        )
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")
    for each in folder.iterdir():
        each.chmod(0o644)
        _force(each)


_PREFACE = """Tables are CSV in UTF-8 with a header, packed with gzip. `manifest.json` has their digests.

To check the ranking's arithmetic:

    gunzip ratings.csv.gz
    caveat annotations rank --ratings ratings.csv --rule auto --out notes.csv

Which ratings count for the service (those of accounts that are old enough, and of the present wording) is
not to be seen here, so that a few numbers may differ.

Raters have names that are good for one month: the key they are made with is thrown away with the month.
What is not shown to readers is listed without its words. Days are in UTC.
"""


def _day(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).strftime("%Y-%m-%d")


def _force(path: Path) -> None:
    """Let what was written be on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
