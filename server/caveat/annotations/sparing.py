"""Adding to what must not be annotated, and taking off it.

In: a session that writes, the moderator, what is to be spared as they wrote it, why, the time. Out: the entry
and what was hidden by it, or restored. What can go wrong: ``Refused``, naming the field.

Adding hides what is there already. That reads every open annotation where it looks for a name: there is no
index for folded words, and a name is added once a week. The log cannot be erased, so that it holds a digest
of what is spared and never a person's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations import moderation, page_identity
from caveat.annotations.models import Annotation, Page, Source, Spared, Status
from caveat.annotations.rulings import Decision, sentence
from caveat.annotations.spared import PAGE, PERSON, SITE, folded, names

LONGEST = 200  # characters of a name or a host; an address may have what page identity takes
# A host that is too short, such as "co.uk", would hide a country. Whoever means so many is an administrator.
MOST_HIDDEN = 100
_OPEN = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL, Status.NOT_HELPFUL, Status.SETTLED)


@dataclass(frozen=True)
class Done:
    """An entry that was added or taken off, and how many annotations were hidden or restored by it."""

    spared: Spared
    annotations: int
    prefixes: frozenset[str] = frozenset()
    """Of their pages."""


def listed(session: Session) -> list[Spared]:
    """All that is spared, the newest first."""
    return list(session.scalars(select(Spared).order_by(Spared.created.desc(), Spared.key)))


def add(session: Session, by: Account, kind: str, what: str, reason: str, now: datetime) -> Done:
    """Spare a page (its address), a site (its host or any address there) or a person (their whole name)."""
    moderation.must_moderate(by)
    reason = sentence(reason)
    if not reason:
        raise Refused(422, "Say why. Whoever wants to annotate it is told.", "#/words")
    what = " ".join(what.split())
    key = _key(kind, what)
    if session.get(Spared, (kind, key)) is not None:
        raise Refused(409, "It is on the list already.", "#/what")
    spared = Spared(kind=kind, key=key, shown=what, reason=reason, created=now)
    found = list(_concerned(session, spared))
    if len(found) > MOST_HIDDEN and by.role != Role.ADMINISTRATOR:
        raise Refused(
            403,
            f"This would hide {len(found):,} annotations. Is it what you mean? Above {MOST_HIDDEN} an "
            "administrator decides.",
            "#/what",
        )
    session.add(spared)
    name = subject(spared)
    told = "Hidden by a moderator. What it is about must not be annotated."
    for annotation in found:
        moderation.conceal(session, by, annotation, told, now, why="spared", spared=name)
    log.record(session, now, by, "spare", name, kind=kind, hidden=[annotation.id for annotation in found])
    return Done(spared, len(found), frozenset(one.page.prefix for one in found))


def remove(session: Session, by: Account, kind: str, key: str, now: datetime) -> Done:
    """Take it off the list, and restore what it had hidden and nobody decided about since."""
    moderation.must_moderate(by)
    spared = session.get(Spared, (kind, key))
    if spared is None:
        raise Refused(404, "It is not on the list any more.")
    name = subject(spared)
    session.delete(spared)
    session.flush()
    restored = [
        annotation for annotation in _hidden_by(session, name) if _may_return(session, annotation, name)
    ]
    for annotation in restored:
        told = "A moderator took back that it was hidden."
        moderation.put_back(session, by, annotation, told, now, spared=name)
    ids = [annotation.id for annotation in restored]
    log.record(session, now, by, "unspare", name, kind=kind, restored=ids)
    return Done(spared, len(restored), frozenset(one.page.prefix for one in restored))


def subject(spared: Spared) -> str:
    """What the log calls it."""
    return f"spared:{sha256(f'{spared.kind} {spared.key}'.encode()).hexdigest()[:32]}"


def _key(kind: str, what: str) -> str:
    if kind == PAGE:
        return page_identity.digest(_address(what))
    if kind == SITE:
        host = urlsplit(_address(what)).hostname or ""
        if "." not in host:
            raise Refused(422, "A site has a name such as example.org.", "#/what")
        return host
    if kind != PERSON:
        raise Refused(422, "Choose a page, a site or a person.", "#/kind")
    key = folded(what)
    if len(what) > LONGEST or len(key) > LONGEST:
        raise Refused(422, f"A name has at most {LONGEST} letters.", "#/what")
    if len(key) < 2 or (" " not in key and key.isascii()):
        raise Refused(
            422, "Give the whole name: one word alone would spare everybody who is called so.", "#/what"
        )
    return key


def _address(what: str) -> str:
    try:
        return page_identity.normal(what if "://" in what else f"https://{what}")
    except page_identity.NotAPage as error:
        raise Refused(422, str(error), "#/what") from error


def _concerned(session: Session, spared: Spared) -> Iterator[Annotation]:
    """What is open and would be refused now. Locked in one order, as decisions are."""
    if spared.kind == PAGE:
        return _all(session, _open().join(Page).where(Page.digest == spared.key))
    if spared.kind == SITE:
        pages = session.execute(select(Page.id, Page.address)).all()
        concerned = [id_ for id_, address in pages if _is_at(spared.key, urlsplit(address).hostname or "")]
        return (
            annotation
            for page in sorted(concerned)
            for annotation in _all(session, _open().where(Annotation.page_id == page))
        )
    titles: dict[int, list[str]] = {}
    for id_, title in session.execute(select(Source.annotation_id, Source.title).where(Source.title != "")):
        titles.setdefault(id_, []).append(title)
    rows = session.execute(
        select(Annotation.id, Annotation.exact, Annotation.body).where(Annotation.status.in_(_OPEN))
    )
    ids = [
        id_
        for id_, exact, body in rows
        if names(spared.key, folded(" ".join((exact, body, *titles.get(id_, ())))))
    ]
    return (
        annotation for id_ in sorted(ids) for annotation in _all(session, _open().where(Annotation.id == id_))
    )


def _is_at(site: str, host: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _open() -> Select[Annotation]:
    return select(Annotation).where(Annotation.status.in_(_OPEN))


def _all(session: Session, query: Select[Annotation]) -> Iterator[Annotation]:
    locked = query.order_by(Annotation.id).with_for_update(of=Annotation)
    return iter(session.scalars(locked.execution_options(populate_existing=True)).all())


def _hidden_by(session: Session, name: str) -> Iterator[Annotation]:
    query = select(Entry).where(Entry.subject == name, Entry.action == "spare").order_by(Entry.id.desc())
    line = session.scalar(query.limit(1))
    for id_ in line.details["hidden"] if line else ():
        yield from _all(session, select(Annotation).where(Annotation.id == id_))


def _may_return(session: Session, annotation: Annotation, name: str) -> bool:
    """Whether it is hidden still, and by this entry of the list."""
    line: Any = moderation.last_decision(session, annotation, Decision.HIDE)
    return annotation.status == Status.HIDDEN and line is not None and line.details.get("spared") == name
