"""Submitting annotations, and what their authors may do with them afterwards.

In: a session that writes, who acts, a ``Draft``, the time. Out: the annotation; it is there when the session
is committed. What can go wrong: ``Refused``, and its kind ``Similar`` where others said it already.

Whoever changes an annotation may name the revision they have seen. Where its wording is another one since,
that is refused (412), and nothing of it is kept. A revision that only says that it stands elsewhere (it was
rated, ranked, decided) does not count: nobody's words were changed by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, drafts, page_identity, spared
from caveat.annotations.brake import Part
from caveat.annotations.drafts import Cited, Draft, folded
from caveat.annotations.models import Annotation, Page, Rating, Report, Source, Status, Wording

__all__ = [
    "Cited", "Draft", "Similar", "Submitted", "draft_of", "edit", "hold", "refuse_stale", "settle", "submit",
    "withdraw",
]  # fmt: skip

WINDOW = timedelta(hours=1)  # for one's own typing errors; later, others have read and rated it
OPEN = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL)
_EDITABLE = (Status.PENDING, Status.NEEDS_RATINGS)
_CHANGEABLE = ("signal", "body", "language", "sources", "canonical", "via")
_PLACE = ("exact", "prefix", "suffix", "start")
DECIDE = (Role.MODERATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Submitted:
    """An annotation, and whether it was not there before."""

    annotation: Annotation
    is_new: bool


class Similar(Refused):
    """Others said it already; theirs can be rated instead."""

    def __init__(self, similar: tuple[Annotation, ...]) -> None:
        super().__init__(
            409,
            "These words have an annotation of this signal already. Rate that one; or submit yours anyway, "
            "if it says something else.",
            "#/target/exact",
        )
        self.similar = similar


def submit(
    session: Session, author: Account, draft: Draft, now: datetime, is_import: bool = False
) -> Submitted:
    """Keep a draft. The same ``client_id`` again gives what is there. An import is the operator's own doing,
    from the command line, and not held to what a person may write a day."""
    draft = drafts.checked(draft)
    allowance.take_turn(session, author)
    mine = (Annotation.account_id == author.id, Annotation.client_id == draft.client_id)
    if (known := session.scalar(select(Annotation).where(*mine))) is not None:
        return Submitted(known, False)
    if not is_import:
        allowance.refuse_writing(session, author, now)
    page = _page(session, draft, now)
    _refuse_spared(session, page, draft)
    if not is_import:
        allowance.refuse_crowded(session, page, now)
    if not draft.anyway and (similar := _similar(session, page, draft)):
        raise Similar(similar)
    annotation = Annotation(
        uuid=uuid4(),
        author=author,
        page=page,
        client_id=draft.client_id,
        signal=draft.signal,
        body=draft.body,
        exact=draft.exact,
        prefix=draft.prefix,
        suffix=draft.suffix,
        start=draft.start,
        language=draft.language,
        quote_digest=draft.quote_digest,
        sources=_sources(draft.sources),
        status=Status.PENDING,
        status_since=now,
        reason="Nobody has rated it yet.",
        created=now,
        revision=1,
        canonical=draft.canonical,
        via=list(draft.via) or None,
    )
    session.add(annotation)
    session.flush()
    log.record(session, now, author, "submit", annotation, wording=_digest(annotation))
    return Submitted(annotation, True)


def edit(
    session: Session,
    author: Account,
    annotation: Annotation,
    draft: Draft,
    revision: int | None,
    now: datetime,
) -> None:
    """Make it say what the draft says, of the words that the draft names. Ratings of the wording before no
    longer count. Refused (412) where ``revision`` is of another wording (None: whatever it is), and (409)
    once the window has closed, or where it goes to other words after somebody rated or reported it: what was
    said of a note on its words is not said of it elsewhere."""
    _refuse_others(author, annotation)
    allowance.refuse_braked(session, Part.SUBMISSIONS)
    hold(session, annotation)
    refuse_stale(session, annotation, revision)
    draft = drafts.checked(draft)
    was = draft_of(annotation)
    is_elsewhere = drafts.page_of(draft.url) != annotation.page.digest
    moves = is_elsewhere or any(getattr(draft, name) != getattr(was, name) for name in _PLACE)
    if not moves and all(getattr(draft, name) == getattr(was, name) for name in _CHANGEABLE):
        return
    if annotation.status not in _EDITABLE or now - annotation.created > WINDOW:
        raise Refused(
            409,
            f"An annotation may be edited for {WINDOW // timedelta(minutes=1)} minutes, and until it is "
            "decided. Withdraw it and write another.",
        )
    if moves:
        _refuse_judged(session, annotation)
    page = _page(session, draft, now) if is_elsewhere else annotation.page
    _refuse_spared(session, page, draft)
    if is_elsewhere:
        allowance.refuse_crowded(session, page, now)
    before = Wording(
        annotation_id=annotation.id,
        revision=annotation.revision,
        body=annotation.body,
        sources=[{"url": source.url, "title": source.title} for source in annotation.sources],
        until=now,
    )
    annotation.body, annotation.signal, annotation.language = draft.body, draft.signal, draft.language
    annotation.sources = _sources(draft.sources)
    annotation.canonical, annotation.via = draft.canonical, list(draft.via) or None
    annotation.page, annotation.quote_digest = page, draft.quote_digest
    for name in _PLACE:
        setattr(annotation, name, getattr(draft, name))
    annotation.edited = now
    annotation.revision += 1
    session.add(before)
    log.record(session, now, author, "move" if moves else "edit", annotation, wording=_digest(annotation))


def withdraw(
    session: Session, author: Account, annotation: Annotation, revision: int | None, now: datetime
) -> None:
    """Take back one's own annotation. What its raters made of it until then still counts for its author."""
    _refuse_others(author, annotation)
    hold(session, annotation)
    if annotation.status == Status.WITHDRAWN:
        return  # asked twice
    refuse_stale(session, annotation, revision)
    if annotation.status == Status.HIDDEN:
        raise Refused(409, "A moderator has hidden it, so that nobody sees it. You may appeal.")
    annotation.stood = before = annotation.status
    _set(annotation, Status.WITHDRAWN, "Its author took it back.", now)
    log.record(session, now, author, "withdraw", annotation, before=before)


