"""Values of markup as plain text, days and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.facts.factchecks import plain

DAYS = {
    "2024-02-03": "2024-02-03",
    "2024-2-3": "2024-02-03",
    "2024-02-03T23:59:59-08:00": "2024-02-03",
    "2024-02-03 10:00": "2024-02-03",
    "2024/02/03": "2024-02-03",
    "20240203": "2024-02-03",
    "3 February 2024": "2024-02-03",
    "3rd Feb. 2024": "2024-02-03",
    "February 3, 2024": "2024-02-03",
    "Feb 3rd, 2024 at 5 pm": "2024-02-03",
    "Sat, 03 Feb 2024 10:00:00 GMT": "2024-02-03",
    "03.02.2024": "2024-02-03",
    "25/12/2023": "2023-12-25",
    "12/25/2023": "2023-12-25",
    "4/4/2024": "2024-04-04",
    1706918400: "2024-02-03",
    "1706918400000": "2024-02-03",
    # Which day it is is not sure, or it is none.
    "3/4/2024": None,
    "2024": None,
    "2024-02": None,
    "2024-02-31": None,
    "0001-01-01": None,
    "9999-12-31": None,
    "yesterday": None,
    "": None,
    True: None,
    None: None,
    1e300: None,
}


@pytest.mark.parametrize(("value", "day"), DAYS.items())
def test_a_day_is_read_where_it_is_sure(value: object, day: str | None) -> None:
    assert plain.day(value) == day


ADDRESSES = {
    "https://checks.example/a?b=c#d": "https://checks.example/a?b=c#d",
    "HTTP://Checks.example/A": "http://Checks.example/A",
    " https://checks.example/a b\n": "https://checks.example/a%20b",
    "https://checks.example/ä": "https://checks.example/%C3%A4",
    "https://prüfer.example/": "https://xn--prfer-lva.example/",
    "//checks.example/a": "https://checks.example/a",
    "www.checks.example/a": "https://www.checks.example/a",
    'https://checks.example/"><script>': "https://checks.example/%22%3E%3Cscript%3E",
    "https://checks.example/it's": "https://checks.example/it%27s",
    "http://[::1]/": "http://[::1]/",
    "javascript:alert(1)": None,
    "java\nscript:alert(1)": None,
    "https://": None,
    "https://...": None,
    "https:checks.example": None,
    "https://user:word@checks.example/": None,
    "https://checks.example:99999/": None,
    "http://[::1": None,
    "ftp://checks.example/": None,
    "mailto:a@checks.example": None,
    "/a": None,
    "": None,
    "https://checks.example/" + "a" * 2_000: None,
}


@pytest.mark.parametrize(("value", "address"), ADDRESSES.items())
def test_an_address_is_one_of_the_web_or_none(value: str, address: str | None) -> None:
    assert plain.address(value) == address


@settings(deadline=None)
@given(st.text())
def test_no_address_holds_what_could_become_markup(rest: str) -> None:
    for found in (plain.address(rest), plain.address(f"https://checks.example/{rest}")):
        assert found is None or not set(found) & set("<>\"'` \n\t\\")
        assert found is None or plain.address(found) == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("AT&T &amp; others", "AT&T & others"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("a<br>b<i>c</i>d", "a bcd"),
        ("<style>p {}</style>x<!-- y -->z", "x z"),
        ("x <y", "x < y"),
        ("a\u202eb\x00c\u200b", "abc"),
        ("  two\n\tlines ", "two lines"),
        (3, "3"),
        (2.5, "2.5"),
        (True, None),
        ([], None),
        ("<p></p>", None),
    ],
)
def test_texts_become_plain(value: object, text: str | None) -> None:
    assert plain.text(value) == text
