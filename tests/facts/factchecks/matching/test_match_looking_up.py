"""What is found for a text, and what of it is shown on its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from match_scene import CLAIMS, Silence, Words, check

from caveat.facts.factchecks import Store
from caveat.facts.factchecks.matching import Hit, Matcher, Verdict, build


def looked_up(folder: Path, encoder: Words | None, text: str) -> list[Hit]:
    build(folder, encoder, Silence())
    [hits] = Matcher(folder, encoder).look_up([text])
    return hits


def verdicts(hits: list[Hit]) -> dict[str, str]:
    return {hit.check.url.rpartition("/")[2]: hit.verdict.value for hit in hits}


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("The moon landing was filmed in a studio in Ashmere, he said.", "1", "published"),
        ("The moon landing was not filmed in a studio in Ashmere.", "1", "suggested"),
        ("The moon landing was filmed in a studio in Brindleford.", "1", "suggested"),
        ("Crime in Brindleford fell by 12 percent last year.", "2", "published"),
        ("Crime in Brindleford rose by 12 percent last year.", "2", "suggested"),
        ("Crime in Brindleford fell by 21 percent last year.", "2", "suggested"),
        ("Premier Marsh sold the harbour of Torvania to a bank.", "3", "published"),
        ("The new bridge over the Lune cost 40 billion pounds.", "5", "suggested"),
    ],
)
@pytest.mark.usefixtures("store")
def test_only_what_agrees_in_names_figures_and_polarity_is_shown_on_its_own(
    text: str, claim: str, verdict: str, tmp_path: Path, words: Words
) -> None:
    assert verdicts(looked_up(tmp_path, words, text))[claim] == verdict


def test_a_claim_with_a_rival_nearby_is_offered_and_not_shown(
    tmp_path: Path, store: Store, words: Words
) -> None:
    store.keep([check(7, "Crime in Brindleford fell by 12 percent in schools.")])

    found = verdicts(looked_up(tmp_path, words, "Crime in Brindleford fell by 12 percent."))

    assert found["2"] == found["7"] == "suggested"


def test_the_same_claim_checked_twice_is_no_rival_of_itself(
    tmp_path: Path, store: Store, words: Words
) -> None:
    store.keep([check(8, "“crime in Brindleford: fell by 12 percent”", site="other.example")])

    found = verdicts(looked_up(tmp_path, words, "Crime in Brindleford fell by 12 percent."))

    assert found["2"] == found["8"] == "published"


@pytest.mark.parametrize(("day", "shown"), [("2024-07-08", "8"), ("2024-05-06", "2"), ("2023-01-02", "2")])
def test_of_a_publishers_checks_of_the_same_claim_the_latest_stands_for_all(
    day: str, shown: str, tmp_path: Path, store: Store, words: Words
) -> None:
    store.keep([check(8, "“crime in Brindleford: fell by 12 percent”", day=day)])

    found = verdicts(looked_up(tmp_path, words, "Crime in Brindleford fell by 12 percent."))

    assert {number for number in found if number in "28"} == {shown}
    assert found[shown] == "published"
    assert store.count() == len(CLAIMS) + 1


@pytest.mark.parametrize("text", ["It rained all week.", "", " ", "https://t.example/a", "😱"])
@pytest.mark.usefixtures("store")
def test_a_text_about_something_else_has_nothing_shown_or_offered(
    text: str, tmp_path: Path, words: Words
) -> None:
    assert {hit.verdict for hit in looked_up(tmp_path, words, text)} <= {Verdict.NOTHING}


@pytest.mark.usefixtures("store")
def test_by_words_alone_claims_are_found_and_none_is_shown_on_its_own(tmp_path: Path) -> None:
    hits = looked_up(tmp_path, None, CLAIMS[0])

    assert (hits[0].check.claim, hits[0].score) == (CLAIMS[0], 1.0)
    assert Verdict.PUBLISHED not in {hit.verdict for hit in hits}


@pytest.mark.usefixtures("store")
def test_an_index_with_meanings_serves_a_server_without_the_encoder(tmp_path: Path, words: Words) -> None:
    build(tmp_path, words, Silence())
    matcher = Matcher(tmp_path, None)

    assert matcher.look_up([CLAIMS[0]])[0][0].check.claim == CLAIMS[0]
    assert matcher.version.endswith("by words")


@pytest.mark.usefixtures("store")
def test_fewer_hits_change_no_verdict(tmp_path: Path, words: Words) -> None:
    build(tmp_path, words, Silence())
    matcher = Matcher(tmp_path, words)

    [all_of_them], [first] = matcher.look_up([CLAIMS[1]], 10), matcher.look_up([CLAIMS[1]], 1)

    assert first == all_of_them[:1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=80), max_size=3))
@pytest.mark.usefixtures("store")
def test_any_texts_have_an_answer_each_best_first(tmp_path: Path, texts: list[str]) -> None:
    build(tmp_path, None, Silence())

    found = Matcher(tmp_path, None).look_up(texts, 3)

    assert len(found) == len(texts)
    assert all(hits == sorted(hits, key=lambda h: -h.score) and len(hits) <= 3 for hits in found)