def settle(
    session: Session,
    by: Account,
    annotation: Annotation,
    correction: str,
    revision: int | None,
    now: datetime,
) -> None:
    """Say that the page was corrected, and what it says now: by the author, or a moderator. Only what is
    shown is settled, as else this would be a way around the raters."""
    if by.id != annotation.account_id and by.role not in DECIDE:
        raise Refused(403, "Its author or a moderator says that the page was corrected.")
    correction = drafts.plain(correction, drafts.LONGEST_BODY, "#/correction")
    hold(session, annotation)
    if annotation.status == Status.SETTLED and annotation.correction == correction:
        return  # asked twice
    if by.state != State.ACTIVE:
        raise Refused(403, allowance.SUSPENDED)
    refuse_stale(session, annotation, revision)
    if annotation.status != Status.HELPFUL:
        raise Refused(
            409, "Only what readers are shown is settled. Withdraw it where it has no use any more."
        )
    annotation.correction = correction
    _set(annotation, Status.SETTLED, "The page was corrected.", now)
    log.record(session, now, by, "settle", annotation)


def hold(session: Session, annotation: Annotation) -> None:
    """Have it as it is now, and keep others from changing it until this is done: who was quicker is seen, and
    a ranking that was is no conflict."""
    it = select(Annotation).where(Annotation.id == annotation.id).with_for_update(of=Annotation)
    session.execute(it.execution_options(populate_existing=True)).one()


def refuse_stale(session: Session, annotation: Annotation, revision: int | None) -> None:
    """Refuse whoever has seen another wording than there is; None is whoever does not say."""
    if revision is None or revision == annotation.revision:
        return
    of_it = Wording.annotation_id == annotation.id
    last = session.scalar(select(func.max(Wording.revision)).where(of_it)) or 0
    if not last < revision < annotation.revision:
        raise Refused(
            412, "It says something else meanwhile. Look at it again, and try again if you want to."
        )


