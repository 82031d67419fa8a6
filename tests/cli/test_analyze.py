"""``caveat analyze`` as a person or a program uses it.

What it prints, and which status it ends with, is asked of the command in this process, with the reader that
all tests share; what a process, pipes and a terminal make of it is asked of real ones.
"""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from caveat.article import DETAILS
from caveat.cli import command
from caveat.reading import Reader

CAVEAT = [str(Path(sys.executable).with_name("caveat"))]
ARTICLE = (
    "Many experts say so.\r\n\r\n"
    "😀 The council approved the plan on 4 May, according to Mara Teale, who chairs it.\n"
    "Critics fear that the “radical” change could cost 4,000 jobs.\n"
)
GERMAN = (
    "Der Gemeinderat hat am Dienstag beschlossen, dass die Fähre auch in der Nacht fahren soll, sagte sie.\n"
    * 3
)

CLEAN = {name: None for name in os.environ if name.startswith(("CAVEAT_", "REDIS_"))}

Run = Callable[..., Result]


@pytest.fixture
def caveat(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in an empty folder, without settings and without loading a model of its own."""
    loading = Reader.load

    def load(model: str | None = None, data_folder: Path | None = None) -> Reader:
        return loading(model, data_folder) if model else reader

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Result:
        done = CliRunner().invoke(command, arguments, input=stdin, env=CLEAN | environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    monkeypatch.setattr(Reader, "load", load)
    monkeypatch.chdir(tmp_path)
    return run


def process(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, without settings."""
    clean = {name: value for name, value in os.environ.items() if name not in CLEAN}
    return subprocess.run([*CAVEAT, *arguments], input=stdin, capture_output=True, env=clean | environment)


def lines(output: bytes) -> list[Any]:
    return [json.loads(line) for line in output.splitlines()]


def test_the_same_article_has_the_same_bytes_through_pipe_file_and_http(
    caveat: Run, tmp_path: Path, client: FlaskClient
) -> None:
    (tmp_path / "article.txt").write_bytes(ARTICLE.encode())
    by_http = client.post("/api/v1/analyses", json={"text": ARTICLE}).data
    assert process("analyze", "-", stdin=ARTICLE.encode()).stdout == by_http + b"\n"
    assert caveat("analyze", "article.txt").stdout_bytes == by_http + b"\n"
    assert caveat("analyze", "-", "--format", "json", stdin=ARTICLE.encode()).stdout_bytes == by_http + b"\n"
    assert caveat("analyze", stdin=b"\xef\xbb\xbf" + ARTICLE.encode()).stdout_bytes == by_http + b"\n"


def test_context_and_detail_reach_the_reading_as_they_do_through_http(
    caveat: Run, tmp_path: Path, client: FlaskClient
) -> None:
    context = {"title": "Ferry to stop", "published": "2025-05-06", "site": "The Lowmoor Courier"}
    (tmp_path / "context.json").write_text(json.dumps(context | {"title": "Another"}))
    by_http = client.post(
        "/api/v1/analyses?detail=sentences,attributions", json={"text": ARTICLE, "context": context}
    ).data
    by_hand = caveat(
        "analyze", "--context", "context.json", "--title", "Ferry to stop", "--detail", ",".join(DETAILS),
        stdin=ARTICLE.encode(),
    )  # fmt: skip
    assert by_hand.stdout_bytes == by_http + b"\n"


BAD_INPUTS: list[tuple[str, list[str], bytes, dict[str, str], str]] = [
    ("a missing file", ["nowhere.txt"], b"", {}, "nowhere.txt: there is no such file"),
    ("a directory", ["."], b"", {}, "is a directory"),
    ("another encoding", ["-"], "Das Café".encode("cp1252"), {}, "not UTF-8 text: byte 7 is 0xe9"),
    ("too long", ["-"], b"a" * 21, {"CAVEAT_MAX_TEXT": "20"}, "the limit is 20"),
    ("far too long", ["-"], b"a" * 100, {"CAVEAT_MAX_TEXT": "20"}, "longer than 20 characters"),
    ("a date that is none", ["--published", "May"], b"x", {}, "context.published"),
    ("an address that is none", ["--url", "javascript:alert(1)"], b"x", {}, "context.url"),
    ("a context that is missing", ["--context", "none.json"], b"x", {}, "none.json: there is no such file"),
    ("two stdins' worth of context", ["--jsonl", "-", "--title", "x"], b"", {}, "leave out FILE and context"),
    ("one page for several articles", ["a", "b", "--format", "html"], b"", {}, "holds one article"),
    ("a detail nobody knows", ["--detail", "sentences,claims"], b"x", {}, "'claims' is none of"),
    ("a page of lines", ["--jsonl", "-", "--format", "html"], b"", {}, "single articles"),
]


@pytest.mark.parametrize(
    ("arguments", "stdin", "environment", "said"),
    [case[1:] for case in BAD_INPUTS],
    ids=[c[0] for c in BAD_INPUTS],
)
def test_a_bad_input_is_named_with_its_limit_and_nothing_is_printed(
    caveat: Run, arguments: list[str], stdin: bytes, environment: dict[str, str], said: str
) -> None:
    done = caveat("analyze", *arguments, stdin=stdin, **environment)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr_bytes.decode().split())
    assert b"Traceback" not in done.stderr_bytes
    assert done.stdout_bytes == b""


