"""Which rule of a list fits an address or a name, and which table is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.facts import Facts, listings
from caveat.facts.listings import Listings, Table
from caveat.facts.listings.addresses import address, rule
from caveat.facts.listings.listings import FILE, OWN, _named
from caveat.facts.listings.table import Row
from caveat.facts.status import SHIPPED
from caveat.facts.tables import DamagedTable, Taken

RULES = (
    "nytimes.com",
    "bbc.co.uk",
    "kotaku.com",
    "tay.kotaku.com",
    "daily.example",
    "daily.example/opinion",
    "daily.example/opinion/letters",
    "writer.blogspot.com",
    "xn--sddeutsche-9db.de",
    "blogspot.com",  # a public suffix: taken from no list, and fits nothing even where a file has it
    "co.uk",
)


def row(domain: str, category: str = "", date: str = "2026-08") -> Row:
    return Row(domain, "", category or f"as {domain}", date, "")


LISTINGS = Listings.of_table(Table.of(row(rule) for rule in RULES), Taken())


@pytest.fixture(scope="module")
def shipped() -> Listings:
    return Listings.load()


@pytest.mark.parametrize(
    ("href", "fits"),
    [
        ("https://nytimes.com", "nytimes.com"),
        ("https://www.nytimes.com/2026/08/01/world/x.html?a=b#c", "nytimes.com"),
        ("HTTPS://WWW.NYTIMES.COM/", "nytimes.com"),
        ("http://nytimes.com./", "nytimes.com"),
        ("https://nytimes.com:8443/x", "nytimes.com"),
        ("https://cooking.nytimes.com/x", "nytimes.com"),
        ("https://somebody@nytimes.com/x", "nytimes.com"),
        ("  https://nytimes.com/x  ", "nytimes.com"),
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://tay.kotaku.com/x", "tay.kotaku.com"),
        ("https://old.tay.kotaku.com/x", "tay.kotaku.com"),
        ("https://blog.kotaku.com/x", "kotaku.com"),
        ("https://kotaku.com/tay", "kotaku.com"),
        # Paths, by their parts
        ("https://daily.example/", "daily.example"),
        ("https://daily.example/opinion", "daily.example/opinion"),
        ("https://daily.example/opinion/", "daily.example/opinion"),
        ("https://daily.example/Opinion/a-view", "daily.example/opinion"),
        ("https://daily.example/%6Fpinion/a-view", "daily.example/opinion"),
        ("https://daily.example/news/../opinion/x", "daily.example/opinion"),
        ("https://daily.example//opinion/x", "daily.example/opinion"),
        ("https://daily.example/opinion/letters/1", "daily.example/opinion/letters"),
        ("https://m.daily.example/opinion/x", "daily.example/opinion"),
        ("https://daily.example/opinions/x", "daily.example"),
        ("https://daily.example/news/opinion", "daily.example"),
        ("https://daily.example/?opinion", "daily.example"),
        # Names in other letters
        ("https://www.süddeutsche.de/x", "xn--sddeutsche-9db.de"),
        ("https://SÜDDEUTSCHE.de/x", "xn--sddeutsche-9db.de"),
        ("https://www.xn--sddeutsche-9db.de/x", "xn--sddeutsche-9db.de"),
        ("https://nytimes。com/x", "nytimes.com"),
        ("https://writer.blogspot.com/2026/x.html", "writer.blogspot.com"),
    ],
)
def test_the_most_specific_rule_fits(href: str, fits: str) -> None:
    entry = LISTINGS.of(href)
    assert entry is not None
    assert (entry.rule, entry.category) == (fits, f"as {fits}")


@pytest.mark.parametrize(
    "href",
    [
        "https://notnytimes.com/",
        "https://nytimes.com.evil.example/",
        "https://nytimes.com@evil.example/",
        "https://evil.example/nytimes.com",
        "https://evil.example\\@nytimes.com/",
        "https://nytimes.co/",
        "https://nytimes%2Ecom/",
        "https://nytimes.com%00.evil.example/",
        "https://other.blogspot.com/",
        "https://blogspot.com/",
        "https://www.blogspot.com/",
        "https://guardian.co.uk/",
        "https://co.uk/",
        "https://bbc.com/",
        "https://sueddeutsche.de/",
        "https://nуtimes.com/",  # with a Cyrillic letter
        "https://10.0.0.1/nytimes.com",
        "https://[::1]/",
        "https://[broken/",
        "https://localhost/",
        "https:///nytimes.com",
        "https:nytimes.com",
        "//nytimes.com/",
        "nytimes.com",
        "/nytimes.com",
        "#nytimes.com",
        "ftp://nytimes.com/",
        "javascript://nytimes.com/%0Aalert(1)",
        "mailto:desk@nytimes.com",
        "data:text/html,https://nytimes.com",
        "chrome://nytimes.com",
        "",
        "https://nytimes.com/" + "x" * 10_000,
        "https://" + "a." * 200 + "nytimes.com/",
    ],
)
def test_nothing_is_said_of_another_site_or_of_what_is_no_web_page(href: str) -> None:
    assert LISTINGS.of(href) is None


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)


@given(st.lists(LABEL, min_size=1, max_size=4), st.sampled_from(RULES), st.text(max_size=20))
def test_a_host_that_only_looks_like_a_rules_gets_nothing_of_it(
    labels: list[str], domain: str, path: str
) -> None:
    host = domain.partition("/")[0]
    for other in (
        f"{host}.{'.'.join(labels)}.example",
        f"{'-'.join(labels)}-{host}".replace(".", "-") + ".example",
    ):
        assert LISTINGS.of(f"https://{other}/{path}") is None


@given(
    st.one_of(st.text(), st.text().map("https://{}".format), st.text().map("https://nytimes.com/{}".format))
)
def test_whatever_an_article_links_an_entry_is_of_the_site_that_it_leads_to(href: str) -> None:
    entry = LISTINGS.of(href)
    at = address(href)
    if entry:
        assert at is not None
        assert at.host == entry.site or at.host.endswith(f".{entry.site}")
        assert (ruled := rule(entry.rule)) is not None
        assert ruled.site == entry.site


@given(st.lists(LABEL, min_size=1, max_size=2), st.sampled_from(["blogspot.com", "github.io", "co.uk"]))
def test_a_rule_for_one_writer_of_a_shared_host_says_nothing_of_another(labels: list[str], host: str) -> None:
    one = Listings.of_table(Table.of([row(f"one.{host}")]), Taken())
    other = ".".join([*labels, host])
    expected = labels[-1] == "one"
    assert (one.of(f"https://{other}/") is not None) == expected


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Reuters", "Reuters"),
        ("the Reuters news agency", "Reuters"),
        ("New York Times", "The New York Times"),
        ("the New York Times", "The New York Times"),
        ("The Hill", "The Hill"),
        ("the Hill", "The Hill"),
        ("the Yonhap news agency", "Yonhap"),
        ("Time magazine", "Time"),
        ("BBC News", "BBC"),
        ("DW", "Deutsche Welle"),
    ],
)
def test_an_outlet_is_known_by_its_whole_name(shipped: Listings, name: str, outlet: str) -> None:
    entry = shipped.cited(name)
    assert entry is not None
    assert entry.outlet == outlet


@pytest.mark.parametrize(
    "name",
    [
        "Guardian", "the Guardian", "The Guardian", "Telegraph", "Daily Telegraph", "the Times",
        "The Times", "Sunday Times", "the Post", "Post", "Mirror", "Daily Mirror", "the Sun", "The Sun",
        "Star", "Daily Star", "Independent", "The Independent", "Observer", "Spectator", "Express",
        "Daily Express", "Herald", "Mail", "ABC", "ABC News", "Sky News", "Fox News", "Hill", "Time",
        "Slate magazine of Leeds", "Variety", "People", "Insider", "Nature", "Metro", "Age", "The Age",
        "Nation", "Lowmoor Gazette", "", "the", "The",
    ],
)  # fmt: skip
def test_a_name_that_several_have_or_that_is_a_word_is_nobodys(shipped: Listings, name: str) -> None:
    assert shipped.cited(name) is None


def test_an_outlet_without_a_row_of_its_own_is_looked_up_where_editors_wrote_of_it(shipped: Listings) -> None:
    own, other = shipped.of("https://reuters.com/x"), shipped.of("https://1wrestling.com/x")
    assert own is not None
    assert own.url.endswith("/Wikipedia:Reliable_sources/Perennial_sources#Reuters")
    assert other is not None
    assert other.url.endswith("&ns4=1&search=%221wrestling.com%22")


def test_every_rule_that_ships_is_a_domain_of_somebody_and_has_few_categories(shipped: Listings) -> None:
    table = Table.read((Path(listings.__file__).parent / FILE).read_bytes())
    assert shipped.status.rows == len(table.rows) > 2_900
    assert shipped.status.as_of == date(2026, 8, 1)
    for one in table.rows:
        at = rule(one.domain)
        assert at is not None, one
        assert at.site is not None, one
        assert str(at) == one.domain
    assert len({one.category for one in table.rows}) == 8


@pytest.mark.parametrize("platform", ["youtube.com", "facebook.com", "x.com", "wordpress.com", "medium.com"])
def test_of_a_platform_nothing_is_said(shipped: Listings, platform: str) -> None:
    assert shipped.of(f"https://www.{platform}/anybody") is None


@pytest.mark.parametrize(
    "body", ["whitehouse.gov", "ons.gov.uk", "ox.ac.uk", "who.int", "microsoft.com", "un.org"]
)
def test_of_whoever_speaks_for_itself_nothing_is_said(shipped: Listings, body: str) -> None:
    assert shipped.of(f"https://{body}/") is None


def test_every_outlet_that_has_a_name_has_a_rule(shipped: Listings) -> None:
    assert [domain for domain in _named() if shipped.of(f"https://{domain}/") is None] == []


def test_a_newer_table_of_the_data_folder_is_used_and_changes_the_version(tmp_path: Path) -> None:
    Table.of([row("daily.example", "deprecated", "2027-01")]).write(tmp_path / OWN)
    facts = Facts.load(tmp_path)
    assert facts.version != Facts.load().version
    assert facts.listings.of("https://reuters.com/") is None
    entry = facts.listings.of("https://daily.example/")
    assert entry is not None
    assert (entry.category, entry.date) == ("deprecated", "2027-01")
    status = facts.listings.status
    assert (status.rows, status.as_of, status.taken_from) == (1, date(2027, 1, 1), str(tmp_path / OWN))
    assert not status.trouble


def damaged() -> list[bytes]:
    whole = whole_file()
    return [
        b"",
        whole[: len(whole) // 2],
        whole[:-3],
        whole.replace(b"deprecated", b"generally reliable"),
        whole.replace(b"category", b"score"),
        whole + b"one,more\n",
        b"\xff\xfe" + whole,
        whole.replace(b"daily", b"d\xffily"),
        b'{"rows": []}',
    ]


def whole_file() -> bytes:
    with TemporaryDirectory() as folder:
        Table.of([row("daily.example", "deprecated"), row("other.example")]).write(Path(folder) / OWN)
        return (Path(folder) / OWN).read_bytes()


@pytest.mark.parametrize("data", damaged())
def test_a_damaged_table_is_not_used_and_the_status_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / OWN).parent.mkdir()
    (tmp_path / OWN).write_bytes(data)
    with pytest.raises(DamagedTable):
        Table.read(data)
    loaded = Listings.load(tmp_path)
    assert loaded.status.taken_from == SHIPPED
    assert str(tmp_path / OWN) in loaded.status.trouble
    assert loaded.of("https://reuters.com/") is not None


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "data" / FILE
    Table.of([row("daily.example")]).write(file)
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        Table.of([row("other.example")]).write(file)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == [FILE]
