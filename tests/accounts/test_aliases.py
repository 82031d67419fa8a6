"""Aliases: which there are, and which look alike."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caveat.accounts import aliases
from caveat.accounts.refused import Refused


@pytest.mark.parametrize(
    ("typed", "alias"),
    [
        ("Mara", "Mara"),
        ("  Mara   Teale ", "Mara Teale"),
        ("m.teale-2_b", "m.teale-2_b"),
        ("Zoë", "Zoë"),
        ("Ｍａｒａ", "Mara"),
        ("Мария", "Мария"),
        ("김민수", "김민수"),
        ("やまだ太郎", "やまだ太郎"),
        ("प्रिया", "प्रिया"),
        ("a" * 30, "a" * 30),
        ("badminton", "badminton"),
        ("Teamwork", "Teamwork"),
    ],
)
def test_an_alias_is_shown_as_it_was_typed_but_for_width_and_spaces(typed: str, alias: str) -> None:
    assert aliases.shown(typed) == alias


@pytest.mark.parametrize(
    "typed",
    [
        "", "ab", "a" * 31, "123", "a--b", "-mara", "mara.", "a._b", "mara@example", "<b>mara</b>", "ma\nra!",
        "a\x00bc",
        "mara\u202eteale", "mara\u200bteale", "m\u0430ra", "\u0440\u0430ypal",
        "🚢🚢🚢", "\u0301mara", "a\u0301\u0301\u0301b",
        "mara\u0661", "\ud800abc",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_alias_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        aliases.shown(typed)
    assert (refused.value.status, refused.value.pointer) == (422, "#/alias")


@pytest.mark.parametrize(
    "typed",
    [
        "admin", "Admin", "ADMIN", "adm1n", "Admin2", "admin-of-lowmoor", "the moderator", "Moderator_7",
        "Former Volunteer",
        "former.volunteer", "formervolunteer", "Caveat", "caveat team", "rnoderator", "Ádmin",
        "аdmіn", "sуѕtеm", "root",
    ],
    ids=ascii,
)  # fmt: skip
def test_nobody_goes_by_a_name_that_speaks_for_the_project_or_for_nobody(typed: str) -> None:
    with pytest.raises(Refused):
        aliases.shown(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mara", "MARA"), ("Mara", "mara"), ("Mara Teale", "mara-teale"), ("Mara Teale", "MaraTeale"),
        ("Bill", "BiII"),
        ("Bill", "B1ll"), ("Oskar", "0skar"), ("Zoë", "Zoe"), ("Marn", "Mam"), ("coco", "сосо"),
        ("Mara", "Ｍａｒａ"),
        ("straße", "strasse"), ("vvalter", "walter"), ("Ivo", "lvo"), ("Søren", "Soren"), ("ovo", "ονο"),
    ],
)  # fmt: skip
def test_aliases_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert aliases.key(one) == aliases.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mara", "Maria"), ("Bill", "Ball"), ("Мария", "Марта"), ("user2", "user3"), ("김민수", "김민지")],
)
def test_aliases_that_do_not_look_alike_have_two(one: str, other: str) -> None:
    assert aliases.key(one) != aliases.key(other)


@given(st.text(max_size=200))
def test_any_text_has_a_key_that_fits_and_is_an_alias_or_refused(text: str) -> None:
    assert len(aliases.key(text)) <= 160
    try:
        alias = aliases.shown(text)
    except Refused:
        return
    assert aliases.shown(alias) == alias
    assert aliases.key(alias)
    assert 3 <= len(alias) <= 30


@given(st.text("abcdijlmnrvwo01 -é", min_size=1, max_size=12), st.integers(0, 12))
@example("Bernd", 3)
@example("Marcia", 4)
def test_every_alias_begins_as_it_is_looked_for(alias: str, end: int) -> None:
    """ "Bernd" folds to other letters than "Ber" does."""
    found = aliases.beginnings(alias[: end + 1])
    assert any(aliases.key(alias).startswith(beginning) for beginning in found)
