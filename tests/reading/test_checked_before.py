"""What an article's claims carry of the checks that others made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from caveat.article import Analysis, Article
from caveat.catalogue import Catalogue
from caveat.facts.factchecks import FactCheck, StoreFault
from caveat.facts.factchecks.matching import Hit, Verdict
from caveat.reading import Reader

TEXT = "The mayor said crime in Brindleford fell by 12 percent in May. I think that the weather was lovely."
CHECK = FactCheck(
    "https://checker.example/2", "Crime in Brindleford fell by 12 percent.", "The Checker", "checker.example",
    "2024-05-06", "Not so",
)  # fmt: skip


@dataclass
class Checks:
    """An index that finds what a test says."""

    hits: Sequence[Hit]
    fault: Exception | None = None
    asked: list[str] = field(default_factory=list)
    version: str = "one"

    def look_up(self, texts: Sequence[str], most: int = 10) -> list[list[Hit]]:  # noqa: ARG002
        if self.fault:
            raise self.fault
        self.asked += texts
        return [[*self.hits] for _ in texts]


def read(reader: Reader, checks: Any, text: str = TEXT) -> Analysis:
    facts = replace(reader.facts, checks=checks)
    reading = Reader(reader.nlp, Catalogue.standard(), facts, lambda: date(2024, 6, 1))
    return reading.analyse(Article(text))


def test_a_check_that_fits_is_a_note_on_the_claim_in_its_checkers_words(reader: Reader) -> None:
    analysis = read(reader, Checks([Hit(CHECK, 1.0, Verdict.PUBLISHED)]))

    [note] = [note for note in analysis.notes if note.signal == "checked-before"]
    [evidence] = note.evidence
    assert note.quote.exact.startswith("The mayor said crime")
    assert "The Checker" in note.message
    assert (evidence.title, evidence.url, evidence.date) == (CHECK.claim, CHECK.url, "2024-05-06")
    assert (evidence.publisher, evidence.rating) == ("The Checker", "Not so")
    assert analysis.claims[0].suggested == ()


def test_a_claim_that_an_article_says_again_has_its_note_where_it_is_said_first(reader: Reader) -> None:
    again = "Crime in Brindleford fell by 12 percent in May, she repeated on Monday."
    analysis = read(reader, Checks([Hit(CHECK, 1.0, Verdict.PUBLISHED)]), f"{TEXT}\n{again}")

    [note] = [note for note in analysis.notes if note.signal == "checked-before"]
    assert note.start == 0
    assert len(analysis.claims) == 2


def test_a_check_that_may_fit_is_offered_with_the_claim_and_makes_no_note(reader: Reader) -> None:
    for hit in (Hit(CHECK, 0.9, Verdict.SUGGESTED), Hit(CHECK, 0.9, Verdict.PUBLISHED, beside=0.3)):
        analysis = read(reader, Checks([hit] * 3))

        assert [note.signal for note in analysis.notes if note.signal == "checked-before"] == []
        assert [each.url for each in analysis.claims[0].suggested] == [CHECK.url, CHECK.url]


def test_only_claims_are_looked_up_and_opinions_are_not(reader: Reader) -> None:
    checks = Checks([Hit(CHECK, 0.5, Verdict.NOTHING)])

    analysis = read(reader, checks)

    assert checks.asked == ["The mayor said crime in Brindleford fell by 12 percent in May."]
    assert all(claim.suggested == () for claim in analysis.claims)


def test_an_index_that_cannot_be_read_costs_a_reading_nothing_else(reader: Reader) -> None:
    without = read(reader, None)

    assert read(reader, Checks([], StoreFault("damaged"))) == without
    assert read(reader, Checks([])) == without


def test_the_version_of_an_analysis_has_that_of_the_index(reader: Reader) -> None:
    versions = {
        Reader(reader.nlp, Catalogue.standard(), replace(reader.facts, checks=checks)).version
        for checks in (None, Checks([]), Checks([], version="two"))
    }

    assert len(versions) == 3
