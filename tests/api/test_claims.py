"""The same claim on another page: found by its runs of words, asked for by five digits."""

from __future__ import annotations

from typing import Any

import pytest

from caveat.annotations.models import Status
from caveat.annotations.runs import runs

from .volunteers import API, Place

CLAIM = "The harbour board paid 1,140 pounds for every metre of the new wall in 2025"


def annotated(here: Place, exact: str = CLAIM, status: Status = Status.HELPFUL) -> str:
    target = {"exact": exact, "prefix": "", "suffix": "", "start": 9 * len(exact)}
    id_: str = here.volunteer(writes=True).writes(target=target)["id"]
    here.stands(id_, status)
    return id_


def found(here: Place, text: str) -> list[dict[str, Any]]:
    """What a client comes to that reads a text."""
    listed = here.reader.get(f"{API}/claims").json["runs"]
    read = set(runs(text))
    prefixes = {prefix for run, prefix in listed if run in read}
    answers = [here.reader.get(f"{API}/claims/{prefix}").json for prefix in sorted(prefixes)]
    return [one for answer in answers for one in answer["annotations"]]


def test_a_claim_is_found_on_another_page_and_nothing_else_is(here: Place) -> None:
    id_ = annotated(here)
    annotated(here, "A bridge of quite another kind was built by the same board in 1931")
    assert [one["id"] for one in found(here, f"Yesterday it was said: “{CLAIM}”. Nobody asked.")] == [id_]
    assert found(here, "The harbour board meets on Monday, and everybody may listen to it.") == []


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.HELPFUL, Status.SETTLED)])
def test_a_claim_whose_annotation_readers_do_not_see_is_not_listed(here: Place, status: Status) -> None:
    annotated(here, status=status)
    assert here.reader.get(f"{API}/claims").json == {"runs": []}


def test_words_that_are_no_claim_are_not_listed(here: Place) -> None:
    annotated(here, "Many experts say so")
    assert here.reader.get(f"{API}/claims").json == {"runs": []}


@pytest.mark.parametrize("prefix", ["abcd", "abcdef", "ABCDE", "abcdg", "a" * 64])
def test_exactly_five_digits_are_taken(here: Place, prefix: str) -> None:
    assert here.reader.get(f"{API}/claims/{prefix}").status_code == 422


@pytest.mark.parametrize("prefix", ["00000", "fffff"])
def test_nothing_said_is_an_answer_like_any_other(here: Place, prefix: str) -> None:
    assert here.reader.get(f"{API}/claims/{prefix}").json == {"annotations": []}


def test_whoever_has_the_list_is_told_that_it_is_still_so(here: Place) -> None:
    first = here.reader.get(f"{API}/claims")
    again = here.reader.get(f"{API}/claims", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
