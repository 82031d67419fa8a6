"""Reading newer lists, in the shapes in which they come.

- our own CSV (``listings.csv``: ``domain,outlet,category,date,url``; of these only domain and category must
  be),
- CSV with a ``wikipedia_status_2026_08`` column and perhaps a ``perennial_2021`` one,
- the wikitext of Wikipedia's perennial sources (``{{WP:RSPSTATUS|gr}}``, ``{{WP:RSPUSES|bbc.com|…}}``),
- JSON, whole or a value a line: what Wikipedia's API answers, with the wikitext in it, or rows of other
  programs that took the wikitext apart (``{"id", "name", "status": "gr", "domain" | "domains" | "uses"}``).

In: a stream of bytes. Out: ``Lists``: the rows that can be used, and what was refused or left out, by line.
What goes wrong: ``Unreadable``, for a file that is none of these as a whole. A name is text; nothing is ever
markup.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, BinaryIO

import orjson

from caveat.facts.listings import perennial
from caveat.facts.listings.addresses import Address, rule
from caveat.facts.listings.lines import Fault, Found, Lists, Unreadable
from caveat.facts.listings.table import COLUMNS, DATE, Row

LARGEST = 64 * 1024 * 1024  # bytes; the perennial sources are one megabyte
LONGEST_LINE = 1024 * 1024
LONGEST_TEXT = 120  # characters of a name or a category
LONGEST_URL = 500
_HELD_BACK = {
    "platform": "anybody's pages stand there; a rule for a path or a subdomain can be taken",
    "body": "it speaks there for itself; the list means its records",
    "several": "the list says one thing of some of its pages and another of others",
    "contested": "lists contradict each other about it, or it is no outlet",
}
_STATUS = re.compile(r"wikipedia_status_(\d{4})_(\d\d)")
_PERENNIAL = re.compile(r"perennial_(\d{4})")
_STATUSES = {"reliable": "reliable", "unreliable": "unreliable", "no-consensus": "no consensus"}
_AGREES = {
    "reliable": "generally reliable",
    "unreliable": "generally unreliable",
    "no consensus": "no consensus",
}
_BELOW = ("deprecated", "blacklisted")


def read(stream: BinaryIO, as_of: str | None) -> Lists:
    """The rows of a file; ``as_of`` is their date where the file has none. Raises ``Unreadable``."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(
            f"is longer than {LARGEST // 1024**2} MiB; import the list in parts, or another one."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("is in UTF-16; save it as UTF-8.")
    lists = Lists()
    data = data.removeprefix(b"\xef\xbb\xbf")
    found = [*_found(data, as_of, lists)]
    lists.rows += _settled(_usable(found, lists), lists)
    if not (found or lists.refused or lists.left_out):
        raise Unreadable(f"has no rows of a list. It can be {_shapes()}.")
    return lists


def _found(data: bytes, as_of: str | None, lists: Lists) -> Iterator[Found]:
    first = next((line for line in data.splitlines() if line.strip() and not line.startswith(b"#")), b"")
    if first.lstrip()[:1] in {b"{", b"["} and not first.lstrip().startswith((b"{{", b"{|")):
        yield from _json(data, as_of, lists)
    elif perennial.MARK.encode() in data:
        yield from perennial.rows(data.decode("utf-8", "replace"), _dated(as_of), lists.refused)
    elif b"domain" in first[:LONGEST_LINE].lower():
        yield from _csv(data, as_of, lists)
    else:
        raise Unreadable(f"is no list that is known here. It can be {_shapes()}.")


def _shapes() -> str:
    return (
        f"CSV that begins with {','.join(COLUMNS)}, the wikitext of Wikipedia's perennial sources, or JSON "
        "with either"
    )


def _dated(as_of: str | None) -> str:
    if as_of is None:
        raise Unreadable("does not say of when it is; tell it with --as-of, such as --as-of 2026-08.")
    return as_of


