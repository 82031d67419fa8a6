"""What may be submitted: the rules for text, words of a page, and sources, before anything is stored.

In: a ``Draft``, as a client sent it. Out: ``checked`` gives the same with line ends and margins put right.
What can go wrong: ``Refused`` (422) with a pointer to the field, the limit and the way out; no message
repeats what was sent.

Text is plain: ``<b>`` is shown as those three characters by whoever shows it. Refused is what a reader could
not see: control characters, and the marks that reverse the order of letters so that a text or an address
reads as another one does. The words of the page are kept as they are, since they have to be found there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urlsplit

from caveat.accounts.refused import Refused
from caveat.annotations import page_identity, rules

LONGEST_BODY = 1_000  # code points; a card shows about 400 before it scrolls
LONGEST_QUOTE = 1_000  # code points; who marks more than a long paragraph marks no claim
LONGEST_CONTEXT = 64  # code points before and after; a client sends 32
LONGEST_TITLE = 1_000  # as an analysis takes it
LONGEST_CLIENT_ID = 64
MOST_SOURCES = 5  # nobody opens more; each is one more for a rater to check
LONGEST_SOURCE = 2_000
LONGEST_SOURCE_TITLE = 300
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*")

CLIENT_ID = r"^[A-Za-z0-9_-]{1,64}$"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff]")
_REVERSING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # Unicode's bidirectional embeddings and isolates


@dataclass(frozen=True)
class Cited:
    """A page that an annotation rests on."""

    url: str
    title: str = ""


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say of words on a page."""

    client_id: str
    """The writer's own name for it: the same twice is one annotation."""
    url: str
    exact: str
    signal: str
    body: str
    title: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    sources: tuple[Cited, ...] = ()
    language: str | None = None
    canonical: str | None = None
    via: tuple[str, ...] = ()
    anyway: bool = False
    """Submitted though there is a similar one."""
    of_page: bool = False
    """Of the page as a whole, with no words marked. Ours marks words; programs of others may do without."""

    @property
    def quote_digest(self) -> str:
        """The same words, however they are spaced and capitalised, have the same."""
        return sha256(folded(self.exact).encode()).hexdigest()


def checked(draft: Draft) -> Draft:
    """The draft as it may be kept."""
    if not re.fullmatch(CLIENT_ID, draft.client_id):
        raise Refused(
            422,
            f"It takes 1 to {LONGEST_CLIENT_ID} letters, digits, - and _; a random UUID does.",
            "#/client_id",
        )
    if draft.signal not in rules.SIGNALS:
        raise Refused(422, "There is no such signal; /api/v1/signals lists all.", "#/signal")
    if draft.language is not None and not _LANGUAGE.fullmatch(draft.language[:36]):
        raise Refused(422, "It must be a language tag such as en or en-GB, or be left out.", "#/language")
    _check_quote(draft)
    page = page_of(draft.url)
    sources = _sources(draft.sources, page)
    if draft.signal in rules.NEEDS_SOURCE and not sources:
        raise Refused(422, "This signal takes a source that a reader can open.", "#/sources")
    return replace(
        draft,
        body=plain(draft.body, LONGEST_BODY, "#/body"),
        title=one_line(draft.title, LONGEST_TITLE, "#/page/title"),
        sources=sources,
    )


def page_of(url: str) -> str:
    """The digest of the page at an address."""
    try:
        return page_identity.digest(url)
    except page_identity.NotAPage as error:
        raise Refused(422, str(error), "#/page/url") from error


def plain(text: str, longest: int, pointer: str) -> str:
    """Text that somebody wrote, as it may be kept: lines end one way, and nothing is around it."""
    text = re.sub("\r\n?", "\n", text).strip()
    _refuse_unseen(text, pointer)
    if not text:
        raise Refused(422, f"It takes 1 to {longest:,} characters; spaces alone say nothing.", pointer)
    _refuse_long(text, longest, pointer)
    return re.sub("\n{3,}", "\n\n", text)


def one_line(text: str, longest: int, pointer: str) -> str:
    """A title as it may be kept. It is the page's, and who submits cannot help what is in it: what cannot be
    seen is left out."""
    text = " ".join(_REVERSING.sub("", _UNSEEN.sub(" ", text)).split())
    _refuse_long(text, longest, pointer)
    return text


def folded(text: str) -> str:
    """Text without what does not make it another: case, spacing, the shape of quotation marks."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_MARKS)
    return " ".join(text.split())


_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00ad": None})


def _check_quote(draft: Draft) -> None:
    if draft.of_page and not (draft.exact or draft.prefix or draft.suffix or draft.start):
        return
    if not draft.exact.strip():
        raise Refused(422, "It takes the words that the annotation is about.", "#/target/exact")
    limits = {"exact": LONGEST_QUOTE, "prefix": LONGEST_CONTEXT, "suffix": LONGEST_CONTEXT}
    for name, longest in limits.items():
        words, pointer = getattr(draft, name), f"#/target/{name}"
        _refuse_long(words, longest, pointer)
        if re.search("[\x00\ud800-\udfff]", words):
            raise Refused(422, "It holds a character that no page's text has.", pointer)
    if re.search("[\u202d\u202e]", draft.exact):
        raise Refused(
            422, "It holds a mark that turns letters around. Mark the words beside it.", "#/target/exact"
        )
    if draft.start is not None and not 0 <= draft.start < 2**31:
        raise Refused(422, "It is a count of characters, from 0.", "#/target/start")


def _sources(sources: tuple[Cited, ...], page: str) -> tuple[Cited, ...]:
    if len(sources) > MOST_SOURCES:
        raise Refused(422, f"It takes at most {MOST_SOURCES} sources; name the best.", "#/sources")
    kept: dict[str, Cited] = {}
    for number, source in enumerate(sources):
        pointer = f"#/sources/{number}/url"
        url = source.url.strip()
        _refuse_unseen(url, pointer)
        _refuse_long(url, LONGEST_SOURCE, pointer)
        try:
            digest = page_identity.digest(url)
            has_user = "@" in urlsplit(url).netloc
        except ValueError as error:
            raise Refused(
                422, "A source is a page: its address begins with http:// or https://.", pointer
            ) from error
        if has_user:
            raise Refused(422, "A source's address has nobody's name before its host.", pointer)
        if digest == page:
            raise Refused(422, "A page is no source for what it says itself. Name another.", pointer)
        title = one_line(source.title, LONGEST_SOURCE_TITLE, f"#/sources/{number}/title")
        kept.setdefault(digest, Cited(url, title))
    return tuple(kept.values())


def _refuse_unseen(text: str, pointer: str) -> None:
    if _UNSEEN.search(text):
        raise Refused(422, "It holds control characters, which nobody sees. Leave them out.", pointer)
    if _REVERSING.search(text):
        raise Refused(422, "It holds marks that turn the order of letters around. Leave them out.", pointer)


def _refuse_long(text: str, longest: int, pointer: str) -> None:
    if len(text) > longest:
        raise Refused(422, f"It has {len(text):,} characters; the limit is {longest:,}.", pointer)
