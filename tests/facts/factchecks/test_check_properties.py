"""Whatever stands in a feed, or is damaged in it, the good reviews are read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.facts.factchecks import FactCheck, cutting
from caveat.facts.factchecks.plain import text as plain_text
from caveat.facts.factchecks.reviews import reviews
from factchecks_written import lines, review

NAMES = [
    *("@type", "@id", "@value", "@graph", "item", "name", "url", "author", "alternateName", "claimReviewed"),
    *("itemReviewed", "reviewRating", "claimReview", "claimReviewMarkups", "datePublished"),
]
values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["ClaimReview", "Claim", "DataFeedItem", "https://x.example/", "#a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*review(1), "author", "itemReviewed", "@id", "inLanguage"]), values))
def test_whatever_a_review_holds_it_is_read_or_refused(changes: dict[str, Any]) -> None:
    found = list(reviews(iter([json.dumps(review(1) | changes) + "\n" + lines(2)])))
    assert isinstance(found[-1], FactCheck)
    assert found[-1].url == "https://checks.example/2"


@settings(deadline=None)
@given(values)
def test_whatever_json_stands_beside_a_review_it_is_read(value: Any) -> None:
    found = list(reviews(iter([json.dumps([value, review(1), value])])))
    assert any(isinstance(each, FactCheck) and each.url == "https://checks.example/1" for each in found)


FEEDS = {
    "lines": ("%s", "\n"),
    "a list": ("[%s]", ","),
    "a feed": ('{"@type": "DataFeed", "dataFeedElement": [{"item": [%s]}]}', ']}, {"item": ['),
    "a page": (
        "<html><script type=application/ld+json>%s</script></html>",
        "</script>\n<script type=ld+json>",
    ),
}


@pytest.mark.parametrize("longest", [400, cutting.LONGEST], ids=["a long one", "a short one"])
@pytest.mark.parametrize(("frame", "between"), FEEDS.values(), ids=FEEDS)
@settings(deadline=None)
@given(data=st.data())
def test_of_a_feed_with_one_damaged_review_the_others_are_read(
    frame: str, between: str, longest: int, data: st.DataObject
) -> None:
    written = [json.dumps(review(number, author={"name": 'The "Mill" {Watch}'})) for number in range(8)]
    damaged = data.draw(st.integers(0, 7))
    whole = written[damaged]
    at = data.draw(st.integers(0, len(whole)))
    until = data.draw(st.integers(at, len(whole)))
    written[damaged] = whole[:at] + data.draw(st.text('{}[]",:\\ \n', max_size=3)) + whole[until:]
    text = frame % between.join(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "LONGEST", longest)
        found = list(reviews(text[start : start + 100] for start in range(0, len(text), 100)))
    read = {each.url for each in found if isinstance(each, FactCheck)}
    assert read >= {f"https://checks.example/{number}" for number in range(8) if number != damaged}


@settings(deadline=None)
@given(
    st.text(),
    st.lists(st.sampled_from(["<", "script", ">", "&lt;", "&amp;", "/", "a", "!--", "\u200b", " "])),
)
def test_no_text_is_ever_markup(start: str, parts: list[str]) -> None:
    found = plain_text(start + "".join(parts)) or ""
    assert not any(f"<{sign}" in found.lower() for sign in "abcdefghijklmnopqrstuvwxyz/!?")
    assert found == " ".join(found.split())
