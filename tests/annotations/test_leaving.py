"""Leaving: everything is handed over, and what is left behind names nobody."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from sqlalchemy.orm import Session

from accounts.people import NOW, somebody
from caveat.accounts import connecting, invitations, joining, log, tokens
from caveat.accounts.models import Account, Role, State, Token
from caveat.annotations import leaving
from caveat.annotations.models import (
    Annotation,
    Appeal,
    Page,
    Rater,
    Rating,
    Source,
    Status,
    Verdict,
    Wording,
)
from caveat.database import Database

WORDS = ("my very own words", "my earlier words", "https://source.example/", "my appeal")


def annotation(session: Session, author: Account) -> Annotation:
    """One annotation with everything that can hang on it."""
    digest = uuid4().hex * 2
    page = Page(
        digest=digest, prefix=digest[:5], address="news.example/a", url="https://news.example/a", created=NOW
    )
    written = Annotation(
        uuid=uuid4(), author=author, client_id=uuid4().hex, page=page, signal="conflicts-record",
        body=WORDS[0], exact="the page's words", quote_digest="0" * 64,
        status=Status.HELPFUL, status_since=NOW, created=NOW,
        sources=[Source(position=0, url=WORDS[2], title="")],
    )  # fmt: skip
    session.add(written)
    session.flush()
    session.add(Wording(annotation_id=written.id, revision=1, body=WORDS[1], sources=[], until=NOW))
    session.add(Appeal(annotation=written, account_id=author.id, words=WORDS[3], created=NOW))
    log.record(session, NOW, author, "submit", written)
    session.flush()
    return written


def a_life(session: Session) -> Account:
    """Mara, who did everything that an account can do; and Oskar, whose things are not hers."""
    mara, oskar = somebody(session, "Mara Teale", Role.MODERATOR), somebody(session, "Oskar")
    annotation(session, mara)
    theirs = annotation(session, oskar)
    rated = {"verdict": Verdict.SOMEWHAT, "reasons": ["clear"], "created": NOW, "changed": NOW}
    session.add(Rating(annotation_id=theirs.id, account_id=mara.id, **rated))
    session.add(Rater(account_id=mara.id, ratings=1, writes=True))
    tokens.issue(session, mara, "a private name", "annotate", NOW, timedelta(days=1))
    invitations.invite(session, mara, Role.VOLUNTEER, NOW)
    return mara


def test_the_export_holds_everything_about_somebody_and_no_secret(database: Database) -> None:
    with database.begin() as session:
        mara = a_life(session)
        secret, _ = tokens.issue(session, mara, "program", "annotate", NOW, timedelta(days=1))
    with database.read() as session:
        text = orjson.dumps(leaving.export(session, session.get_one(Account, mara.id))).decode()
        digests = session.query(Token.digest).all()
    document = orjson.loads(text)
    assert document["account"]["alias"] == "Mara Teale"
    assert {token["name"] for token in document["tokens"]} == {"a private name", "program"}
    assert len(document["annotations"]) == len(document["ratings"]) == len(document["invitations"]) == 1
    assert document["standing"]["writes"]
    assert {line["action"] for line in document["log"]} == {"invite", "submit"}
    assert all(words in text for words in WORDS)
    for hidden in ("argon2", secret, *(digest for (digest,) in digests), "Oskar"):
        assert hidden not in text


@pytest.mark.parametrize("keep", [True, False])
def test_an_account_that_is_left_is_an_empty_row(database: Database, keep: bool) -> None:
    with database.begin() as session:
        mara = a_life(session)
        secret, _ = tokens.issue(session, mara, "browser", "account", NOW, timedelta(days=1))
    with database.begin() as session:
        prefixes = leaving.leave(session, session.get_one(Account, mara.id), keep, NOW)
        mine = session.query(Annotation).where(Annotation.account_id == mara.id)
        assert prefixes == {one.page.prefix for one in mine}
    with database.read() as session:
        left = session.get_one(Account, mara.id)
        assert left.state == State.CLOSED
        assert (left.alias, left.alias_key, left.password, left.subject) == (None,) * 4
        assert tokens.whose(session, secret, NOW) is None
        assert {(token.name, token.prefix) for token in session.query(Token)} == {("", "")}
        assert invitations.given(session, left) == []
        assert session.query(Rating).one().account_id == left.id
        assert joining.named(session, "Mara Teale") is None
        assert list(log.check(session)) == []
        assert "Mara" not in str([(line.reason, line.details) for line in log.history(session, left)])


def everything_kept(session: Session) -> str:
    """All words of every table."""
    connection = session.connection()
    found = []
    for table in Annotation.metadata.sorted_tables:
        found += [str(row) for row in connection.execute(table.select())]
    return "\n".join(found)


def test_annotations_stay_without_a_name_or_go_with_every_word(database: Database) -> None:
    with database.begin() as session:
        kept, erased = somebody(session, "Kim Park"), somebody(session, "Lena Holt")
        staying, going = annotation(session, kept), annotation(session, erased)
    with database.begin() as session:
        leaving.leave(session, session.get_one(Account, kept.id), True, NOW)
    with database.read() as session:
        assert session.get_one(Annotation, staying.id).status == Status.HELPFUL
        assert session.get_one(Annotation, staying.id).body == WORDS[0]
        assert "Kim Park" not in everything_kept(session)
    with database.begin() as session:
        session.delete(session.query(Wording).filter_by(annotation_id=staying.id).one())
        for each in session.query(Appeal).filter_by(annotation_id=staying.id):
            each.words = ""
        session.get_one(Annotation, staying.id).body = ""
        session.get_one(Annotation, staying.id).sources.clear()
        leaving.leave(session, session.get_one(Account, erased.id), False, NOW)
    with database.read() as session:
        gone = session.get_one(Annotation, going.id)
        assert (gone.status, gone.body, gone.sources, gone.revision) == (Status.WITHDRAWN, "", [], 2)
        everything = everything_kept(session)
        assert [words for words in (*WORDS, "Lena Holt") if words in everything] == []


def test_an_alias_is_free_again_once_its_owner_left(database: Database) -> None:
    with database.begin() as session:
        leaving.leave(session, somebody(session, "Mara"), True, NOW)
        assert somebody(session, "Mara").alias == "Mara"


def test_a_code_that_was_given_before_leaving_gives_nothing(database: Database) -> None:
    request = connecting.Request(
        "x", "http://127.0.0.1/", "JBbiqONGWPaAmwXk_8bT6UnlPfrn65D32eZlJS-zGG0", "annotate", None
    )
    with database.begin() as session:
        mara = somebody(session)
        code = connecting.allow(session, mara, request, NOW)
        leaving.leave(session, mara, True, NOW)
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": "http://127.0.0.1/",
            "code_verifier": "test-verifier-" * 4,
        }
        assert isinstance(connecting.exchange(session, sent, NOW), connecting.OAuthError)
