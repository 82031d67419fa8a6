"""The same analysis through HTTP, the command line, the lens and the extension."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from pathlib import Path

from .chromium import Chromium
from .newsstand import Newsstand
from .service import COMMAND
from .test_lens import Lens
from .visit import Visit
from .waiting import until
from .wire import Wire


def test_every_way_in_gives_the_same_analysis(
    visit: Visit, plain_chromium: Chromium, stand: Newsstand, wire: Wire, server: int, tmp_path: Path
) -> None:
    visit.open("http://gazette.example/article.html")
    through_extension = visit.press()
    article = through_extension.question
    assert len(through_extension.answer["notes"]) >= 10

    request = urllib.request.Request(
        f"http://127.0.0.1:{server}/api/v1/analyses",
        data=json.dumps(article).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        through_http = response.read()

    text, context = tmp_path / "article.txt", tmp_path / "context.json"
    text.write_bytes(article["text"].encode())
    context.write_text(json.dumps(article["context"]))
    command = [COMMAND, "analyze", text, "--context", context, "--format", "json"]
    through_command_line = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    # The lens reads this very article where it would read the sample.
    plain_chromium.tab.route("**/lens/sample.json", lambda route: route.fulfill(json=article))
    plain_chromium.open(f"{wire.address}/lens/")
    lens = Lens(plain_chromium, stand, wire)
    until(lambda: lens.state() == "empty", "lens")
    through_lens = lens.sample()
    plain_chromium.tab.unroute("**/lens/sample.json")

    assert through_lens.question["text"] == article["text"]
    assert json.loads(through_http) == through_extension.answer
    assert json.loads(through_command_line) == through_extension.answer
    assert through_lens.answer == through_extension.answer
    words = [(mark.family, mark.quiet, mark.words) for mark in lens.marks()]
    assert words == [(mark.family, mark.quiet, mark.words) for mark in visit.marks()]
