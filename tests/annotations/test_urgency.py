"""What waits at the desk, and what comes first."""

from __future__ import annotations

from datetime import timedelta

from caveat.accounts.models import Role
from caveat.annotations.dossier import dossier
from caveat.annotations.models import Rater, Rating, Report, Status, Switch, Verdict
from caveat.annotations.moderation import decide
from caveat.annotations.rulings import KINDS, Decision, Ruling
from caveat.annotations.urgency import Why, queue
from caveat.database import Database

from .desk_scene import NOW, account, annotation, appeal, report


def test_nothing_waits_in_an_empty_store(database: Database) -> None:
    with database.read() as session:
        empty = queue(session, NOW)
    assert (empty.waiting, empty.left_out) == ((), 0)
    assert empty.counts == dict.fromkeys(Why, 0)


def test_what_harms_most_comes_first(database: Database) -> None:
    with database.begin() as session:
        vera, max_ = account(session, "Vera"), account(session, "Max")
        private = annotation(session, vera, exact="private and shown")
        report(session, private, "private")
        attack = annotation(session, vera, exact="attack and shown")
        report(session, attack, "abuse")
        unseen = annotation(session, vera, Status.NEEDS_RATINGS, exact="private and unseen")
        report(session, unseen, "private")
        spam = annotation(session, vera, Status.NEEDS_RATINGS, exact="spam, eight times")
        report(session, spam, "spam", times=8)
        appealed = annotation(session, vera, Status.HIDDEN, exact="appealed")
        appeal(session, appealed)
        short = ("https://bit.ly/3abc",)
        hinted = annotation(session, max_, Status.PENDING, exact="held, hinted", sources=short, held=True)
        held = annotation(session, vera, Status.PENDING, exact="held", held=True)
        annotation(session, vera, Status.PENDING, exact="just written")
        annotation(session, vera, exact="nothing is wrong with this one")
    with database.read() as session:
        found = queue(session, NOW)
    order = [(one.annotation.exact, one.urgency) for one in found.waiting]
    assert order[:4] == [(private.exact, 120), (attack.exact, 100), (unseen.exact, 80), (spam.exact, 55)]
    assert set(order[4:6]) == {(appealed.exact, 30), (hinted.exact, 30)}
    assert order[6:] == [(held.exact, 10)]
    assert found.counts == {
        Why.REPORTED: 4,
        Why.APPEALED: 1,
        Why.HELD: 2,
        Why.HINTED: 1,
        Why.RATED: 0,
    }
    assert [part.sentence for part in found.waiting[3].parts] == ["8 reports: it is advertising or spam."]


def test_who_ticks_every_kind_weighs_little_more_than_who_ticks_the_gravest(
    database: Database,
) -> None:
    with database.begin() as session:
        all_kinds = annotation(session, account(session, "Vera"), Status.NEEDS_RATINGS)
        for kind in KINDS:
            report(session, all_kinds, kind)
    with database.read() as session:
        [one] = queue(session, NOW).waiting
    assert one.urgency == 80 + 5 * (len(KINDS) - 1)


def test_whatever_waits_comes_up_in_the_end(database: Database) -> None:
    with database.begin() as session:
        vera = account(session, "Vera")
        old = annotation(session, vera, Status.PENDING, created=NOW - timedelta(days=30), held=True)
        new = annotation(session, vera, Status.NEEDS_RATINGS)
        report(session, new, "misleading")
    with database.read() as session:
        assert [one.annotation.id for one in queue(session, NOW).waiting] == [old.id, new.id]


def test_a_report_of_a_kind_that_is_not_known_any_more_counts_as_another(database: Database) -> None:
    with database.begin() as session:
        one = annotation(session, account(session, "Vera"), Status.NEEDS_RATINGS)
        report(session, one, "rude")
    with database.read() as session:
        assert queue(session, NOW).waiting[0].urgency == KINDS["other"]["urgency"]


def test_what_is_decided_waits_no_more(database: Database) -> None:
    with database.begin() as session:
        one = annotation(session, account(session, "Vera"))
        report(session, one)
        ines = account(session, "Ines", Role.MODERATOR)
        decide(session, ines, one.uuid, 1, Ruling(Decision.KEEP), NOW)
        assert queue(session, NOW).waiting == ()


def test_a_dossier_has_the_author_in_numbers_the_ratings_by_side_and_the_history(database: Database) -> None:
    with database.begin() as session:
        vera, ines = account(session, "Vera"), account(session, "Ines", Role.MODERATOR)
        one = annotation(session, vera)
        annotation(session, vera, Status.HIDDEN)
        report(session, one, words="An advertisement.")
        ratings = [("Max", 0, Verdict.HELPFUL), ("Pia", 1, Verdict.NOT), ("Kim", None, Verdict.SOMEWHAT)]
        for alias, side, verdict in ratings:
            rater = account(session, alias)
            mine = {"annotation_id": one.id, "account_id": rater.id}
            session.add(Rating(**mine, verdict=verdict, reasons=[], created=NOW, changed=NOW))
            if side is not None:
                session.add(Rater(account_id=rater.id, side=side))
        decide(session, ines, one.uuid, 1, Ruling(Decision.KEEP), NOW)
    with database.read() as session:
        found = dossier(session, ines, one.uuid, NOW)
        assert found is not None
        assert found.written == {Status.HELPFUL: 1, Status.HIDDEN: 1}
        assert {side: dict(counted) for side, counted in found.sides.items()} == {
            "one side": {Verdict.HELPFUL: 1, Verdict.SOMEWHAT: 0, Verdict.NOT: 0},
            "the other side": {Verdict.HELPFUL: 0, Verdict.SOMEWHAT: 0, Verdict.NOT: 1},
            "not placed yet": {Verdict.HELPFUL: 0, Verdict.SOMEWHAT: 1, Verdict.NOT: 0},
        }
        assert [(line.action, found.names[line.account_id or 0]) for line in found.history] == [
            ("keep", "Ines")
        ]
        assert isinstance(found.reports[0], Report)
        assert (found.reported, found.reports[0].words) == (1, "An advertisement.")


def test_in_a_small_community_what_raters_like_waits_for_a_moderator(database: Database) -> None:
    with database.begin() as session:
        vera = account(session, "Vera")
        verdicts = {"liked": [Verdict.HELPFUL] * 6, "mixed": [Verdict.HELPFUL, Verdict.NOT] * 3, "new": []}
        for exact, given in verdicts.items():
            one = annotation(session, vera, Status.NEEDS_RATINGS, exact=exact)
            for number, verdict in enumerate(given):
                rater = account(session, f"Rater {number}")
                mine = {"annotation_id": one.id, "account_id": rater.id}
                session.add(Rating(**mine, verdict=verdict, reasons=[], created=NOW, changed=NOW))
    with database.read() as session:
        found = queue(session, NOW)
    assert [(one.annotation.exact, one.urgency) for one in found.waiting] == [("liked", 18), ("mixed", 6)]
    assert found.waiting[0].parts[0].sentence.startswith("6 of 6 raters found it helpful")
    with database.begin() as session:
        session.add(Switch(name="ranking", value={"rule": "sides"}, changed=NOW))
        assert queue(session, NOW).waiting == ()