def test_a_context_file_that_is_no_object_is_refused(caveat: Run, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "broken.json").write_text("{")
    for name, said in (("list.json", b"must hold a JSON object"), ("broken.json", b"is not JSON")):
        done = caveat("analyze", "--context", name, stdin=b"x")
        assert done.exit_code == 2
        assert said in done.stderr_bytes


def test_a_limit_holds_for_its_own_run_alone(caveat: Run) -> None:
    text = b"Many experts say so, and some do not."
    assert caveat("analyze", stdin=text, CAVEAT_MAX_TEXT="20").exit_code == 2
    assert caveat("analyze", stdin=text).exit_code == 0


def test_a_setting_that_cannot_be_is_named(caveat: Run) -> None:
    done = caveat("analyze", stdin=b"x", CAVEAT_MAX_TEXT="many")
    assert done.exit_code == 4
    assert b"CAVEAT_MAX_TEXT" in done.stderr_bytes


def test_a_model_that_is_missing_is_named(caveat: Run) -> None:
    done = caveat("analyze", stdin=ARTICLE.encode(), CAVEAT_MODEL="xx_nowhere")
    assert done.exit_code == 4
    assert b"xx_nowhere" in done.stderr_bytes
    assert b"Traceback" not in done.stderr_bytes


@pytest.mark.parametrize("text", [GERMAN.encode(), b"", b" \r\n \n"], ids=["German", "empty", "white space"])
def test_what_is_not_read_is_said_plainly_and_told_by_the_status(caveat: Run, text: bytes) -> None:
    as_json = caveat("analyze", stdin=text)
    message = json.loads(as_json.stdout_bytes)["unread"]["message"]
    as_text = caveat("analyze", "--format", "text", stdin=text)
    as_html = caveat("analyze", "--format", "html", stdin=text)
    assert as_json.exit_code == as_text.exit_code == as_html.exit_code == 3
    assert message in " ".join(as_text.stdout_bytes.decode().split())
    assert message in as_html.stdout_bytes.decode()
    assert message in as_json.stderr_bytes.decode()


def test_several_files_are_read_in_order_and_a_bad_one_does_not_stop_the_rest(
    caveat: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE.encode())
    (tmp_path / "b.txt").write_bytes(b"\xff")
    (tmp_path / "c.txt").write_bytes(b"Many experts say so.")
    done = caveat("analyze", "a.txt", "b.txt", "c.txt")
    assert done.exit_code == 1
    assert [line["id"] for line in lines(done.stdout_bytes)] == ["a.txt", "c.txt"]
    assert b"b.txt is not UTF-8" in done.stderr_bytes
    assert b"==> c.txt <==" in caveat("analyze", "a.txt", "c.txt", "--format", "text").stdout_bytes


def test_lines_are_answered_in_order_with_their_ids_and_the_http_bytes(
    caveat: Run, client: FlaskClient
) -> None:
    texts = [f"Many experts say that {n} of the council's plans failed." for n in range(150)]
    stdin = "".join(json.dumps({"id": f"a{n}", "text": text}) + "\n\n" for n, text in enumerate(texts))
    done = caveat("analyze", "--jsonl", "-", "--detail", "sentences", stdin=stdin.encode())
    assert done.exit_code == 0
    answers = done.stdout_bytes.splitlines()
    assert [json.loads(line)["id"] for line in answers] == [f"a{n}" for n in range(150)]
    by_http = client.post("/api/v1/analyses?detail=sentences", json={"text": texts[7]}).data
    assert answers[7] == b'{"id":"a7",' + by_http[1:]


BAD_LINES = [
    (b"{", None, "not JSON"),
    (b"[]", None, "A line is an object"),
    (b'{"text": "x"}', None, "needs an id"),
    (b'{"id": true, "text": "x"}', None, "needs an id"),
    (b'{"id": 1}', 1, "text: "),
    (b'{"id": 2, "text": 4}', 2, "text: "),
    (b'{"id": 3, "text": "x", "context": {"headline": "x"}}', 3, "context.headline: "),
    (
        b'{"id": 4, "text": "x", "context": {"links": [{"start": 0, "end": -9, "href": "x"}]}}',
        4,
        "context.links.0.end",
    ),
    (b'{"id": 5, "text": "\\ud800"}', None, "not JSON"),
    (b'{"id": 6, "text": "' + b"a" * 200_001 + b'"}', 6, "the limit is 200,000"),
]