def _lines(data: bytes, lists: Lists) -> Iterator[tuple[int, str]]:
    """The file's lines that can be read, with their numbers."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if len(line) > LONGEST_LINE:
            lists.refused.append(
                Fault(number, _short(line), f"the line is longer than {LONGEST_LINE:,} bytes")
            )
            continue
        try:
            text = line.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            lists.refused.append(Fault(number, _short(line), f"byte {error.start:,} is not UTF-8"))
            continue
        if text and not text.startswith("#"):
            yield number, text


def _short(line: bytes) -> str:
    return line[:60].decode("utf-8", "replace")


def _csv(data: bytes, as_of: str | None, lists: Lists) -> Iterator[Found]:
    columns: list[str] = []
    for number, line in _lines(data, lists):
        try:
            (cells,) = csv.reader([line], strict=True)
        except (csv.Error, ValueError) as error:
            lists.refused.append(Fault(number, line[:60], f"is no row of CSV ({error})"))
            continue
        if not columns:
            columns = [cell.strip().lower() for cell in cells]
            if "domain" not in columns or not ("category" in columns or any(map(_STATUS.fullmatch, columns))):
                raise Unreadable(f"has the columns {', '.join(columns)[:200]}. It can be {_shapes()}.")
        elif len(cells) != len(columns):
            why = f"has {len(cells)} columns, the first line {len(columns)}"
            lists.refused.append(Fault(number, line[:60], why))
        else:
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            yield from _own(number, row, as_of) if "category" in row else _reference(number, row, lists)


def _own(number: int, row: dict[str, str], as_of: str | None) -> Iterator[Found]:
    date = row.get("date") or _dated(as_of)
    yield Found(number, Row(row["domain"], row.get("outlet", ""), row["category"], date, row.get("url", "")))


def _reference(number: int, row: dict[str, str], lists: Lists) -> Iterator[Found]:
    """A row with what the lists say now, and what the perennial one said in a year before."""
    now = max(filter(_STATUS.fullmatch, row))
    then = max(filter(_PERENNIAL.fullmatch, row), default="")
    said, words = row[now], row.get(then, "").lower().split("|")
    before = [word for word in words if word in {*_AGREES.values(), *_BELOW}]
    if not said:
        if before:
            why = f"only the list of {then[-4:]} has it; whether that holds today, nobody says"
            lists.left_out.append(Fault(number, row["domain"], why))
        return
    if said not in _STATUSES:
        lists.refused.append(Fault(number, row["domain"], f"{said[:40]!r} is none of {', '.join(_STATUSES)}"))
        return
    category = _together(_STATUSES[said], before, then[-4:])
    if category is None:
        why = f"{said} now, {' and '.join(before)} in {then[-4:]}: the lists contradict each other"
        lists.left_out.append(Fault(number, row["domain"], why))
        return
    yield Found(number, Row(row["domain"], "", category, now[-7:].replace("_", "-"), ""))


def _together(now: str, before: Sequence[str], year: str) -> str | None:
    """What can be said of now with the words of before; None where one says the contrary of the other."""
    bad = [word for word in _BELOW if word in before]
    if now == "reliable" and (bad or "generally unreliable" in before):
        return None
    if now == "unreliable" and "generally reliable" in before:
        return None
    if now == "unreliable" and bad:
        return f"unreliable ({' and '.join(bad)} as of {year})"
    return _AGREES[now] if _AGREES[now] in before else now


def _json(data: bytes, as_of: str | None, lists: Lists) -> Iterator[Found]:
    try:
        values = [(1, orjson.loads(data))]
    except orjson.JSONDecodeError:
        values = []
        for number, line in _lines(data, lists):
            try:
                values.append((number, orjson.loads(line)))
            except orjson.JSONDecodeError as error:
                lists.refused.append(Fault(number, line[:60], f"is no JSON ({error})"))
        if not values:
            raise Unreadable("is neither JSON nor JSON lines; perhaps it is cut off.") from None
    for number, value in values:
        yield from _in_value(number, value, as_of, lists)


def _in_value(number: int, value: Any, as_of: str | None, lists: Lists) -> Iterator[Found]:
    """Goes down into a value until there is wikitext or a row."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            texts = [text for text in value.values() if isinstance(text, str) and perennial.MARK in text]
            if texts or not (row := perennial.parsed(value)):
                waiting += texts or value.values()
            else:
                yield from (Found(number, one) for one in row.rows(_dated(as_of)))
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, str) and perennial.MARK in value:
            yield from perennial.rows(value, _dated(as_of), lists.refused)


def _usable(found: Iterable[Found], lists: Lists) -> Iterator[tuple[Found, Address]]:
    for one in found:
        line, row = one
        at = rule(row.domain)
        if at is None:
            lists.refused.append(Fault(line, row.domain[:60], "is no domain, nor a domain with a path"))
        elif fault := _fault(row):
            lists.refused.append(Fault(line, row.domain[:60], fault))
        elif at.site is None:
            lists.left_out.append(
                Fault(line, row.domain, "is a public suffix: other people's domains end in it")
            )
        elif why := next((why for one in _suffixes(at) if (why := _held_back().get(one))), None):
            lists.left_out.append(Fault(line, row.domain, _HELD_BACK[why]))
        else:
            yield Found(line, row._replace(domain=str(at))), at


def _fault(row: Row) -> str | None:
    """What is wrong with a row's texts."""
    for name, text in (("outlet", row.outlet), ("category", row.category)):
        if len(text) > LONGEST_TEXT:
            return f"its {name} has {len(text):,} characters; at most {LONGEST_TEXT} are shown"
        if not text.isprintable():
            return f"its {name} holds characters that cannot be shown"
    if not row.category:
        return "it has no category"
    if not DATE.fullmatch(row.date):
        return f"its date is {row.date[:20]!r}; it can be like 2026, 2026-08 or 2026-08-31"
    if row.url and not re.fullmatch(r"https?://[^\s\"<>]{1,490}", row.url):
        return f"its url is no web address of at most {LONGEST_URL} characters"
    return None


def _settled(usable: Iterable[tuple[Found, Address]], lists: Lists) -> Iterator[Row]:
    """One row a rule; none where the list says two things of it."""
    by_rule: dict[Address, list[Found]] = defaultdict(list)
    for one, at in usable:
        by_rule[at].append(one)
    for rows in by_rule.values():
        if len(said := {one.row.category for one in rows}) == 1:
            yield max((one.row for one in rows), key=lambda row: (row.date, row.outlet != ""))
            continue
        why = f"it is listed as {' and as '.join(sorted(said))}, and an address does not tell which counts"
        lists.left_out.append(Fault(rows[0].line, rows[0].row.domain, why))


def _suffixes(at: Address) -> Iterator[str]:
    """The rule, and what ``held-back.csv`` calls the public suffix that its domain is under."""
    yield str(at)
    _, _, suffix = (at.site or "").partition(".")
    yield from (f"*.{label}" for label in suffix.split("."))


@cache
def _held_back() -> dict[str, str]:
    text = resources.files(__package__).joinpath("held-back.csv").read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith(("#", "domain,")))
    return dict(rows)
