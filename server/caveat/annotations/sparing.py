"""Adding to what must not be annotated, and taking off it.

In: what is to be spared as a moderator wrote it, why, the time. Out: the entry and what was hidden by it, or
restored. What can go wrong: ``Refused``, naming the field.

Adding hides what is there already. ``search`` finds it, in a session that only reads: for a name it reads
every open annotation, as there is no index for folded words, and nobody shall wait for that. ``add`` hides,
in a short session that writes, what was found and is concerned still, and what the log says was written
meanwhile. The log cannot be erased, so that it holds a digest of what is spared and never a person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations import moderation, page_identity, situation
from caveat.annotations.models import Annotation, Page, Source, Spared, Status
from caveat.annotations.rulings import Decision, sentence
from caveat.annotations.spared import PAGE, PERSON, SITE, folded, names

LONGEST = 200  # characters of a name or a host; an address may have what page identity takes
# A host that is too short, such as "co.uk", would hide a country. Whoever means so many is an administrator.
MOST_HIDDEN = 100
_BATCH = 500  # ids in one statement: both databases take thousands
_OPEN = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL, Status.NOT_HELPFUL, Status.SETTLED)


@dataclass(frozen=True)
class Done:
    """An entry that was added or taken off, and how many annotations were hidden or restored by it."""

    spared: Spared
    annotations: int
    prefixes: frozenset[str] = frozenset()
    """Of their pages."""


@dataclass(frozen=True)
class Found:
    """What is to be spared, and the open annotations that it concerns."""

    kind: str
    key: str
    shown: str
    annotations: tuple[int, ...]
    line: int
    """The last of the log when they were looked for."""


def listed(session: Session) -> list[Spared]:
    """All that is spared, the newest first."""
    return list(session.scalars(select(Spared).order_by(Spared.created.desc(), Spared.key)))


def search(session: Session, by: Account, kind: str, what: str) -> Found:
    """What sparing a page (its address), a site (its host or any address there) or a person (their whole
    name) would hide. It may take seconds."""
    situation.must_moderate(by)
    what = " ".join(what.split())
    key = _key(kind, what)
    line = session.scalar(select(func.max(Entry.id))) or 0
    return Found(kind, key, what, tuple(sorted(_concerned(session, kind, key))), line)


def add(session: Session, by: Account, what: Found, reason: str, now: datetime) -> Done:
    """Spare what was looked for, and hide what is there of it."""
    situation.must_moderate(by)
    reason = sentence(reason)
    if not reason:
        raise Refused(422, "Say why. Whoever wants to annotate it is told.", "#/words")
    if session.get(Spared, (what.kind, what.key)) is not None:
        raise Refused(409, "It is on the list already.", "#/what")
    spared = Spared(kind=what.kind, key=what.key, shown=what.shown, reason=reason, created=now)
    found = list(_still(session, what))
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
    hidden = [annotation.id for annotation in found]
    log.record(session, now, by, "spare", name, kind=what.kind, hidden=hidden)
    return Done(spared, len(found), frozenset(one.page.prefix for one in found))


def remove(session: Session, by: Account, kind: str, key: str, now: datetime) -> Done:
    """Take it off the list, and restore what it had hidden and nobody decided about since."""
    situation.must_moderate(by)
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


def _concerned(session: Session, kind: str, key: str) -> Iterator[int]:
    """What is open and would be refused now."""
    if kind == PAGE:
        yield from session.scalars(_open(Annotation.id).join(Page).where(Page.digest == key))
    elif kind == SITE:
        pages = session.execute(select(Page.id, Page.address)).all()
        for page in [id_ for id_, address in pages if _is_at(key, address)]:
            yield from session.scalars(_open(Annotation.id).where(Annotation.page_id == page))
    else:
        titles: dict[int, list[str]] = {}
        titled = select(Source.annotation_id, Source.title).where(Source.title != "")
        for id_, title in session.execute(titled):
            titles.setdefault(id_, []).append(title)
        for id_, exact, body in session.execute(_open(Annotation.id, Annotation.exact, Annotation.body)):
            if names(key, _words(exact, body, titles.get(id_, ()))):
                yield id_


def _still(session: Session, what: Found) -> Iterator[Annotation]:
    """Of what was found, and of what was written since, what is concerned. Locked in one order, as decisions
    are."""
    written = select(Entry.subject).where(Entry.id > what.line, Entry.subject.startswith("annotation:"))
    since = {int(subject.partition(":")[2]) for subject in session.scalars(written)}
    ids = sorted(since.union(what.annotations))
    for start in range(0, len(ids), _BATCH):
        some = _open(Annotation).where(Annotation.id.in_(ids[start : start + _BATCH]))
        for annotation in _all(session, some):
            if _is_concerned(annotation, what.kind, what.key):
                yield annotation


def _is_concerned(annotation: Annotation, kind: str, key: str) -> bool:
    if kind == PAGE:
        return annotation.page.digest == key
    if kind == SITE:
        return _is_at(key, annotation.page.address)
    titles = [source.title for source in annotation.sources]
    return names(key, _words(annotation.exact, annotation.body, titles))


def _words(exact: str, body: str, titles: Iterable[str]) -> str:
    return folded(" ".join((exact, body, *titles)))


def _is_at(site: str, address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == site or host.endswith(f".{site}")


def _open(*columns: Any) -> Select[*tuple[Any, ...]]:
    return select(*columns).where(Annotation.status.in_(_OPEN))


def _all(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Annotation]:
    locked = query.order_by(Annotation.id).with_for_update(of=Annotation)
    return iter(session.scalars(locked.execution_options(populate_existing=True)).all())


def _hidden_by(session: Session, name: str) -> Iterator[Annotation]:
    query = select(Entry).where(Entry.subject == name, Entry.action == "spare").order_by(Entry.id.desc())
    line = session.scalar(query.limit(1))
    for id_ in line.details["hidden"] if line else ():
        yield from _all(session, select(Annotation).where(Annotation.id == id_))


def _may_return(session: Session, annotation: Annotation, name: str) -> bool:
    """Whether it is hidden still, and by this entry of the list."""
    line: Any = situation.last_decision(session, annotation, Decision.HIDE)
    return annotation.status == Status.HIDDEN and line is not None and line.details.get("spared") == name
