"""``caveat user``: who may take part, on either database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from caveat.accounts import joining, log, passwords
from caveat.accounts.models import Role, State
from caveat.accounts.refused import Refused
from caveat.cli import command
from caveat.cli.outcome import Exit
from caveat.database import Database

PASSWORD = "seven ferries at noon"  # noqa: S105


def _now() -> datetime:
    return datetime.now(UTC)


class Terminal:
    """``caveat user`` on one store."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, *words: str, typed: str = "") -> Result:
        return CliRunner(env={"DATABASE_URL": self._url}).invoke(command, ["user", *words], input=typed)


@pytest.fixture
def user(database: Database, database_url: str) -> Terminal:
    """The command line on an empty store with its tables."""
    assert database
    return Terminal(database_url)


def test_the_first_administrator_chooses_a_password_by_a_code(user: Terminal, database: Database) -> None:
    made = user("add", "Mara Teale", "--role", "administrator")
    assert made.exit_code == 0
    assert "Mara Teale is an administrator now." in made.stderr
    assert f"/account/new-password#{made.stdout.strip()} fills it in" in made.stderr
    with database.begin() as session:
        mara = joining.choose_password(session, made.stdout.strip(), passwords.keep(PASSWORD), _now())
        assert (mara.alias, mara.role) == ("Mara Teale", Role.ADMINISTRATOR)
    assert joining.check_password(database, "Mara Teale", PASSWORD).id == mara.id


def test_a_password_can_be_typed_instead(user: Terminal, database: Database) -> None:
    made = user("add", "Mara", "--password", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (made.exit_code, made.stdout) == (0, "")
    assert PASSWORD not in made.output
    assert joining.check_password(database, "Mara", PASSWORD).role == Role.VOLUNTEER
    short = user("add", "Oskar", "--password", typed="short\nshort\n")
    assert short.exit_code == Exit.USAGE
    assert "at least 12 characters" in short.stderr


def test_an_alias_is_refused_with_what_one_may_be(user: Terminal) -> None:
    assert "3 to 30 characters" in user("add", "ab").stderr
    assert "speak for more than you" in user("add", "admin").stderr
    user("add", "Mara")
    taken = user("add", "m.a.r.a")
    assert (taken.exit_code, taken.stdout) == (Exit.USAGE, "")
    assert "is taken" in taken.stderr


def test_an_invitation_is_alone_on_stdout_and_lets_one_person_in(user: Terminal, database: Database) -> None:
    invited = user("invite", "--role", "moderator")
    code = invited.stdout.strip()
    assert len(code) == 23
    assert f"/account/join#{code} fills it in" in invited.stderr
    with database.begin() as session:
        assert joining.join(session, code, "Mara", _now()).role == Role.MODERATOR


def test_accounts_are_listed_for_people_and_for_programs(user: Terminal) -> None:
    assert "no account yet" in user("list").stdout
    user("add", "Mara", "--role", "administrator")
    user("add", "Oskar")
    user("suspend", "Oskar", "--reason", "a campaign")
    text = user("list").stdout
    assert "administrator  Mara  has no password yet" in text
    assert "Oskar  suspended" in text
    lines = [orjson.loads(line) for line in user("list", "--format", "json").stdout.splitlines()]
    assert [(line["alias"], line["state"]) for line in lines] == [("Mara", "active"), ("Oskar", "suspended")]
    assert set(lines[0]) == {"id", "alias", "role", "state", "created"}


def test_a_role_is_changed_but_not_the_last_administrators(user: Terminal, database: Database) -> None:
    user("add", "Mara", "--role", "administrator", "--password", typed=f"{PASSWORD}\n{PASSWORD}\n")
    user("add", "Oskar")
    assert user("role", "oskar", "moderator").stderr == "Oskar is a moderator now.\n"
    refused = user("role", "Mara", "volunteer")
    assert (refused.exit_code, "last administrator" in refused.stderr) == (Exit.USAGE, True)
    refused = user("suspend", "Mara", "--reason", "x")
    assert (refused.exit_code, "last administrator" in refused.stderr) == (Exit.USAGE, True)
    with database.read() as session:
        oskar = joining.named(session, "Oskar")
        assert oskar
        assert [line.action for line in log.history(session, oskar)][-1] == "change role"


def test_somebody_is_suspended_for_a_reason_and_restored(user: Terminal, database: Database) -> None:
    user("add", "Oskar", "--password", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert user("suspend", "Oskar").exit_code == Exit.USAGE
    assert user("suspend", "Oskar", "--reason", "a campaign").exit_code == 0
    with pytest.raises(Refused, match="suspended"):
        joining.check_password(database, "Oskar", PASSWORD)
    assert "suspended, and could not sign in" in user("reset-password", "Oskar").stderr
    assert user("suspend", "Oskar", "--end", "--reason", "ours").stderr == "Oskar is active again.\n"
    assert joining.check_password(database, "Oskar", PASSWORD).state == State.ACTIVE


def test_a_forgotten_password_is_chosen_anew_by_a_code(user: Terminal, database: Database) -> None:
    user("add", "Oskar", "--password", typed=f"{PASSWORD}\n{PASSWORD}\n")
    code = user("reset-password", "Oskar").stdout.strip()
    with database.begin() as session:
        joining.choose_password(session, code, passwords.keep("another password"), _now())
    assert joining.check_password(database, "Oskar", "another password").alias == "Oskar"


@pytest.mark.parametrize("words", [("role", "Nobody", "volunteer"), ("reset-password", "Nobody")])
def test_an_alias_that_nobody_has_is_named(user: Terminal, words: tuple[str, ...]) -> None:
    said = user(*words)
    assert (said.exit_code, "Nobody goes by 'Nobody'" in said.stderr) == (Exit.USAGE, True)


def test_a_store_that_cannot_be_used_is_named() -> None:
    said = Terminal("mysql://localhost/x")("list")
    assert (said.exit_code, "DATABASE_URL has the scheme 'mysql'" in said.stderr) == (Exit.INCOMPLETE, True)
    said = Terminal("sqlite:////proc/nowhere/caveat.db")("list")
    assert (said.exit_code, "cannot be made" in said.stderr) == (Exit.INCOMPLETE, True)


def test_without_a_setting_it_is_the_file_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    said = CliRunner(env={"DATABASE_URL": ""}).invoke(command, ["user", "add", "Mara"])
    assert said.exit_code == 0
    assert (tmp_path / "caveat" / "caveat.db").is_file()
