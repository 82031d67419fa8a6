"""The extension asks for what the server stores: both come to the same digest for any address.

extension/bench/page-identity.mjs takes addresses and gives what the extension makes of them. The addresses
are those of the tables, and many that are put together, by a fixed seed, of what is hard about addresses.

Letters whose spelling as a host has changed between versions of Unicode (ẞ) are not among them: there one
browser differs from the next. The extension is asked about what its browser has made of them already.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from caveat.annotations.page_identity import NotAPage, digest, normal

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "extension" / "dist" / "bench" / "page-identity.mjs"
MANY = 3000

SCHEMES = ["http://", "https://", "HTTPS://", "http:\\\\", " https://", "ftp://", "http:/"]
USERS = ["", "", "", "", "ann@", "ann:b@c@", ":b@", "%41é:@", "@"]
HOSTS = [
    *["example.org", "WWW.Example.org.", "m.example.co.uk", "m.co.uk", "en.m.wikipedia.org", "amp.a.b.c.d"],
    *["bücher.example", "BU\u0308CHER.example", "straße.de", "例え。jp", "☃.net", "xn--bcher-kva.example"],
    *[
        "ex%41mple.org",
        "b%C3%BCcher.example",
        "%FF.org",
        "a%2Fb.org",
        "a_b.org",
        "-a-.org",
        "a..b",
        "a b.org",
    ],
    *[
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "１２７.0.0.1",
        "256.1.1.1",
        "[::1]",
        "[::ffff:1.2.3.4]",
        "[1:0:0:2::]",
    ],
    *["[2001:DB8:0:0:1::]", "[::1", "localhost", "אתר.example", "موقع.example", "ﬁ.example", "a\u00adb.org"],
    *["www.google.com", "x-org.cdn.ampproject.org", "web.archive.org", "archive.ph", "via.hypothes.is"],
    *[
        "ann.blogspot.com",
        "mobile.twitter.com",
        "www.nytimes.com",
        "𝔟𝔬𝔩𝔡.example",
        "Ⅷ.example",
        "℀.com",
    ],
]
PORTS = ["", "", "", ":", ":80", ":443", ":0443", ":8080", ":65536", ":99999999", ":a", ":-1"]
PARTS = [
    *["", "a", "b", ".", "..", "%2e", "%2E%2e", "amp", "AMP", "print", "index.html", "Default.aspx", "a.amp"],
    *["a.amp.html", "..amp", "2024", "05", "may", "bridge-is-open", "news", "world-12345678", "story.html"],
    *[
        "web",
        "2024id_",
        "c",
        "s",
        "v",
        "http:",
        "https://example.org",
        "https:",
        "example.org",
        "amp.example.org",
    ],
    *[
        "%7E~",
        "%2F%2f",
        "%zz",
        "%",
        "%4",
        "%E9",
        "%c3%a9",
        "é",
        "e\u0301",
        "a b",
        "+%2B",
        "[x]",
        "%5Bx%5D",
        "𝔟",
    ],
    *[
        ";jsessionid=1",
        "a;JSESSIONID=2;v=1",
        "a;v=1",
        "\\",
        "\t",
        "\n",
        "\x00",
        "\x7f",
        "\u2028",
        "`^{|}<>\"'",
    ],
    *["%20202", "!$&'()*,:=@", "\u0130", "ǆ", "%EF%BC%8E"],
]
NAMES = [
    *[
        "a",
        "A",
        "b",
        "id",
        "p",
        "utm_source",
        "UTM_X",
        "utm%5Fy",
        "fbclid",
        "WT.x",
        "WT",
        "s",
        "t",
        "m",
        "amp",
    ],
    *[
        "outputType",
        "print",
        "smid",
        "",
        "é",
        "𝔟",
        "\uffff",
        "a[]",
        "x%3Dy",
        "a b",
        "a+b",
        "a%20b",
        "%zz",
        "ſ",
        "K",
    ],
]
VALUES = [
    "",
    "1",
    "true",
    "TRUE",
    "amp",
    "x+y",
    "x%20y",
    "x%2By",
    "é",
    "%C3%A9",
    "%e9",
    "=",
    "a=b",
    "/?",
    "%26",
]


def put_together(chance: random.Random) -> str:
    def some(of: list[str], most: int) -> list[str]:
        return chance.choices(of, k=chance.randint(0, most))

    items = [f"{name}{chance.choice(['=', '=', ''])}{chance.choice(VALUES)}" for name in some(NAMES, 5)]
    path = "".join(f"/{part}" for part in some(PARTS, 6))
    query = f"?{'&'.join(items)}" if items else ""
    front = "".join(chance.choice(of) for of in (SCHEMES, USERS, HOSTS, PORTS))
    return f"{front}{path}{query}{chance.choice(['', '', '#', '#!/a', '#é?b=1'])}"


def urls() -> list[str]:
    groups = json.loads((HERE / "page-identity.json").read_text())
    known = [url for group in groups for row in group["pages"] for url in row]
    chance = random.Random(5)
    return (
        known + json.loads((HERE / "no-pages.json").read_text()) + [put_together(chance) for _ in range(MANY)]
    )


def here(url: str) -> dict[str, Any]:
    try:
        return {"normal": normal(url), "digest": digest(url), "prefix": digest(url)[:5]}
    except NotAPage:
        return {"fault": True}


def test_the_extension_comes_to_the_same_digests() -> None:
    if not SCRIPT.is_file() or shutil.which("node") is None:
        pytest.skip("Node, or what `make build` makes in extension/dist, is not here")
    asked = urls()
    there = subprocess.run(
        ["node", SCRIPT],
        input="\n".join(json.dumps(url) for url in asked),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in there.stdout.splitlines()]
    assert len(answers) == len(asked)
    differ = {url: (here(url), said) for url, said in zip(asked, answers, strict=True) if here(url) != said}
    assert differ == {}
    assert sum("normal" in said for said in answers) > MANY / 4
