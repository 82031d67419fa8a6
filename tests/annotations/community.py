"""A small community for tests: people with accounts, and what they write of a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from caveat.accounts import tokens
from caveat.accounts.models import Account, Role
from caveat.annotations.drafts import Draft
from caveat.annotations.models import Annotation, Rater, Rating, Status, Verdict
from caveat.annotations.submission import submit
from caveat.database import Database

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
URL = "https://news.example/2026/05/bridge-reopens"
_numbers = count(1)


def person(session: Session, role: Role = Role.VOLUNTEER, *, writes: bool = False, days: int = 60) -> Account:
    """Somebody who came ``days`` ago."""
    alias = f"person{next(_numbers)}"
    account = Account(alias=alias, alias_key=alias, role=role, created=NOW - timedelta(days=days))
    session.add(account)
    session.flush()
    if writes:
        session.add(Rater(account_id=account.id, writes=True, impact=5))
        session.flush()
    return account


def draft(**changes: Any) -> Draft:
    """Something that may be submitted; no two are of the same words."""
    number = next(_numbers)
    given = {
        "client_id": f"c{number}",
        "url": URL,
        "exact": f"The bridge carried {number} cars a day",
        "signal": "bare-number",
        "body": "The council counted half as many in 2025.",
    }
    return Draft(**given | changes)


def written(session: Session, author: Account, now: datetime = NOW, **changes: Any) -> Annotation:
    """An annotation that was submitted as it should be."""
    return submit(session, author, draft(**changes), now).annotation


def judged(
    session: Session, annotation: Annotation, by: list[Account], verdicts: str, at: datetime = NOW
) -> None:
    """Ratings as they are kept, without a day's limits: ``h``, ``s`` or ``n`` for each rater."""
    kinds = {"h": Verdict.HELPFUL, "s": Verdict.SOMEWHAT, "n": Verdict.NOT}
    for rater, verdict in zip(by, verdicts, strict=True):
        session.add(
            Rating(
                annotation_id=annotation.id,
                account_id=rater.id,
                verdict=kinds[verdict],
                reasons=[],
                created=at,
                changed=at,
            )
        )
    annotation.status = Status.NEEDS_RATINGS
    session.flush()


def token_of(database: Database, account: Account, scope: str = "annotate") -> dict[str, str]:
    """The headers of somebody's requests."""
    with database.begin() as session:
        account = session.get_one(Account, account.id)
        secret, _ = tokens.issue(session, account, "test", scope, NOW, timedelta(days=30))
    return {"Authorization": f"Bearer {secret}"}
