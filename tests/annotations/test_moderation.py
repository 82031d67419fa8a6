"""Decisions about annotations: who may, what they do, what is written down, and who is told."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from at_once import at_once
from caveat.accounts import log
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations import situation
from caveat.annotations.models import Annotation, Appeal, Rating, Report, Status, Switch, Verdict
from caveat.annotations.moderation import AT_ONCE, choices, decide, decide_all
from caveat.annotations.rulings import LONGEST, REASONS, Decision, Ruling
from caveat.annotations.situation import is_held, is_small
from caveat.database import Database

from .desk_scene import NOW, account, annotation, appeal, report, stored

HIDE = Ruling(Decision.HIDE, "spam")


def written(
    database: Database, status: Status = Status.HELPFUL, held: bool = False, reports: int = 0
) -> UUID:
    """One annotation by a volunteer."""
    with database.begin() as session:
        one = annotation(session, account(session, "Vera"), status, held=held)
        report(session, one, times=reports)
        return one.uuid


def rule(
    database: Database, uuid: UUID, ruling: Ruling, by: str = "Ines", revision: int | None = None
) -> None:
    """A moderator decides, having looked at what is there now."""
    revision = stored(database, uuid).revision if revision is None else revision
    with database.begin() as session:
        decide(session, account(session, by, Role.MODERATOR), uuid, revision, ruling, NOW)


def lines(database: Database) -> list[Entry]:
    with database.read() as session:
        return list(session.scalars(select(Entry).order_by(Entry.id)))


@pytest.mark.parametrize(
    ("before", "ruling", "after"),
    [
        (Status.PENDING, Ruling(Decision.APPROVE), Status.NEEDS_RATINGS),
        (Status.PENDING, HIDE, Status.HIDDEN),
        (Status.NEEDS_RATINGS, HIDE, Status.HIDDEN),
        (Status.HELPFUL, HIDE, Status.HIDDEN),
        (Status.NOT_HELPFUL, HIDE, Status.HIDDEN),
        (Status.SETTLED, HIDE, Status.HIDDEN),
        (Status.HELPFUL, Ruling(Decision.HOLD), Status.PENDING),
        (Status.NEEDS_RATINGS, Ruling(Decision.HOLD), Status.PENDING),
        (Status.HELPFUL, Ruling(Decision.SETTLE, words="It now says May."), Status.SETTLED),
    ],
)
def test_a_decision_moves_an_annotation_and_writes_one_line(
    database: Database, before: Status, ruling: Ruling, after: Status
) -> None:
    uuid = written(database, before)
    rule(database, uuid, ruling)
    now = stored(database, uuid)
    assert (now.status, now.revision, now.status_since) == (after, 2, NOW)
    assert now.reason
    [line] = lines(database)
    assert (line.action, line.subject, line.at) == (ruling.decision, f"annotation:{now.id}", NOW)
    assert (line.details["from"], line.details["to"], line.details["revision"]) == (before, after, 2)
    with database.read() as session:
        assert list(log.check(session)) == []


@pytest.mark.parametrize(
    ("before", "ruling"),
    [
        (Status.HIDDEN, HIDE),
        (Status.WITHDRAWN, HIDE),
        (Status.HELPFUL, Ruling(Decision.APPROVE)),
        (Status.HELPFUL, Ruling(Decision.RESTORE)),
        (Status.WITHDRAWN, Ruling(Decision.RESTORE)),
        (Status.HIDDEN, Ruling(Decision.HOLD)),
        (Status.HIDDEN, Ruling(Decision.SETTLE, words="It now says May.")),
        (Status.HELPFUL, Ruling(Decision.KEEP)),
        (Status.HIDDEN, Ruling(Decision.UPHOLD, words="It stands.")),
        (Status.HIDDEN, Ruling(Decision.OVERTURN)),
    ],
)
def test_a_decision_that_fits_no_such_annotation_is_refused_and_changes_nothing(
    database: Database, before: Status, ruling: Ruling
) -> None:
    uuid = written(database, before)
    with pytest.raises(Refused) as refused:
        rule(database, uuid, ruling)
    assert refused.value.status == 409
    assert (stored(database, uuid).status, stored(database, uuid).revision, lines(database)) == (
        before,
        1,
        [],
    )


@pytest.mark.parametrize(
    ("before", "ruling"),
    [
        (Status.PENDING, HIDE),
        (Status.NEEDS_RATINGS, HIDE),
        (Status.HELPFUL, HIDE),
        (Status.NOT_HELPFUL, HIDE),
        (Status.SETTLED, HIDE),
        (Status.PENDING, Ruling(Decision.HOLD)),
        (Status.HELPFUL, Ruling(Decision.HOLD)),
        (Status.HELPFUL, Ruling(Decision.SETTLE, words="It now says May.")),
        (Status.NEEDS_RATINGS, Ruling(Decision.DECLINE)),
    ],
)
def test_what_was_decided_can_be_taken_back(database: Database, before: Status, ruling: Ruling) -> None:
    uuid = written(database, before)
    rule(database, uuid, ruling)
    rule(database, uuid, Ruling(Decision.RESTORE))
    assert stored(database, uuid).status == before


def test_what_was_hidden_while_it_was_held_is_held_no_more_when_it_is_restored(
    database: Database,
) -> None:
    uuid = written(database, Status.PENDING, held=True)
    rule(database, uuid, HIDE)
    rule(database, uuid, Ruling(Decision.RESTORE))
    now = stored(database, uuid)
    assert (now.status, now.locked) == (Status.PENDING, None)


def test_a_held_one_stays_until_it_is_approved(database: Database) -> None:
    uuid = written(database, Status.HELPFUL)
    rule(database, uuid, Ruling(Decision.HOLD))
    assert is_held(stored(database, uuid))
    rule(database, uuid, Ruling(Decision.APPROVE))
    assert not is_held(stored(database, uuid))
    assert stored(database, uuid).locked is None


@pytest.mark.parametrize(
    ("ruling", "is_closed"),
    [
        (Ruling(Decision.KEEP), True),
        (HIDE, True),
        (Ruling(Decision.SETTLE, words="It now says May."), True),
        (Ruling(Decision.HOLD), False),
    ],
)
def test_a_decision_answers_the_reports_but_holding_only_puts_them_off(
    database: Database, ruling: Ruling, is_closed: bool
) -> None:
    uuid = written(database, reports=3)
    rule(database, uuid, ruling)
    with database.read() as session:
        still_open = session.scalar(select(func.count()).select_from(Report).where(Report.closed.is_(None)))
    assert still_open == (0 if is_closed else 3)


def test_keeping_changes_neither_status_nor_reason_but_the_revision(database: Database) -> None:
    uuid = written(database, reports=1)
    rule(database, uuid, Ruling(Decision.KEEP))
    now = stored(database, uuid)
    assert (now.status, now.reason, now.revision) == (Status.HELPFUL, "", 2)


def test_the_author_is_told_the_reason_and_the_words(database: Database) -> None:
    uuid = written(database)
    rule(database, uuid, Ruling(Decision.HIDE, "misleading", "The report\nhas no such\x00 date."))
    told = stored(database, uuid).reason
    assert told.startswith("Hidden by a moderator. It says something that its sources do not say.")
    assert told.endswith("The report has no such date.")


@pytest.mark.parametrize(
    ("ruling", "pointer"),
    [
        (Ruling(Decision.HIDE), "#/reason"),
        (Ruling(Decision.HIDE, "because"), "#/reason"),
        (Ruling(Decision.HIDE, "other"), "#/words"),
        (Ruling(Decision.HIDE, "other", " \u202e\n"), "#/words"),
        (Ruling(Decision.SETTLE), "#/words"),
        (Ruling(Decision.UPHOLD), "#/words"),
        (Ruling(Decision.HIDE, "spam", "x" * (LONGEST + 1)), "#/words"),
    ],
)
def test_a_ruling_that_says_too_little_or_too_much_is_refused_by_field(
    database: Database, ruling: Ruling, pointer: str
) -> None:
    uuid = written(database)
    with pytest.raises(Refused) as refused:
        rule(database, uuid, ruling)
    assert (refused.value.status, refused.value.pointer) == (422, pointer)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.EDUCATOR])
def test_only_moderators_and_administrators_decide(database: Database, role: Role) -> None:
    uuid = written(database)
    with pytest.raises(Refused, match="for moderators"), database.begin() as session:
        decide(session, account(session, "Max", role), uuid, 1, HIDE, NOW)


def test_nobody_decides_about_what_they_wrote(database: Database) -> None:
    with database.begin() as session:
        ines = account(session, "Ines", Role.MODERATOR)
        uuid = annotation(session, ines).uuid
        assert choices(session, ines, annotation(session, ines)) == []
    with pytest.raises(Refused, match="You wrote this one"):
        rule(database, uuid, HIDE)


def test_an_annotation_that_there_is_not_is_not_found(database: Database) -> None:
    with pytest.raises(Refused) as refused, database.begin() as session:
        decide(session, account(session, "Ines", Role.MODERATOR), uuid4(), 1, HIDE, NOW)
    assert refused.value.status == 404


def hidden_and_appealed(database: Database) -> UUID:
    """Hidden by Ines, which its author does not accept."""
    uuid = written(database)
    rule(database, uuid, HIDE)
    with database.begin() as session:
        appeal(session, session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one())
    return uuid


def test_an_appeal_is_answered_by_somebody_else_than_who_decided(database: Database) -> None:
    uuid = hidden_and_appealed(database)
    for decision in (Decision.UPHOLD, Decision.OVERTURN):
        with pytest.raises(Refused, match="against what you decided"):
            rule(database, uuid, Ruling(decision, words="No."), by="Ines")
    with pytest.raises(Refused, match="uphold or overturn"):
        rule(database, uuid, Ruling(Decision.RESTORE), by="Ines")
    rule(database, uuid, Ruling(Decision.OVERTURN), by="Omar")
    assert stored(database, uuid).status == Status.HELPFUL
    with database.read() as session:
        assert session.scalars(select(Appeal)).one().outcome == "overturn"


def test_an_appeal_that_is_upheld_leaves_it_hidden_and_says_why(database: Database) -> None:
    uuid = hidden_and_appealed(database)
    rule(database, uuid, Ruling(Decision.UPHOLD, words="The report is not public."), by="Omar")
    now = stored(database, uuid)
    assert now.status == Status.HIDDEN
    assert now.reason.endswith("The report is not public.")
    with pytest.raises(Refused, match="no appeal"):
        rule(database, uuid, Ruling(Decision.OVERTURN), by="Omar")


def test_an_appeal_against_what_a_moderator_found_not_helpful_can_be_overturned(database: Database) -> None:
    uuid = written(database, Status.NEEDS_RATINGS)
    rule(database, uuid, Ruling(Decision.DECLINE))
    with database.begin() as session:
        appeal(session, session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one())
    with pytest.raises(Refused, match="against what you decided"):
        rule(database, uuid, Ruling(Decision.OVERTURN))
    rule(database, uuid, Ruling(Decision.OVERTURN), by="Omar")
    assert stored(database, uuid).status == Status.NEEDS_RATINGS


def test_an_appeal_against_what_raters_decided_cannot_be_overturned(database: Database) -> None:
    uuid = written(database, Status.NOT_HELPFUL)
    with database.begin() as session:
        appeal(session, session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one())
    with pytest.raises(Refused, match="by its ratings"):
        rule(database, uuid, Ruling(Decision.OVERTURN))


@pytest.mark.parametrize("by", ["Ines", "Omar"])
def test_what_is_offered_is_what_is_not_refused(database: Database, by: str) -> None:
    uuids = [written(database, status, reports=1) for status in Status]
    uuids += [hidden_and_appealed(database), written(database, Status.PENDING, held=True)]
    for uuid in uuids:
        for decision in Decision:
            one = stored(database, uuid)
            with database.begin() as session:
                who = account(session, by, Role.MODERATOR)
                offered = choices(session, who, session.get_one(Annotation, one.id))
            try:
                with database.begin() as session:
                    decide(session, who, uuid, one.revision, Ruling(decision, "spam", "Why."), NOW)
                    session.rollback()
                is_refused = False
            except Refused:
                is_refused = True
            assert (decision in offered) != is_refused, (one.status, decision)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(database: Database) -> None:
    uuid = written(database, reports=1)
    with database.begin() as session:
        account(session, "Ines", Role.MODERATOR)
        account(session, "Omar", Role.MODERATOR)
    deeds = {"Ines": Ruling(Decision.KEEP), "Omar": HIDE}

    def act(by: str) -> str | None:
        try:
            rule(database, uuid, deeds[by], by, revision=1)
        except Refused as refused:
            return f"{refused.status} {refused.detail}"
        return None

    told = dict(zip(deeds, at_once(act, list(deeds)), strict=True))
    [(loser, sentence)] = [(by, detail) for by, detail in told.items() if detail]
    winner = "Omar" if loser == "Ines" else "Ines"
    assert sentence.startswith(f"409 {winner} {'hid it' if winner == 'Omar' else 'kept it'}")
    assert "at 12:00 UTC" in sentence
    assert len(lines(database)) == 1


def test_who_looked_at_an_earlier_wording_is_asked_to_look_again(database: Database) -> None:
    uuid = written(database)
    with database.begin() as session:
        session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one().revision = 2
    with pytest.raises(Refused, match="by its author or by its ratings"):
        rule(database, uuid, HIDE, revision=1)


def test_many_are_decided_at_once_each_for_itself_and_each_with_its_line(database: Database) -> None:
    with database.begin() as session:
        ines = account(session, "Ines", Role.MODERATOR)
        vera = account(session, "Vera")
        good = [annotation(session, vera) for _ in range(3)]
        own, gone = annotation(session, ines), annotation(session, vera, Status.WITHDRAWN)
        changed = annotation(session, vera)
        changed.revision = 2
        looked_at = {one.uuid: 1 for one in (*good, own, gone, changed)}
        outcomes = decide_all(session, ines, looked_at, HIDE, NOW)
    refused = {outcome.annotation.uuid: outcome.refused.status for outcome in outcomes if outcome.refused}
    assert refused == {own.uuid: 403, gone.uuid: 409, changed.uuid: 409}
    assert [stored(database, one.uuid).status for one in good] == [Status.HIDDEN] * 3
    assert stored(database, changed.uuid).status == Status.HELPFUL
    assert [(line.action, line.details["together"]) for line in lines(database)] == [("hide", 6)] * 3


@pytest.mark.parametrize("many", [0, AT_ONCE + 1])
def test_neither_none_nor_too_many_are_decided_at_once(database: Database, many: int) -> None:
    with database.begin() as session:
        ines = account(session, "Ines", Role.MODERATOR)
    with pytest.raises(Refused, match=f"between 1 and {AT_ONCE}"), database.begin() as session:
        decide_all(session, ines, {uuid4(): 1 for _ in range(many)}, HIDE, NOW)


def test_two_who_decide_about_many_wait_for_each_other_and_never_for_ever(database: Database) -> None:
    with database.begin() as session:
        vera = account(session, "Vera")
        account(session, "Ines", Role.MODERATOR)
        account(session, "Omar", Role.MODERATOR)
        uuids = [annotation(session, vera).uuid for _ in range(20)]

    def act(by: str) -> int:
        looked_at = dict.fromkeys(uuids if by == "Ines" else reversed(uuids), 1)
        with database.begin() as session:
            outcomes = decide_all(session, account(session, by), looked_at, HIDE, NOW)
        return sum(outcome.refused is None for outcome in outcomes)

    assert sorted(at_once(act, ("Ines", "Omar"))) == [0, 20]
    assert len(lines(database)) == 20


def test_every_reason_is_a_sentence() -> None:
    assert all(reason["says"].endswith(".") for reason in REASONS.values())


def test_a_moderator_who_has_left_is_not_named(database: Database) -> None:
    uuid = written(database)
    rule(database, uuid, HIDE)
    with database.begin() as session:
        ines = session.scalars(select(Account).where(Account.alias == "Ines")).one()
        ines.alias = ines.alias_key = None
    with pytest.raises(Refused, match="A moderator who has left hid it"):
        rule(database, uuid, HIDE, by="Omar", revision=1)


def test_a_decision_that_is_not_committed_leaves_no_line(database: Database) -> None:
    uuid = written(database)
    with database.begin() as session:
        decide(session, account(session, "Ines", Role.MODERATOR), uuid, 1, HIDE, NOW)
        session.rollback()
    assert (stored(database, uuid).status, lines(database)) == (Status.HELPFUL, [])


def rate(database: Database, uuid: UUID, verdicts: list[Verdict]) -> None:
    """Volunteers rate."""
    with database.begin() as session:
        one = session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one()
        for number, verdict in enumerate(verdicts):
            rater = account(session, f"Rater {number}")
            mine = {"annotation_id": one.id, "account_id": rater.id}
            session.add(Rating(**mine, verdict=verdict, reasons=[], created=NOW, changed=NOW))


@pytest.mark.parametrize(
    ("decision", "after"), [(Decision.SHOW, Status.HELPFUL), (Decision.DECLINE, Status.NOT_HELPFUL)]
)
@pytest.mark.parametrize("before", [Status.PENDING, Status.NEEDS_RATINGS])
def test_where_raters_are_too_few_a_moderator_finds_what_is_helpful(
    database: Database, before: Status, decision: Decision, after: Status
) -> None:
    uuid = written(database, before)
    rule(database, uuid, Ruling(decision))
    now = stored(database, uuid)
    assert (now.status, now.locked) == (after, None)
    assert "raters are too few yet" in now.reason


@pytest.mark.parametrize(("rule_", "is_left_to_raters"), [("queue", False), ("sides", True)])
def test_the_ranking_says_whether_raters_are_enough(
    database: Database, rule_: str, is_left_to_raters: bool
) -> None:
    uuid = written(database, Status.NEEDS_RATINGS)
    with database.begin() as session:
        session.add(Switch(name="ranking", value={"rule": rule_}, changed=NOW))
    try:
        rule(database, uuid, Ruling(Decision.SHOW))
        told = ""
    except Refused as refused:
        told = refused.detail
    assert ("raters enough" in told) == is_left_to_raters


def test_before_a_ranking_has_said_so_the_number_of_ratings_decides(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situation, "FEW_RATINGS", 3)
    uuid = written(database, Status.NEEDS_RATINGS)
    rate(database, uuid, [Verdict.HELPFUL] * 2)
    with database.read() as session:
        assert is_small(session)
    rate(database, written(database), [Verdict.HELPFUL])
    with database.read() as session:
        assert not is_small(session)
