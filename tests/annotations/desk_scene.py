"""A small community for the desk's tests: who is there, what was written, reported and appealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import aliases
from caveat.accounts.models import Account, Role
from caveat.annotations import page_identity
from caveat.annotations.models import Annotation, Appeal, Page, Report, Source, Status
from caveat.database import Database

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
URL = "https://gazette.example/2026/05/bridge-reopens"
_numbers = count(1)


def account(session: Session, alias: str, role: Role = Role.VOLUNTEER, age: int = 100) -> Account:
    """Somebody who has been here for so many days; the one there is, where there is one."""
    key = aliases.key(alias)
    known = session.scalar(select(Account).where(Account.alias_key == key))
    if known is not None:
        return known
    created = NOW - timedelta(days=age)
    made = Account(alias=alias, alias_key=key, role=role, created=created)
    session.add(made)
    session.flush()
    return made


def page(session: Session, url: str = URL, title: str = "Bridge reopens after a year") -> Page:
    """The page at an address."""
    address = page_identity.normal(url)
    digest = page_identity.digest(url)
    known = session.scalar(select(Page).where(Page.digest == digest))
    if known is not None:
        return known
    made = Page(digest=digest, prefix=digest[:5], address=address, url=url, title=title, created=NOW)
    session.add(made)
    session.flush()
    return made


def annotation(
    session: Session,
    author: Account,
    status: Status = Status.HELPFUL,
    body: str | None = None,
    exact: str = "the bridge was closed in March",
    url: str = URL,
    title: str = "Bridge reopens after a year",
    sources: tuple[str, ...] | None = None,
    created: datetime = NOW - timedelta(hours=2),
    held: bool = False,
) -> Annotation:
    """Something that was written about the bridge, each in other words and from another source."""
    number = next(_numbers)
    sources = (f"https://council-{number}.example/report",) if sources is None else sources
    made = Annotation(
        uuid=uuid4(),
        author=author,
        client_id=f"client-{number}",
        page=page(session, url, title),
        signal="conflicts-record",
        body=body or f"Report {number} of the council gives another date for the bridge.",
        exact=exact,
        prefix="Officials said that ",
        suffix=", but gave no reason.",
        quote_digest=sha256(exact.encode()).hexdigest(),
        status=status,
        status_since=created,
        created=created,
        locked=created if held else None,
        sources=[Source(position=at, url=source, title="") for at, source in enumerate(sources)],
    )
    session.add(made)
    session.flush()
    return made


def report(
    session: Session,
    about: Annotation,
    kind: str = "spam",
    words: str = "",
    times: int = 1,
    at: datetime = NOW,
) -> None:
    """Somebody reports, as often as that."""
    for _ in range(times):
        session.add(Report(annotation=about, kind=kind, words=words, created=at))
    session.flush()


def appeal(
    session: Session, about: Annotation, words: str = "The report is public.", at: datetime = NOW
) -> None:
    """The author appeals."""
    session.add(Appeal(annotation=about, account_id=about.account_id, words=words, created=at))
    session.flush()


def stored(database: Database, uuid: UUID) -> Annotation:
    """An annotation as it is in the store now."""
    with database.read() as session:
        found = session.scalar(select(Annotation).where(Annotation.uuid == uuid))
        assert found is not None
        return found
