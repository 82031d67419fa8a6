"""Submitting annotations. What their authors may do afterwards is in ``changing``.

In: a session that writes, who acts, a ``Draft``, the time. Out: the annotation; it is there when the session
is committed. What can go wrong: ``Refused``, and its kind ``Similar`` where others said it already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, drafts, page_identity, spared
from caveat.annotations.drafts import Cited, Draft, folded
from caveat.annotations.models import Annotation, Page, Source, Status

OPEN = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL)


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
    page = page_for(session, draft, now)
    refuse_spared(session, page, draft)
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
        sources=sources_of(draft.sources),
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
    log.record(session, now, author, "submit", annotation, wording=wording_of(annotation))
    return Submitted(annotation, True)


def page_for(session: Session, draft: Draft, now: datetime) -> Page:
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


def refuse_spared(session: Session, page: Page, draft: Draft) -> None:
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


def sources_of(sources: Iterable[Cited]) -> list[Source]:
    return [Source(position=at, url=cited.url, title=cited.title) for at, cited in enumerate(sources)]


def wording_of(annotation: Annotation) -> str:
    """What the log keeps of a wording, so that the wording itself can be erased."""
    sources: list[Any] = [[source.url, source.title] for source in annotation.sources]
    return sha256(orjson.dumps([annotation.signal, annotation.body, sources])).hexdigest()
