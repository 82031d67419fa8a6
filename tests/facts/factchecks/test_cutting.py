"""Cutting a stream of JSON: what is whole comes out whole, wherever the stream is broken or cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.facts.factchecks import cutting
from caveat.facts.factchecks.cutting import Broken, Cutter, Piece


def chunks(text: str, size: int = 7) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def cut(text: str, size: int = 7) -> tuple[list[str], list[tuple[int, str]]]:
    """The pieces, and line and kind of what is broken."""
    found = list(Cutter(chunks(text, size)))
    return (
        [piece.text for piece in found if isinstance(piece, Piece)],
        [(broken.line, broken.kind) for broken in found if isinstance(broken, Broken)],
    )


WHOLE = [
    '{"a": 1}',
    '[{"a": 1}, {"b": "x}{\\""}]',
    '{"a": [true, false, null, -1.5e3, "é {"], "b": {}}',
    '{\n  "a":\n    {"b": [1, 2]}\n}',
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_document_comes_out_as_it_is(text: str) -> None:
    assert cut(text) == ([text], [])


def test_one_a_line_or_one_after_another() -> None:
    assert cut("\n\n".join(WHOLE)) == (WHOLE, [])
    assert cut(" ".join(WHOLE)) == (WHOLE, [])


def test_lines_are_counted() -> None:
    found = list(Cutter(chunks('\n{"a": 1}\n\n{"b":\n 2}\n{"c": 3}', 3)))
    assert [piece.line for piece in found] == [2, 4, 6]


def test_scripts_and_comments_around_are_no_fault() -> None:
    text = '<script type="application/ld+json">{"a": 1}</script>\n<!-- //<![CDATA[ -->[{"b": 2}] //]]>'
    assert cut(text, 1_000) == (['{"a": 1}', '[{"b": 2}]'], [])


# What is broken; what still comes out; what is reported.
BROKEN = {
    "a line that ends early": ('{"a": "x"\n{"b": 2}', ['{"b": 2}'], [(1, "not JSON")]),
    "a text that does not end": ('{"a": "x\n{"b": 2}\n{"c": 3}', ['{"b": 2}', '{"c": 3}'], [(1, "not JSON")]),
    "a text that does not end, in a list": (
        '[{"a": 1},\n{"b": "x},\n{"c": {"d": 4}},\n{"e": 5}]',
        ['{"a": 1}', '{"c": {"d": 4}}', '{"e": 5}'],
        [(2, "not JSON")],
    ),
    "a quotation mark inside a text": (
        '{"a": "x "words" z"}\n{"b": 2}',
        ['{"b": 2}'],
        [(1, "not JSON")],
    ),
    "the wrong bracket": ('{"a": [1, 2}\n{"b": 2}', ['{"b": 2}'], [(1, "not JSON")]),
    "an end too many": ('{"a": 1}}]\n{"b": 2}', ['{"a": 1}', '{"b": 2}'], []),
    "no comma in a list": ('[{"a": 1} {"b": 2}]', ['{"a": 1}', '{"b": 2}'], [(1, "not JSON")]),
    "no JSON at all": ("plain words\n", [], [(1, "not JSON")]),
    "a line that is no JSON": ('{"a": 1}\nplain\n{"b": 2}', ['{"a": 1}', '{"b": 2}'], [(2, "not JSON")]),
    "the end is missing": ('[{"a": 1},\n{"b": 2', ['{"a": 1}'], [(1, "cut off")]),
    "the end of a text is missing": ('{"a": 1}\n{"b": "x', ['{"a": 1}'], [(2, "cut off")]),
    "too deep": ("[" * 150 + '\n{"a": 1}', ['{"a": 1}'], [(1, "too deep"), (1, "cut off")]),
}


@pytest.mark.parametrize(("text", "pieces", "reported"), BROKEN.values(), ids=BROKEN)
def test_what_is_good_beside_what_is_broken(
    text: str, pieces: list[str], reported: list[tuple[int, str]]
) -> None:
    for size in (1, 7, 1_000):
        assert cut(text, size) == (pieces, reported), size


class TestLongOnes:
    """With a limit of 60 characters for a value, since a million would say no more."""

    @pytest.fixture(autouse=True)
    def limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cutting, "LONGEST", 60)

    @pytest.mark.parametrize(
        "wrapper",
        [
            "[%s]",
            '{"@type": "DataFeed", "dataFeedElement": [%s]}',
            '{"a": {"b": [[%s]]}, "c": 1}',
            '{"@context": "https://schema.org", "@graph": [%s], "z": [1, 2]}',
        ],
    )
    @pytest.mark.parametrize("size", [1, 7, 50])
    def test_of_a_wrapper_the_values_inside_come_out(self, wrapper: str, size: int) -> None:
        values = [f'{{"n": {n}, "x": ["a"]}}' for n in range(50)]
        pieces, reported = cut(wrapper % ",\n".join(values), size)
        assert [piece for piece in pieces if '"n"' in piece] == values
        assert reported == []

    def test_wrappers_hand_on_how_they_begin(self) -> None:
        values = ", ".join(f'{{"n": {n}}}' for n in range(50))
        feed = f'{{"sdLicense": "https://licence.example/", "dataFeedElement": [{values}]}}\n{{"n": 50}}'
        found = [piece for piece in Cutter(chunks(feed)) if isinstance(piece, Piece)]
        assert [("licence.example" in piece.around) for piece in found] == [True] * 50 + [False]

    def test_a_review_that_is_too_long_is_reported_with_its_line_and_length(self) -> None:
        review = '{"claimReviewed": "x", "author": {}, ' + ", ".join(f'"k{n}": {n}' for n in range(20)) + "}"
        found = list(Cutter(chunks(f'{{"a": 1}}\n{review}\n{{"b": 2}}')))
        assert [each.text for each in found if isinstance(each, Piece)] == ['{"a": 1}', "{}", '{"b": 2}']
        assert [each for each in found if isinstance(each, Broken)] == [
            Broken(2, "too long", f"A review of {len(review)} characters; the limit is 60.")
        ]

    @pytest.mark.parametrize("size", [1, 7, 50, 100])
    @pytest.mark.parametrize("ending", ['"}', '\\\\"}', '\\""}', ""])
    def test_a_text_that_is_too_long_is_passed_over(self, size: int, ending: str) -> None:
        text = f'{{"a": 1}}\n{{"b": "{"x" * 200}{ending}\n{{"c": 3}}'
        pieces, reported = cut(text, size)
        assert pieces == ['{"a": 1}', '{"c": 3}']
        assert reported == [(2, "too long")]

    @pytest.mark.parametrize("size", [1, 7, 50])
    def test_a_line_that_is_no_json_and_too_long_is_reported_with_its_line_and_length(
        self, size: int
    ) -> None:
        found = list(Cutter(chunks(f'{{"a": 1}}\n{"x" * 200}\n{{"b": 2}}', size)))
        ((line, reason),) = [(each.line, each.reason) for each in found if isinstance(each, Broken)]
        assert line == 2
        assert reason.endswith("”, 200 characters.")

    def test_memory_stays_flat(self) -> None:
        def endless() -> Iterator[str]:
            yield '{"a": "'
            for _ in range(100):
                yield "x" * 1_000
                longest.append(len(cutter._text))
            yield '"}'

        longest: list[int] = []
        cutter = Cutter(endless())
        assert [each.kind for each in cutter if isinstance(each, Broken)] == ["too long"]
        assert max(longest) <= 2_000


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.text(), values, max_size=3), max_size=5), st.integers(1, 50), st.booleans()
)
def test_whatever_is_json_comes_out(documents: list[Any], size: int, escaped: bool) -> None:
    lines = [json.dumps(document, ensure_ascii=escaped) for document in documents]
    assert cut("\n".join(lines), size) == (lines, [])


@settings(deadline=None)
@given(st.text(alphabet='{}[]",:\\a1 \n<'), st.integers(1, 50))
def test_whatever_is_no_json_ends_and_what_follows_is_read(text: str, size: int) -> None:
    pieces, _ = cut(text + '"]}\n' + '{"good": 1}\n{"good": 2}', size)
    found = "\n".join(pieces)
    assert '{"good": 2}' in found