def test_a_line_may_carry_more_than_an_article(caveat: Run) -> None:
    (answer,) = lines(
        caveat("analyze", "--jsonl", "-", stdin=b'{"id": 1, "text": "Some do.", "label": "x"}').stdout_bytes
    )
    assert "error" not in answer


def test_thousands_of_bad_lines_do_not_fill_the_terminal(caveat: Run) -> None:
    done = caveat("analyze", "--jsonl", "-", stdin=b"{}\n" * 1_000)
    assert len(done.stderr_bytes.splitlines()) == 21
    assert b"980 more lines failed" in done.stderr_bytes
    assert len(lines(done.stdout_bytes)) == 1_000


def test_a_bad_line_is_reported_with_its_number_and_the_work_goes_on(caveat: Run, tmp_path: Path) -> None:
    good = b'{"id": "good", "text": "Many experts say so."}'
    (tmp_path / "in.jsonl").write_bytes(b"\n".join([line for line, _, _ in BAD_LINES] + [good]))
    done = caveat("analyze", "--jsonl", "in.jsonl")
    assert done.exit_code == 1
    answers = lines(done.stdout_bytes)
    assert len(answers) == len(BAD_LINES) + 1
    for number, (answer, (_, id_, said)) in enumerate(zip(answers, BAD_LINES, strict=False), 1):
        assert answer["id"] == id_
        assert said in answer["error"]
        assert f"in.jsonl, line {number}: {answer['error']}" in done.stderr_bytes.decode()
    assert answers[-1]["id"] == "good"
    assert "error" not in answers[-1]


def test_a_line_is_answered_before_the_next_is_sent() -> None:
    with subprocess.Popen(
        [*CAVEAT, "analyze", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin
        assert process.stdout
        for n in range(3):
            process.stdin.write(b'{"id": %d, "text": "Many experts say so."}\n' % n)
            assert json.loads(process.stdout.readline())["id"] == n
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_that_goes_away_ends_it_without_a_word(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_bytes(b"".join(b'{"id": %d, "text": "Many experts say so."}\n' % n for n in range(1000)))
    with subprocess.Popen(
        [*CAVEAT, "analyze", "--jsonl", str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 141
        assert process.stderr.read() == b""


def test_ctrl_c_ends_it_without_a_word() -> None:
    with subprocess.Popen(
        [*CAVEAT, "analyze", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b'{"id": 1, "text": "Many experts say so."}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(2)
        assert process.wait() == 130
        assert process.stderr.read() == b""


def on_a_terminal(*arguments: str, columns: int = 80, seconds: float = 60, **environment: str) -> str:
    """What the command shows on a terminal of its own."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child, whose three streams are the terminal
        os.environ.pop("NO_COLOR", None)
        os.environ.update({"TERM": "xterm-256color", "COLUMNS": str(columns)} | environment)
        os.execv(CAVEAT[0], [*CAVEAT, *arguments])  # noqa: S606
    shown = b""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                shown += os.read(terminal, 65_536)
            except OSError:  # the terminal's other end is closed
                break
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown.decode()


def test_on_a_terminal_the_article_is_shown_with_underlines_and_progress_comes_and_goes(
    tmp_path: Path,
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE)
    shown = on_a_terminal("analyze", str(tmp_path / "article.txt"))
    assert "Loading the language model" in shown
    assert "\x1b[4;36mMany experts" in shown or re.search(r"\x1b\[4;3\dm", shown)
    assert '{"engine"' not in shown


def test_no_colour_is_used_where_none_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE)
    shown = on_a_terminal("analyze", str(tmp_path / "article.txt"), NO_COLOR="1")
    article = shown[shown.rindex("sentences read") :]
    assert "\x1b[4m" in article
    assert not re.search(r"\x1b\[[\d;:]*(3[0-7]|58)[\d;:]*m", article)


def test_in_a_pipe_there_is_neither_progress_nor_an_escape_sequence() -> None:
    done = process("analyze", "--format", "text", stdin=ARTICLE.encode())
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert "‹Many experts" in done.stdout.decode() or "¹" in done.stdout.decode()


def test_text_survives_a_terminal_that_knows_only_ascii() -> None:
    done = process("analyze", "--format", "text", stdin=ARTICLE.encode(), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"[1]" in done.stdout
    assert b"<Many experts" in done.stdout or b"<" in done.stdout
