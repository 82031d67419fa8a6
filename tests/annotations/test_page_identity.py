"""Which addresses are one page: the table that the extension's tests read too, and what holds for any."""

from __future__ import annotations

import contextlib
import json
import os
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.annotations.page_identity import NotAPage, digest, normal

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("CAVEAT_SHARED", HERE.parents[2] / "shared"))
GROUPS: list[dict[str, Any]] = json.loads((HERE / "page-identity.json").read_text())
NO_PAGES: list[str] = json.loads((HERE / "no-pages.json").read_text())
RULES: dict[str, Any] = json.loads(
    (HERE.parents[1] / "server/caveat/annotations/page-identity.json").read_text()
)
EVERYWHERE = [f for f in RULES["parameters"] if "hosts" not in f]

# Paths and queries as people and programs write them, with what the rules look for among it.
TEXT = st.text(st.one_of(st.sampled_from("ab-_.%/&=?+;:@~# \\"), st.characters(codec="utf-8")), max_size=20)
PIECES = st.sampled_from(
    [
        *["amp", "print", "index.html", "a.amp", "2024", "05", "bridge-is-open", "web", "..", ".", "%2e%2E"],
        *[
            "http://example.org",
            "https:",
            "example.org",
            ";jsessionid=1",
            "a=1",
            "utm_source=x",
            "amp=1",
            "%zz",
        ],
    ]
)
TAIL = st.lists(st.one_of(PIECES, TEXT), max_size=6).map("/".join)
QUERY = st.lists(st.one_of(PIECES, TEXT), max_size=6).map("&".join)
HOST = st.sampled_from(
    [
        *["example.org", "www.m.example.co.uk", "m.example.org:8080", "bücher.example", "[2001:db8::1]:443"],
        *["google.com/amp/s", "web.archive.org/web/2024", "via.hypothes.is", "ann:b@example.org:443"],
    ]
)
URL = st.builds("{}://{}/{}?{}".format, st.sampled_from(["http", "https"]), HOST, TAIL, QUERY).map(
    lambda url: url.strip("".join(map(chr, range(33))))  # what is put behind it would make more of a space
)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["about"])
def test_addresses_in_one_row_are_one_page(group: dict[str, Any]) -> None:
    for row in group["pages"]:
        assert {url: normal(url) for url in row} == dict.fromkeys(row, normal(row[0]))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["about"])
def test_addresses_in_different_rows_are_different_pages(group: dict[str, Any]) -> None:
    for one, other in combinations(group["pages"], 2):
        assert normal(one[0]) != normal(other[0])


@pytest.mark.parametrize("url", [*NO_PAGES, "https://\ud800.org/", "https://example.org/\udfff"])
def test_what_is_no_page_on_the_web_is_refused(url: str) -> None:
    with pytest.raises(NotAPage):
        normal(url)


def test_an_address_longer_than_the_limit_is_refused_and_told_the_limit() -> None:
    with pytest.raises(NotAPage, match="at most 4000 characters, this one 4001"):
        normal("https://example.org/".ljust(4001, "a"))


def test_a_digest_is_the_sha_256_of_the_normal_address() -> None:
    # printf %s https://example.org/a | sha256sum
    assert normal("http://www.example.org/a/") == "https://example.org/a"
    assert digest("http://www.example.org/a/") == (
        "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a"
    )


@given(URL)
def test_a_normal_address_is_its_own(url: str) -> None:
    try:
        address = normal(url)
    except NotAPage:
        return  # a host of nonsense, where the path's first slash is not where it seems
    assert normal(address) == address
    assert address.isascii()


@given(st.one_of(URL, TEXT, TEXT.map("http://{}".format)))
def test_nothing_is_raised_but_its_own_error(url: str) -> None:
    with contextlib.suppress(NotAPage):
        assert len(digest(url)) == 64


@given(URL.filter(lambda url: "#" not in url), TEXT)
def test_a_fragment_changes_nothing(url: str, fragment: str) -> None:
    try:
        address = normal(url)
    except NotAPage:
        return
    assert normal(f"{url}#x{fragment}x") == address


@given(URL.filter(lambda url: "#" not in url), st.sampled_from(EVERYWHERE), st.data())
def test_a_parameter_that_measures_changes_nothing(
    url: str, family: dict[str, Any], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(family["names"])).replace("*", "x")
    value = data.draw(st.sampled_from(family.get("values", ["", "abc", "1"])))
    try:
        address = normal(url)
    except NotAPage:
        return
    assert normal(f"{url}&{name}={value}") == address


SLUGS = st.from_regex(r"[a-z]{1,9}(-[a-z]{1,9}){0,3}", fullmatch=True).filter(
    lambda slug: slug not in {"amp", "print"}
)


@given(st.lists(SLUGS, min_size=1, max_size=4), st.lists(SLUGS, min_size=1, max_size=4))
def test_different_paths_are_different_pages(one: list[str], other: list[str]) -> None:
    same = normal(f"https://example.org/{'/'.join(one)}") == normal(f"https://example.org/{'/'.join(other)}")
    assert same == (one == other)


@given(st.dictionaries(st.sampled_from(["id", "p", "article", "page", "ref", "q"]), SLUGS, max_size=4))
def test_what_may_name_a_page_is_kept(query: dict[str, str]) -> None:
    items = "&".join(f"{name}={value}" for name, value in query.items())
    kept = normal(f"https://example.org/a?{items}").partition("?")[2]
    assert dict(item.split("=") for item in kept.split("&") if item) == query


def test_every_family_of_parameters_says_what_it_is_and_where_that_is_written() -> None:
    for family in [*RULES["parameters"], *RULES["copies"]]:
        assert family["about"]
        assert family["reference"]
    names = [(name, *f.get("hosts", ())) for f in RULES["parameters"] for name in f["names"]]
    assert len(set(names)) == len(names)
    assert all(name[0] == name[0].lower() for name in names)


def test_other_people_s_pairs_of_addresses_are_told_as_they_tell_them() -> None:
    file = SHARED / "anchoring" / "url_identity.jsonl"
    if not file.exists():
        pytest.skip("Hypothesis's pairs of addresses are not part of the project and are not here")
    pairs = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    told = [(pair, "same" if normal(pair["a"]) == normal(pair["b"]) else "different") for pair in pairs]
    assert [pair for pair, kind in told if kind != pair["kind"]] == []
