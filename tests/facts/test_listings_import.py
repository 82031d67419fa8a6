"""Newer lists in the shapes in which they come, and files that are none."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from caveat.cli import command
from caveat.facts.listings import Listings
from caveat.facts.listings.lines import Lists, Unreadable
from caveat.facts.listings.reading_lists import LONGEST_LINE, read

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))
REFERENCE = SHARED / "facts" / "source_reliability_reference.csv"
OWN = "domain,outlet,category,date,url\n"
WIKITEXT = """\
{| class="wikitable sortable perennial-sources"
! Source !! Status !! Discussions !! Last !! Summary !! Use
|- class="s-gr" id="The Lowmoor Gazette"
| data-sort-value="Lowmoor Gazette, The" | ''[[The Lowmoor Gazette]]'' {{WP:RSPSHORTCUT|WP:GAZETTE}}
| {{WP:RSPSTATUS|gr}}
| {{rsnl|352|Reliability of The Lowmoor Gazette|2021|rfc=y}}
| {{WP:RSPLAST|2021|stale=y}}
| There is consensus that ''The Lowmoor Gazette'' is generally reliable.
| {{WP:RSPUSES|gazette.example|gazette.co.uk}}
|- class="s-d" id="Daily Barrage"
| ''[[Daily Barrage]]'' <small>([[Barrage Online]])</small>
| {{WP:RSPSTATUS|d}}
| {{rsnl|220|Daily Barrage RfC|2017|rfc=y}}
| {{WP:RSPLAST|2020}}
| Deprecated in the 2017 RfC.
| {{WP:RSPUSES|barrage.example}}
|- class="s-b" id="Harker Farm"
| [[Harker Farm]]
| {{WP:RSPSTATUS|gu|b=y}}
| {{rsnl|257|harkerfarm.example|2019|rfc=y}}
| {{WP:RSPLAST|2019|stale=n}}
| A content farm.
| {{WP:RSPUSES|harkerfarm.example}} [[MediaWiki talk:Spam-blacklist|+43]]
|- class="s-nc" id="Harbour News (general topics)"
| [[Harbour News]] (general topics)
| {{WP:RSPSTATUS|nc}}
| 4
| 2024
| No consensus.
| {{WP:RSPUSES|harbour.example}}
|- class="s-gu" id="Harbour News (politics)"
| [[Harbour News]] (politics)
| {{WP:RSPSTATUS|gu}}
| 4
| 2024
| Generally unreliable.
| {{WP:RSPUSES|harbour.example|harbour.example/politics}}
|- class="s-m" id="Odd"
| [[Odd]]
| {{WP:RSPSTATUS|zz}}
| 1
| 2024
| ?
| {{WP:RSPUSES|odd.example}}
|- class="s-gu" id="Opinion pieces"
| Opinion pieces
| {{WP:RSPSTATUS|nc}}
| 1
| 2024
| Everywhere.
|
|}
"""


def lists(data: str | bytes, as_of: str | None = "2026-10-01") -> Lists:
    return read(io.BytesIO(data.encode() if isinstance(data, str) else data), as_of)


def said(found: Lists) -> dict[str, str]:
    return {row.domain: row.category for row in found.rows}


def test_our_own_csv_is_read_with_or_without_what_may_be_missing() -> None:
    whole = lists(
        OWN + 'daily.example,"Daily, The",deprecated,2025-01,https://lists.example/daily\n'
        "# a remark\n\n"
        "https://www.other.example/opinion/,,no consensus,2026,\n"
    )
    assert [tuple(row) for row in whole.rows] == [
        ("daily.example", "Daily, The", "deprecated", "2025-01", "https://lists.example/daily"),
        ("other.example/opinion", "", "no consensus", "2026", ""),
    ]
    short = lists("Category,Domain\r\nreliable,daily.example\r\n")
    assert [tuple(row) for row in short.rows] == [("daily.example", "", "reliable", "2026-10-01", "")]


@pytest.mark.parametrize(
    ("line", "line_says"),
    [
        ("letour,,reliable,2026,", "is no domain"),
        ("10.0.0.1,,reliable,2026,", "is no domain"),
        ("daily.example?page=1,,reliable,2026,", "is no domain"),
        ("two words.example,,reliable,2026,", "is no domain"),
        ("daily.example,,,2026,", "it has no category"),
        ("daily.example,,reliable,last year,", "its date is 'last year'"),
        ("daily.example,,reliable,2026-13,", "its date is '2026-13'"),
        ("daily.example,,reliable,2026,javascript:alert(1)", "its url is no web address"),
        ("daily.example,,reliable,2026,https://x.example/\"><script>", "its url is no web address"),
        (f"daily.example,{'x' * 200},reliable,2026,", "its outlet has 200 characters"),
        ("daily.example,a\x00b,reliable,2026,", "cannot be shown"),
        ("daily.example,a\u202eb,reliable,2026,", "cannot be shown"),
        ("daily.example,reliable", "has 2 columns, the first line 5"),
        ('daily.example,"open,reliable,2026,', "is no row of CSV"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_refused_by_its_number_and_the_others_are_taken(
    line: str, line_says: str
) -> None:
    found = lists(f"{OWN}before.example,,reliable,2026,\n{line}\nafter.example,,unreliable,2026,\n")
    assert said(found) == {"before.example": "reliable", "after.example": "unreliable"}
    (fault,) = found.refused
    assert fault.line == 3
    assert line_says in fault.why


def test_a_line_of_ten_megabytes_and_one_in_another_encoding_cost_only_themselves() -> None:
    data = (
        OWN.encode()
        + b"x" * (10 * LONGEST_LINE)
        + b"\n"
        + "süd.example,Süd,reliable,2026,\n".encode("latin-1")
    )
    found = lists(data + b"after.example,,reliable,2026,\n")
    assert said(found) == {"after.example": "reliable"}
    assert [(fault.line, fault.why[:20]) for fault in found.refused] == [
        (2, "the line is longer t"),
        (3, "byte 1 is not UTF-8"),
    ]


def test_markup_in_a_name_stays_the_letters_it_is() -> None:
    found = lists(OWN + "daily.example,<b>Daily</b><script>alert(1)</script>,<i>fine</i>,2026,\n")
    assert found.rows[0].outlet == "<b>Daily</b><script>alert(1)</script>"


def test_what_would_not_fit_every_page_is_left_out_with_the_reason() -> None:
    found = lists(
        OWN + "youtube.com,,unreliable,2026,\nyoutube.com/lowmoor,,reliable,2026,\n"
        "blogspot.com,,unreliable,2026,\nwriter.blogspot.com,,reliable,2026,\nco.uk,,reliable,2026,\n"
        "twice.example,,reliable,2026,\nwww.twice.example,,deprecated,2026,\n"
        "same.example,,reliable,2025,\nsame.example,,reliable,2026,\n"
    )
    assert said(found) == {
        "youtube.com/lowmoor": "reliable",
        "writer.blogspot.com": "reliable",
        "same.example": "reliable",
    }
    assert [(fault.line, fault.what, fault.why.split(":")[0]) for fault in found.left_out] == [
        (2, "youtube.com", "anybody's pages stand there; a rule for a path or a subdomain can be taken"),
        (4, "blogspot.com", "is a public suffix"),
        (6, "co.uk", "is a public suffix"),
        (
            7,
            "twice.example",
            "it is listed as deprecated and as reliable, and an address does not tell which counts",
        ),
    ]
    assert found.refused == []


def test_what_two_lists_say_is_put_together_only_where_they_agree() -> None:
    found = lists(
        "domain,wikipedia_status_2026_08,perennial_2021,lin2023_pc1,sources\n"
        "a.example,reliable,Generally reliable,0.9,wiki\n"
        "b.example,reliable,,0.1,wiki\n"
        "c.example,no-consensus,Generally unreliable,,wiki\n"
        "d.example,unreliable,Deprecated,,wiki\n"
        "e.example,unreliable,Blacklisted|Deprecated,,wiki\n"
        "f.example,unreliable,Wikipedia:Reliable sources/Noticeboard,,wiki\n"
        "g.example,reliable,Deprecated,,wiki\n"
        "h.example,,Generally reliable,,perennial2021\n"
        "i.example,,,0.5,lin2023\n"
        "j.example,superb,,,wiki\n",
        as_of=None,
    )
    assert said(found) == {
        "a.example": "generally reliable",
        "b.example": "reliable",
        "c.example": "no consensus",
        "d.example": "unreliable (deprecated as of 2021)",
        "e.example": "unreliable (deprecated and blacklisted as of 2021)",
        "f.example": "unreliable",
    }
    assert {row.date for row in found.rows} == {"2026-08"}
    assert [fault.what for fault in found.left_out] == ["g.example", "h.example"]
    assert [fault.what for fault in found.refused] == ["j.example"]


PERENNIAL = {
    "gazette.example": "generally reliable",
    "gazette.co.uk": "generally reliable",
    "barrage.example": "deprecated",
    "harkerfarm.example": "generally unreliable, blacklisted",
    "harbour.example/politics": "generally unreliable",
}


def test_the_wikitext_of_perennial_sources_is_read_row_by_row() -> None:
    found = lists(WIKITEXT)
    assert said(found) == PERENNIAL
    row = next(row for row in found.rows if row.domain == "gazette.co.uk")
    assert (row.outlet, row.date) == ("The Lowmoor Gazette", "2026-10-01")
    assert row.url.endswith("Wikipedia:Reliable_sources/Perennial_sources#The_Lowmoor_Gazette")
    assert [(fault.line, fault.what) for fault in found.left_out] == [(24, "harbour.example")]
    assert [(fault.line, fault.what) for fault in found.refused] == [(38, "Odd"), (45, "Opinion pieces")]


def from_api(version: int) -> str:
    content = {"slots": {"main": {"content": WIKITEXT}}} if version == 2 else {"*": WIKITEXT}
    page = {"title": "Wikipedia:Reliable sources/Perennial sources/1", "revisions": [content]}
    return json.dumps({"query": {"pages": [page] if version == 2 else {"57": page}}})


@pytest.mark.parametrize(
    "data", [from_api(1), from_api(2), json.dumps({"parse": {"wikitext": {"*": WIKITEXT}}})]
)
def test_what_wikipedias_api_answers_is_read_for_the_wikitext_in_it(data: str) -> None:
    assert said(lists(data)) == PERENNIAL


TAKEN_APART = [
    {"id": "ABC News", "name": "ABC News (US)", "status": "gr", "domain": "abc.example", "summary": "…"},
    {"source": "Farm", "status": ["gu"], "blacklisted": True, "uses": ["farm.example", "farm2.example"]},
    {"source_name": "No domain", "reliability_status": "gr", "notes": "…"},
    {"name": "Own", "category": "no consensus", "domains": ["own.example"]},
]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(TAKEN_APART),
        json.dumps({"dataset": {"revision": 7}, "rows": TAKEN_APART}, indent=1),
        "\n".join(map(json.dumps, TAKEN_APART)),
    ],
)
def test_json_of_other_programs_is_read(data: str) -> None:
    found = lists(data)
    assert said(found) == {
        "abc.example": "generally reliable",
        "farm.example": "generally unreliable, blacklisted",
        "farm2.example": "generally unreliable, blacklisted",
        "own.example": "no consensus",
    }
    assert found.rows[0].outlet == "ABC News (US)"
    assert found.rows[0].url.endswith("#ABC_News")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no list that is known"),
        (b"hello\n", "no list that is known"),
        (b"\xff\xfed\x00", "in UTF-16"),
        (b"domain,score\nx.example,7\n", "has the columns domain, score"),
        (b"[" * 5_000, "neither JSON nor JSON lines"),
        (b'{"query": {"pages": ', "neither JSON nor JSON lines"),
        (b"[]", "no rows"),
        (b"\x00" * 100, "no list that is known"),
        (b"domain,category\n", "no rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        lists(data)


@pytest.mark.parametrize("data", ["domain,category\nx.example,reliable\n", WIKITEXT, json.dumps(TAKEN_APART)])
def test_a_list_that_does_not_say_of_when_it_is_has_to_be_told(data: str) -> None:
    with pytest.raises(Unreadable, match="--as-of"):
        lists(data, None)


def wikitext_around(text: str) -> str:
    return f"{{{{WP:RSPSTATUS|gr}}}}{text}\n|- {text}\n| {{{{WP:RSPSTATUS|gr}}}} {{{{WP:RSPUSES|{text}}}}}"


ANY_TEXT = st.one_of(st.text(), st.text().map(OWN.__add__), st.text().map(wikitext_around))


@given(st.one_of(st.binary(), ANY_TEXT.map(str.encode)))
def test_any_bytes_are_a_list_or_refused_and_what_is_taken_can_be_looked_up(data: bytes) -> None:
    try:
        found = lists(data)
    except Unreadable:
        return
    for row in found.rows:
        assert row.category
        assert row.outlet.isprintable()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [n for n in os.environ if n.startswith(("CAVEAT_", "REDIS_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(command, ["sources", *arguments], input=stdin)


def test_an_imported_list_is_used_from_then_on(folder: Path) -> None:
    (folder / "list.csv").write_text(OWN + "daily.example,The Daily,deprecated,2027-01,\n")
    done = run("import", str(folder / "list.csv"))
    assert done.exit_code == 0, done.output
    assert "Took 1 rows, as of 2027-01" in done.output
    shown = run("show", "https://www.daily.example/x")
    assert "The Daily: deprecated (2027-01)" in shown.output
    assert "the rule    daily.example" in shown.output
    assert json.loads(run("show", "daily.example", "--format", "json").output)["category"] == "deprecated"


def test_a_list_comes_from_standard_input_and_its_bad_lines_are_named(folder: Path) -> None:
    done = run("import", "-", stdin=OWN + "\x1b[2Jbad,,reliable,2026,\ngood.example,,reliable,2026,\n")
    assert done.exit_code == 1
    assert "standard input, line 2:" in done.output
    assert "\x1b" not in done.output
    assert Listings.load(folder / "data").of("https://good.example/") is not None


NOTHING_TO_TAKE = [
    (["import", "-"], "nothing"),
    (["import", "no.csv"], ""),
    (["import", "-"], OWN + "bad,,reliable,2026,\n"),
]


@pytest.mark.parametrize(("arguments", "stdin"), NOTHING_TO_TAKE)
def test_where_nothing_can_be_taken_nothing_is_changed(
    folder: Path, arguments: list[str], stdin: str
) -> None:
    run("import", "-", stdin=OWN + "good.example,,reliable,2026,\n")
    before = (folder / "data" / "facts" / "listings.csv").read_bytes()
    done = run(*arguments, stdin=stdin)
    assert done.exit_code == 2
    assert "Error: " in done.output
    assert (folder / "data" / "facts" / "listings.csv").read_bytes() == before


def test_show_says_where_no_rule_fits_and_where_the_newer_table_is_damaged(folder: Path) -> None:
    (folder / "data" / "facts").mkdir(parents=True)
    (folder / "data" / "facts" / "listings.csv").write_text("broken")
    done = run("show", "nobody.example")
    assert done.exit_code == 3
    assert "no rule fits" in done.output
    assert "Not used: " in done.output


def test_the_reference_gives_the_table_that_ships(folder: Path) -> None:
    if not REFERENCE.exists():
        pytest.skip(f"{REFERENCE.name} is not here (CAVEAT_SHARED names its folder's folder)")
    run("import", str(REFERENCE))
    assert Listings.load(folder / "data").version == Listings.load().version
