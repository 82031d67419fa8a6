"""The two ways to write, as requests: enough of the API to see what becomes of what it acknowledged.

In: an application. Out: the same with ``POST /write/annotations`` and ``PUT /write/annotations/N/rating``,
for whichever account the request names. They call the services that the API calls, and answer as it does:
after the commit.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask, request
from sqlalchemy import select

from caveat.accounts.models import Account, Role
from caveat.annotations import rating, submission
from caveat.annotations.models import Annotation, Verdict
from caveat.annotations.submission import Draft
from caveat.database import Database

Answer = tuple[dict[str, int], int]


def add_volunteers(database: Database, count: int) -> None:
    """Accounts that may write at once, and as much as anybody may in a day."""
    created = datetime.now(UTC) - timedelta(days=60)
    with database.begin() as session:
        session.add_all(
            Account(alias=f"V{n}", alias_key=f"v{n}", role=Role.MODERATOR, created=created)
            for n in range(1, count + 1)
        )


def add_routes(app: Flask, database: Database) -> Flask:
    """The application, which also writes for whoever asks."""

    def submit() -> Answer:
        said = request.get_json()
        n = said["n"]
        draft = Draft(
            client_id=f"c{n}", url=f"https://example.com/{n}", exact=f"Sentence {n}.", signal="bare-number",
            body="A figure without a period.",
        )  # fmt: skip
        with database.begin() as session:
            author = session.scalars(select(Account).where(Account.alias_key == said["by"])).one()
            submitted = submission.submit(session, author, draft, datetime.now(UTC))
            found = submitted.annotation.id
        return {"id": found}, 201 if submitted.is_new else 200

    def rate(number: int) -> Answer:
        said = request.get_json()
        with database.begin() as session:
            by = session.scalars(select(Account).where(Account.alias_key == said["by"])).one()
            annotation = session.get_one(Annotation, number)
            rating.rate(session, by, annotation, Verdict(said["verdict"]), [], datetime.now(UTC))
        return {"id": number}, 200

    app.add_url_rule("/write/annotations", "submit", submit, methods=["POST"])
    app.add_url_rule("/write/annotations/<int:number>/rating", "rate", rate, methods=["PUT"])
    return app
