"""What is kept about somebody, and taking leave of it.

In: an account. Out: ``export`` gives all that is kept about it as one document, without secrets; ``leave``
closes the account, keeps or erases what it wrote, and gives the prefixes of the pages where that was: what is
kept of look-ups there is out of date. What can go wrong: ``Refused`` (409) for the last administrator.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from caveat.accounts import closing
from caveat.accounts.invitations import given
from caveat.accounts.log import name_of, record
from caveat.accounts.models import Account, Entry, Token
from caveat.annotations.models import Annotation, Appeal, Page, Rater, Rating, Status, Wording

ERASED = "Its author left and took their words along."


def export(session: Session, account: Account) -> dict[str, Any]:
    """All that is kept about an account, ready for JSON."""
    rater = session.get(Rater, account.id)
    return {
        "account": {
            "alias": account.alias,
            "role": account.role,
            "state": account.state,
            "created": account.created,
            "openid": account.subject,
            "has_password": account.password is not None,
        },
        "tokens": [
            {
                name: getattr(token, name)
                for name in ("prefix", "name", "scope", "created", "expires", "revoked")
            }
            for token in session.scalars(
                select(Token).where(Token.account_id == account.id).order_by(Token.created)
            )
        ],
        "invitations": [
            {name: getattr(each, name) for name in ("role", "created", "expires", "used")}
            for each in given(session, account)
        ],
        "annotations": [_annotation(session, each) for each in _written(session, account)],
        "ratings": [
            {
                "annotation": uuid,
                "verdict": rating.verdict,
                "reasons": rating.reasons,
                "created": rating.created,
                "changed": rating.changed,
            }
            for rating, uuid in session.execute(
                select(Rating, Annotation.uuid)
                .join(Annotation, Annotation.id == Rating.annotation_id)
                .where(Rating.account_id == account.id)
                .order_by(Rating.changed)
            )
        ],
        "standing": rater
        and {
            name: getattr(rater, name)
            for name in ("ratings", "intercept", "factor", "side", "impact", "writes", "debt")
        },
        "log": [
            {
                "at": line.at,
                "action": line.action,
                "subject": line.subject,
                "reason": line.reason,
                "details": line.details,
                "by_me": line.account_id == account.id,
            }
            for line in _lines_about(session, account)
        ],
    }


def leave(session: Session, account: Account, keep: bool, now: datetime) -> frozenset[str]:
    """Close an account. What it wrote stays without its alias, or goes. Its ratings count on, unnamed."""
    erased = [] if keep else _written(session, account)
    for annotation in erased:
        _erase(session, annotation, now)
    closing.close(session, account, now)
    # The log comes last: whoever writes it holds up all others who do.
    for annotation in erased:
        record(session, now, account, "erase", annotation, ERASED)
    record(session, now, account, "leave", account, annotations="kept" if keep else "erased")
    pages = select(Page.prefix).join(Annotation, Annotation.page_id == Page.id)
    return frozenset(session.scalars(pages.where(Annotation.account_id == account.id)))


def _erase(session: Session, annotation: Annotation, now: datetime) -> None:
    session.execute(delete(Wording).where(Wording.annotation_id == annotation.id))
    for appeal in session.scalars(select(Appeal).where(Appeal.annotation_id == annotation.id)):
        appeal.words = ""
        appeal.closed = appeal.closed or now
    annotation.sources.clear()
    annotation.body = ""
    annotation.correction = annotation.canonical = annotation.via = None
    annotation.status, annotation.status_since = Status.WITHDRAWN, now
    annotation.reason = ERASED
    annotation.revision += 1


def _written(session: Session, account: Account) -> list[Annotation]:
    mine = Annotation.account_id == account.id
    return list(session.scalars(select(Annotation).where(mine).order_by(Annotation.created)))


def _annotation(session: Session, annotation: Annotation) -> dict[str, Any]:
    earlier = select(Wording).where(Wording.annotation_id == annotation.id).order_by(Wording.revision)
    appeals = select(Appeal).where(Appeal.annotation_id == annotation.id).order_by(Appeal.created)
    plain = (
        "uuid", "client_id", "signal", "body", "exact", "prefix", "suffix", "start", "language", "status",
        "status_since", "reason", "created", "edited", "revision", "correction", "stood", "canonical",
        "via",
    )  # fmt: skip
    return {name: getattr(annotation, name) for name in plain} | {
        "page": {"url": annotation.page.url, "title": annotation.page.title},
        "sources": [{"url": source.url, "title": source.title} for source in annotation.sources],
        "earlier": [
            {"revision": each.revision, "body": each.body, "sources": each.sources, "until": each.until}
            for each in session.scalars(earlier)
        ],
        "appeals": [
            {"words": each.words, "created": each.created, "outcome": each.outcome}
            for each in session.scalars(appeals)
        ],
    }


def _lines_about(session: Session, account: Account) -> list[Entry]:
    """What was done to the account or to what it wrote. Found by subject, as the log is indexed."""
    about = [name_of(account), *(name_of(each) for each in _written(session, account))]
    return list(session.scalars(select(Entry).where(Entry.subject.in_(about)).order_by(Entry.id)))
