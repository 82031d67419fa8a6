"""The check from the sentence to the note, on sixty sentences with a date, half of them traps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caveat.article import Article, Context, Note
from caveat.facts.offices import OfficeTable, packaged
from caveat.facts.offices.check import OfficeCheck
from caveat.reading import Reader, rules

SENTENCES = tomllib.loads(Path(__file__).with_name("office_sentences.toml").read_text(encoding="utf-8"))
# Read as missed: the only day named is in a clause about others.
MISSED = {"Irish Taoiseach Enda Kenny was among the leaders who arrived in London on Sunday."}
# Titles that stay with a person for life or beyond, or that nobody is called by in a sentence.
NOT_READ = {
    "Ambassador to the United Nations", "Archbishop of Canterbury", "Chief Justice", "Federal Councillor",
    "General Secretary of the Communist Party", "Member of the Presidency", "Monarch", "Pope",
}  # fmt: skip


def asked(reader: Reader, text: str, published: str) -> list[Note]:
    found = reader.analyse(Article(text, Context(published=published))).notes
    return [note for note in found if note.signal == "conflicts-record" and note.evidence]


@pytest.mark.parametrize("case", SENTENCES["asked"], ids=lambda case: str(case["text"][:40]))
def test_somebody_else_was_in_office_and_the_note_stands_on_the_words(
    reader: Reader, case: dict[str, str]
) -> None:
    notes = asked(reader, case["text"], case["date"])
    if case["text"] in MISSED:
        assert notes == []
        return
    (note,) = notes
    assert case["words"] in note.quote.exact
    assert all(evidence.url.startswith("https://") for evidence in note.evidence)


@pytest.mark.parametrize("case", SENTENCES["left_alone"], ids=lambda case: str(case["because"]))
def test_a_trap_is_left_alone(reader: Reader, case: dict[str, str]) -> None:
    assert asked(reader, case["text"], case["date"]) == []


def test_the_set_is_what_it_says() -> None:
    assert (len(SENTENCES["asked"]), len(SENTENCES["left_alone"])) == (30, 30)


def test_every_place_that_is_read_has_an_office_and_every_office_but_some_can_be_read() -> None:
    table, words = OfficeTable.decode(packaged()), rules.read("offices")
    check = OfficeCheck(table)
    places = {
        (title, place): check.office(title, place) for title in words["titles"] for place in words["places"]
    }
    assert {place for (_, place), office in places.items() if office} == set(words["places"])
    unread = {office.title for office in table.offices()} - {o.title for o in places.values() if o}
    assert unread == NOT_READ
