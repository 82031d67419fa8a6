"""What a moderator sees of one person, from either database and by its indexes."""

from __future__ import annotations

from annotations.desk_scene import NOW, account, annotation, report
from caveat.accounts import roles
from caveat.accounts.models import Role
from caveat.accounts.roles import Deed
from caveat.annotations.models import Rating, Status, Verdict
from caveat.annotations.person import NEWEST, person
from caveat.database import Database


def test_somebody_new_has_done_nothing(database: Database) -> None:
    with database.begin() as session:
        found = person(session, account(session, "Ines", Role.MODERATOR), account(session, "Vera"))
    assert (found.vouched_by, found.last_deed, found.rater) == (None, None, None)
    assert not any((found.let_in, found.written, found.newest, found.rated, found.reported, found.history))
    assert found.may == [Deed.VOUCH, Deed.SUSPEND]


def test_what_somebody_did_and_what_came_of_it_is_counted(database: Database) -> None:
    with database.begin() as session:
        ines, vera = account(session, "Ines", Role.MODERATOR), account(session, "Vera")
        max_ = account(session, "Max")
        mine = [annotation(session, vera, Status.HIDDEN if n else Status.HELPFUL) for n in range(NEWEST + 2)]
        report(session, mine[0], times=3)
        other = annotation(session, max_)
        report(session, other)
        given = {"annotation_id": other.id, "account_id": vera.id}
        session.add(Rating(**given, verdict=Verdict.SOMEWHAT, reasons=[], created=NOW, changed=NOW))
        max_.vouched_by_id = vera.id
        roles.vouch(session, ines, vera, NOW, "I know her.")
        found = person(session, ines, vera)
        assert found.written == {Status.HELPFUL: 1, Status.HIDDEN: NEWEST + 1}
        assert (len(found.newest), found.rated) == (NEWEST, {Verdict.SOMEWHAT: 1})
        assert (found.reported, found.waiting) == (3, 3)
        assert (found.vouched_by, list(found.let_in)) == (ines, [max_])
        assert [line.reason for line in found.history] == ["I know her."]
        assert found.last_deed is found.history[0]
        assert found.names == {ines.id: "Ines"}
