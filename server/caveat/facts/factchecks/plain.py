"""Values of markup as plain text, days and addresses.

In: any value of a parsed document. Out: text without tags, entities and control characters; a day such as
``2025-07-14``; a web address; None where a value is nothing of the kind. What can go wrong: nothing.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from urllib.parse import quote, urljoin, urlsplit

import idna

LONGEST_ADDRESS = 2_000
_TURNS = 3  # some feeds escape what was escaped already

_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"</?[a-z!?][^<>]*>", re.I)
_TAG_THAT_DIVIDES = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|blockquote)\b[^<>]*>", re.I)
_LIKE_A_TAG = re.compile(r"<(?=[a-z/!?])", re.I)
# Control characters, halves of characters, and what turns the direction of all that follows.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)

# Addresses that are as they have to be: nine of ten.
_ORDINARY = re.compile(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/[A-Za-z0-9._~/=+-]*)?")
_HOST_FIRST = re.compile(r"//|www\.[^/\s]+\.[A-Za-z]{2,}(?:/|\Z)")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]+{_MONTH},?[\s-]+(\d{{4}})\b", re.I)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_SECONDS = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.I)


def text(value: object) -> str | None:
    """The text of a string or a number; None where there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = str(value)
    except ValueError:  # a number of thousands of digits
        return None
    for _ in range(_TURNS):
        before = found
        if "<" in found:
            found = _UNSEEN.sub(" ", found)
            found = _TAG.sub("", _TAG_THAT_DIVIDES.sub(" ", found))
        if "&" in found:
            found = html.unescape(found)
        if found == before:
            break
    # What is left of tags after that becomes none: a sign and a word, as in "x < y".
    found = _LIKE_A_TAG.sub("< ", _INVISIBLE.sub("", found))
    return " ".join(found.split()) or None


def day(value: object) -> str | None:
    """The day that a value names; None where it is not sure which."""
    written = text(value)
    if written is None or len(written) > 100:
        return None
    if found := _YEAR_FIRST.match(written) or _COMPACT.fullmatch(written):
        return _checked(*(int(part) for part in found.groups()))
    if found := _DAY_MONTH.search(written):
        return _checked(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.search(written):
        return _checked(int(found[3]), _month(found[1]), int(found[2]))
    if found := _YEAR_LAST.match(written):
        first, second = int(found[1]), int(found[3])
        # 3/4/2020 is a day in March or in April; with full stops it is always the day first.
        if found[2] == "." or first > 12 or first == second:
            return _checked(int(found[4]), second, first)
        return _checked(int(found[4]), first, second) if second > 12 else None
    if _SECONDS.fullmatch(written):
        seconds = float(written)
        return _of_seconds(seconds / 1_000 if seconds > 1e11 else seconds)
    return None


def address(value: object, base: str | None = None) -> str | None:
    """An http or https address, whole; a relative one is completed by its base."""
    if not isinstance(value, str):
        return None
    if len(value) <= LONGEST_ADDRESS and _ORDINARY.fullmatch(value):
        return value
    # As browsers read addresses: no tabs, no line breaks, and spaces around do not count.
    written = re.sub(r"[\t\r\n\0]", "", html.unescape(value)).strip("".join(map(chr, range(33))))
    if not written or len(written) > LONGEST_ADDRESS:
        return None
    if _HOST_FIRST.match(written):
        written = f"https://{written.removeprefix('//')}"
    try:
        if base is not None:
            written = urljoin(base, written)
        parts = urlsplit(written)
        host, _ = parts.hostname or "", parts.port
        if not host.isascii():
            encoded = idna.encode(host, uts46=True).decode()
            parts = parts._replace(netloc=parts.netloc.lower().replace(host, encoded))
        # What an address never holds is written as it has to be; nothing of it can become markup.
        found = quote(parts.geturl(), safe="!#$%&()*+,/:;=?@[]~")
    except (ValueError, idna.IDNAError):
        return None
    is_web = parts.scheme in ("http", "https") and all(host.split(".")) and "@" not in parts.netloc
    return found if is_web and len(found) <= LONGEST_ADDRESS else None


def site(url: str) -> str:
    """The host of an address, without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def language(value: object) -> str | None:
    """A language tag as BCP 47 has it."""
    written = (text(value) or "").replace("_", "-")
    return written if len(written) <= 35 and _LANGUAGE.fullmatch(written) else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _checked(year: int, month: int, day_: int) -> str | None:
    try:
        return date(year, month, day_).isoformat() if 1900 <= year < 2100 else None
    except ValueError:
        return None


def _of_seconds(seconds: float) -> str | None:
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return _checked(found.year, found.month, found.day)
