"""Ballot stuffing over HTTP: however often and from wherever somebody votes, it is one vote."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from annotations.community import NOW, judged, person, token_of, written
from at_once import at_once
from caveat.accounts.models import Account, Role, State
from caveat.annotations import allowance, standing
from caveat.annotations.models import Annotation, Rating, Report, Status
from caveat.annotations.ranking import Settings

from .volunteers import API, Place, Volunteer, submission


def votes(here: Place) -> list[tuple[int, str]]:
    """Who found what, as it is kept."""
    with here.database.read() as session:
        found = session.execute(select(Rating.account_id, Rating.verdict).order_by(Rating.account_id))
        return [(account, str(verdict)) for account, verdict in found]


def again(here: Place, who: Volunteer) -> Volunteer:
    """The same person with a second token, as from another browser."""
    return Volunteer(here.app.test_client(), who.account, token_of(here.database, who.account))


def test_nobody_rates_their_own_with_whichever_token(here: Place) -> None:
    author = here.volunteer(writes=True)
    id_ = author.writes()["id"]
    for who in (author, again(here, author)):
        answer = who.rates(id_, "helpful")
        assert (answer.status_code, answer.content_type) == (403, "application/problem+json")
        assert "your own" in answer.json["detail"]
    assert votes(here) == []


def test_a_rating_that_is_replayed_is_counted_once(here: Place) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    rater = here.volunteer()
    first = rater.rates(id_, "helpful", "clear")
    here.now[0] = NOW + timedelta(minutes=1)
    answers = [rater.rates(id_, "helpful", "clear") for _ in range(20)]
    assert {(each.status_code, each.data) for each in answers} == {(200, first.data)}
    answers = at_once(lambda _: rater.rates(id_, "helpful", "clear"), range(8))
    assert {(each.status_code, each.data) for each in answers} == {(200, first.data)}
    assert votes(here) == [(rater.account.id, "helpful")]
    assert rater.get("/me").json["may_rate"]["left"] == allowance.RATINGS - 1
    ranked = standing.rank_now(here.database, here.now[0], Settings(rater_ratings=0))
    assert ranked.ranking.counted == 1


def test_two_tokens_of_one_account_have_one_vote(here: Place) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    rater = here.volunteer()
    second = again(here, rater)
    assert rater.rates(id_, "helpful").json["rating"]["verdict"] == "helpful"
    assert second.rates(id_, "not", "opinion").json["rating"]["verdict"] == "not"
    assert rater.get(f"/annotations/{id_}").json["rating"]["verdict"] == "not"
    assert votes(here) == [(rater.account.id, "not")]


def test_of_ratings_that_contradict_each_other_at_once_one_is_kept(here: Place) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    rater = here.volunteer()
    browsers = [rater, *(again(here, rater) for _ in range(5))]
    said = ["helpful", "somewhat", "not"] * 2
    answers = at_once(lambda n: browsers[n].rates(id_, said[n]), range(6))
    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json["rating"]["verdict"] for answer in answers] == said
    [(account, verdict)] = votes(here)
    assert account == rater.account.id
    assert rater.get(f"/annotations/{id_}").json["rating"]["verdict"] == verdict


def test_the_days_last_rating_is_given_once_however_many_come_at_once(here: Place) -> None:
    rater = here.volunteer(days=1)
    with here.database.begin() as session:
        given = [
            written(session, person(session, Role.EDUCATOR), url=f"https://news.example/{n}")
            for n in range(allowance.RATINGS_YOUNG - 1 + 6)
        ]
        by = session.get_one(Account, rater.account.id)
        for one in given[6:]:
            judged(session, one, [by], "h")
        waiting = [str(one.uuid) for one in given[:6]]
    answers = at_once(lambda id_: rater.rates(id_, "helpful"), waiting)
    assert sorted(answer.status_code for answer in answers) == [200, *[429] * 5]
    assert {answer.headers["Retry-After"] for answer in answers if answer.status_code == 429} == {"3600"}
    assert len(votes(here)) == allowance.RATINGS_YOUNG


def test_the_days_last_annotation_is_written_once_however_many_come_at_once(here: Place) -> None:
    author = here.volunteer(writes=True, days=1)
    for _ in range(allowance.ANNOTATIONS_YOUNG - 1):
        author.writes()
    answers = at_once(lambda sent: author.post("/annotations", sent), [submission() for _ in range(6)])
    assert sorted(answer.status_code for answer in answers) == [201, *[429] * 5]


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_whoever_is_out_votes_no_more(here: Place, state: State) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    rater = here.volunteer()
    with here.database.begin() as session:
        session.get_one(Account, rater.account.id).state = state
    assert rater.rates(id_, "helpful").status_code == 401
    assert votes(here) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [(Status.SETTLED, 409), (Status.HIDDEN, 404), (Status.WITHDRAWN, 404)],
)
def test_what_is_over_takes_no_votes(here: Place, status: Status, expected: int) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    here.stands(id_, status)
    assert here.volunteer().rates(id_, "helpful").status_code == expected
    assert votes(here) == []


def test_a_report_is_counted_once_whatever_address_the_request_claims(here: Place) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    here.stands(id_, Status.HELPFUL)
    answers = [
        here.reader.post(
            f"{API}/annotations/{id_}/reports",
            json={"kind": "spam"},
            headers={"X-Forwarded-For": f"192.0.2.{n}", "Forwarded": f"for=192.0.2.{n}"},
        ).status_code
        for n in range(4)
    ]
    assert answers == [204, 429, 429, 429]
    with here.database.read() as session:
        one = session.scalars(select(Annotation).where(Annotation.uuid == UUID(id_))).one()
        assert len(session.scalars(select(Report).where(Report.annotation_id == one.id)).all()) == 1