def draft_of(annotation: Annotation) -> Draft:
    """An annotation as a draft, to change parts of it."""
    return Draft(
        client_id=annotation.client_id,
        url=annotation.page.url,
        exact=annotation.exact,
        signal=annotation.signal,
        body=annotation.body,
        title=annotation.page.title,
        prefix=annotation.prefix,
        suffix=annotation.suffix,
        start=annotation.start,
        sources=tuple(Cited(source.url, source.title) for source in annotation.sources),
        language=annotation.language,
        canonical=annotation.canonical,
        via=tuple(annotation.via or ()),
        of_page=not annotation.exact,
    )


def _page(session: Session, draft: Draft, now: datetime) -> Page:
    """The page, made where nobody wrote of it before. Who writes of one page at once takes turns, so that
    each sees what the other wrote."""
    normal = page_identity.normal(draft.url)
    digest = sha256(normal.encode()).hexdigest()
    values = {
        "digest": digest,
        "prefix": digest[:5],
        "address": normal,
        "url": _followed(draft.url.strip(), normal),
        "title": draft.title,
        "created": now,
    }
    kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(kind.insert(Page).values(values).on_conflict_do_nothing(index_elements=[Page.digest]))
    return session.scalars(select(Page).where(Page.digest == digest).with_for_update(key_share=True)).one()


def _followed(url: str, normal: str) -> str:
    """The normal address as a person can follow it: some sites answer only under www, or without TLS. What
    else was in the address (a password, who clicked in which mail) is nobody's business."""
    came, goes = urlsplit(url), urlsplit(normal)
    if came.hostname == f"www.{goes.hostname}" and came.scheme in ("http", "https") and not goes.username:
        return goes._replace(scheme=came.scheme, netloc=f"www.{goes.netloc}").geturl()
    return goes._replace(scheme=came.scheme).geturl() if came.hostname == goes.hostname else normal


def _refuse_spared(session: Session, page: Page, draft: Draft) -> None:
    host = urlsplit(page.address).hostname or ""
    words = " ".join((draft.exact, draft.body, draft.title, *(source.title for source in draft.sources)))
    found = spared.refusal(session, page.digest, host, words)
    if found is not None:
        what = {spared.PAGE: "This page", spared.SITE: "This site", spared.PERSON: "Somebody named here"}
        raise Refused(403, f"{what[found.kind]} is not to be annotated. {found.reason}")


def _similar(session: Session, page: Page, draft: Draft) -> tuple[Annotation, ...]:
    there = (
        Annotation.page_id == page.id,
        Annotation.signal == draft.signal,
        Annotation.status.in_(OPEN),
    )
    return tuple(
        one
        for one in session.scalars(select(Annotation).where(*there).order_by(Annotation.id))
        if _overlap(one, draft)
    )


def _overlap(one: Annotation, draft: Draft) -> bool:
    """Whether both are of the same words: one's in the other's, or half of the shorter's in common."""
    first, second = folded(one.exact), folded(draft.exact)
    if first in second or second in first:
        return True
    if one.start is None or draft.start is None:
        return False
    ends = min(one.start + len(one.exact), draft.start + len(draft.exact))
    return 2 * (ends - max(one.start, draft.start)) >= min(len(one.exact), len(draft.exact))


def _sources(sources: Iterable[Cited]) -> list[Source]:
    return [Source(position=at, url=cited.url, title=cited.title) for at, cited in enumerate(sources)]


def _digest(annotation: Annotation) -> str:
    """What the log keeps of a wording, so that the wording itself can be erased."""
    sources: list[Any] = [[source.url, source.title] for source in annotation.sources]
    return sha256(orjson.dumps([annotation.signal, annotation.body, sources])).hexdigest()


def _set(annotation: Annotation, status: Status, reason: str, now: datetime) -> None:
    annotation.status, annotation.status_since, annotation.reason = status, now, reason
    annotation.revision += 1


def _refuse_judged(session: Session, annotation: Annotation) -> None:
    """Refuse where somebody has said something of it, which is of the words it stands on."""
    for said in (Rating, Report):
        if session.scalar(select(said.annotation_id).where(said.annotation_id == annotation.id).limit(1)):
            raise Refused(
                409,
                "It was rated or reported on its words, and stays with them. Withdraw it and write another.",
                "#/target",
            )


def _refuse_others(author: Account, annotation: Annotation) -> None:
    if annotation.account_id != author.id:
        raise Refused(403, "Only its author may do this.")
    if author.state != State.ACTIVE:
        raise Refused(403, allowance.SUSPENDED)
