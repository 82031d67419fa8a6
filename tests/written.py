"""Annotations for tests: written into a store as if they had gone their way there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import tokens
from caveat.accounts.models import Account, Role
from caveat.annotations import page_identity
from caveat.annotations.models import Annotation, Page, Source, Status

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BRIDGE = "https://news.example/2026/02/bridge-reopens"


def account(session: Session, alias: str = "heron", role: Role = Role.VOLUNTEER) -> Account:
    """Somebody who was invited long ago; the same alias is the same person."""
    found = session.scalar(select(Account).where(Account.alias_key == alias))
    if found is None:
        found = Account(alias=alias, alias_key=alias, role=role, created=NOW - timedelta(days=90))
        session.add(found)
        session.flush()
    return found


def token(session: Session, who: Account, scope: str = "annotate") -> str:
    """A token that holds for whoever asks today."""
    return tokens.issue(session, who, "test", scope, NOW, timedelta(days=36_500))[0]


def page(session: Session, url: str = BRIDGE, title: str = "The bridge reopens") -> Page:
    """The page at an address."""
    digest = page_identity.digest(url)
    found = session.scalar(select(Page).where(Page.digest == digest))
    if found is None:
        address = page_identity.normal(url)
        found = Page(digest=digest, prefix=digest[:5], address=address, url=url, title=title, created=NOW)
        session.add(found)
        session.flush()
    return found


def annotation(session: Session, author: Account | None = None, **parts: Any) -> Annotation:
    """An annotation that readers are shown, unless ``parts`` say otherwise."""
    exact = parts.pop("exact", "Most drivers are happy")
    sources = parts.pop("sources", [("https://council.example/survey", "The survey")])
    values = {
        "uuid": uuid4(),
        "client_id": uuid4().hex,
        "signal": "bare-number",
        "body": "The survey asked 40 drivers, and 22 were happy.",
        "prefix": "closed for a year. ",
        "suffix": ", the council said.",
        "start": 120,
        "language": "en",
        "status": Status.HELPFUL,
        "status_since": NOW + timedelta(hours=3),
        "reason": "Shown because 7 of 9 on one side and 4 of 6 on the other found it helpful.",
        "created": NOW,
        "revision": 1,
    }
    written = Annotation(
        author=author or account(session),
        page=parts.pop("page", None) or page(session),
        exact=exact,
        quote_digest=sha256(exact.encode()).hexdigest(),
        sources=[Source(position=n, url=url, title=title) for n, (url, title) in enumerate(sources)],
        **(values | parts),
    )
    session.add(written)
    session.flush()
    return written
