"""The other commands, and what all of them have in common."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from caveat.annotations import rules
from caveat.catalogue import Catalogue
from caveat.cli import command
from caveat.cli.outcome import Exit
from caveat.database import IN_MEMORY
from services import RedisServer, eventually, free_port

CAVEAT = str(Path(sys.executable).with_name("caveat"))
COMMANDS = (
    "serve",
    "analyze",
    "signals",
    "facts",
    "sources",
    "factchecks",
    "annotations",
    "user",
    "cache",
    "db",
    "openapi",
    "train",
)
SIGNALS = Catalogue.standard().signals


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("CAVEAT_", "REDIS_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", IN_MEMORY)


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_teaches_by_example(runner: CliRunner, name: str) -> None:
    shown = runner.invoke(command, [name, "--help"])
    assert shown.exit_code == 0
    assert "Examples:" in shown.output
    assert f"caveat {name}" in shown.output


def test_help_lists_the_exit_statuses(runner: CliRunner) -> None:
    shown = runner.invoke(command, ["analyze", "--help"]).output
    for status in ("0 ", "1 ", "2 ", "3 ", "4 ", "130 "):
        assert f"\n    {status}" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_help_does_not_wait_for_anything_heavy(name: str) -> None:
    code = (
        "import sys\nfrom caveat.cli import command\n"
        f"command(['{name}', '--help'], standalone_mode=False)\n"
        "heavy = ('spacy', 'flask', 'numpy', 'redis', 'rich', 'gunicorn', 'marshmallow')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("[]\n")


def test_signals_lists_every_signal_with_its_line(runner: CliRunner) -> None:
    shown = runner.invoke(command, ["signals", "--width", "200"]).output
    assert [line.split()[1] for line in shown.splitlines()] == list(SIGNALS)
    assert all(signal.line in shown for signal in SIGNALS.values())


def test_signals_shows_one_with_its_reasons(runner: CliRunner) -> None:
    shown = " ".join(runner.invoke(command, ["signals", "vague-source"]).output.split())
    signal = SIGNALS["vague-source"]
    for part in (signal.name, signal.line, signal.why, signal.question, signal.after, signal.reference):
        assert part in shown


def test_signals_are_told_in_german_too(runner: CliRunner) -> None:
    assert "Ungenaue Quelle" in runner.invoke(command, ["signals", "vague-source", "--language", "de"]).output
    done = runner.invoke(command, ["signals", "--language", "tlh"])
    assert done.exit_code == Exit.USAGE
    assert "There is no catalogue in 'tlh', only in en, de." in done.output


def test_signals_as_json_is_what_the_api_lists_but_for_peoples(
    runner: CliRunner, client: FlaskClient
) -> None:
    by_http = client.get("/api/v1/signals").json
    assert {signal["id"] for signal in by_http.pop("people")} == set(rules.PEOPLE)
    assert json.loads(runner.invoke(command, ["signals", "--format", "json"]).output) == by_http


def test_a_signal_nobody_knows_gets_a_suggestion(runner: CliRunner) -> None:
    done = runner.invoke(command, ["signals", "vague-sorce"])
    assert done.exit_code == 2
    assert "Did you mean vague-source?" in done.output


def test_openapi_prints_the_document_the_server_serves_and_the_same_bytes_each_time(
    runner: CliRunner, client: FlaskClient
) -> None:
    first = runner.invoke(command, ["openapi"]).stdout_bytes
    elsewhere = os.environ | {"CAVEAT_MAX_TEXT": "77", "PYTHONHASHSEED": "1"}
    second = subprocess.run([CAVEAT, "openapi"], capture_output=True, check=True, env=elsewhere).stdout
    assert first == second
    assert json.loads(first) == client.get("/api/v1/openapi.json").json


@pytest.mark.parametrize("name", ["stats", "clear"])
def test_the_embedded_cache_is_said_to_be_out_of_sight(runner: CliRunner, name: str) -> None:
    done = runner.invoke(command, ["cache", name])
    assert done.exit_code == 0
    assert "REDIS_URL is not set" in done.output


@pytest.mark.services
def test_the_shared_cache_is_counted_and_cleared_and_nothing_else_in_it(
    runner: CliRunner, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redis import Redis

    monkeypatch.setenv("REDIS_URL", redis.url)
    with Redis.from_url(redis.url) as other:
        other.set("somebody-else", "1")
        other.set("caveat:a:1", "1")
        counted = json.loads(runner.invoke(command, ["cache", "stats", "--format", "json"]).output)
        assert (counted["kind"], counted["answers"]) == ("redis", 1)
        assert "Forgot 1 entries." in runner.invoke(command, ["cache", "clear"]).output
        assert other.keys() == [b"somebody-else"]


def test_a_cache_that_does_not_answer_is_named(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis://:secret@127.0.0.1:{free_port()}/0")
    done = runner.invoke(command, ["cache", "stats"])
    assert done.exit_code == 4
    assert "does not answer" in done.output
    assert "secret" not in done.output


def test_more_workers_than_an_embedded_cache_can_serve_are_refused(runner: CliRunner) -> None:
    done = runner.invoke(command, ["serve", "--workers", "2"])
    assert done.exit_code == 4
    assert "REDIS_URL" in done.output


def test_a_port_in_use_is_said_at_once_with_another_to_try(runner: CliRunner) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = runner.invoke(command, ["serve", "--port", str(port)])
    assert done.exit_code == 4
    assert f"Port {port} on 127.0.0.1 is in use" in done.output
    assert "caveat serve --port" in done.output


def test_a_host_that_is_none_is_named(runner: CliRunner) -> None:
    done = runner.invoke(command, ["serve", "--host", "nowhere.invalid"])
    assert done.exit_code == 4
    assert "no host 'nowhere.invalid'" in done.output


@contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    with subprocess.Popen(
        [CAVEAT, "serve", "--port", str(port), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | environment,
    ) as process:  # fmt: skip
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def reached(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=60).close()
    except OSError:
        return False
    return True


def ask(address: str, text: str) -> dict[str, object]:
    request = urllib.request.Request(
        f"{address}/api/v1/analyses",
        json.dumps({"text": text}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def test_serve_says_where_to_look_answers_and_stops_when_told(client: FlaskClient) -> None:
    with serving() as (process, address):
        assert process.stdout
        greeting = b""
        while b"Ctrl-C" not in greeting:
            greeting += process.stdout.readline()
        assert f"{address}/api/v1/docs".encode() in greeting
        assert b"Lens" in greeting
        assert re.search(rf"{address}/account/ \(the first: \S*caveat user add".encode(), greeting)
        text = "Many experts say so."
        assert ask(address, text) == client.post("/api/v1/analyses", json={"text": text}).json
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


@pytest.mark.services
def test_any_of_several_workers_tells_the_figures_of_all(redis: RedisServer, tmp_path: Path) -> None:
    with serving("--workers", "3", REDIS_URL=redis.url, TMPDIR=str(tmp_path)) as (process, address):
        eventually(lambda: reached(address), "the server answers", 60)
        for number in range(12):
            ask(address, f"Many experts say so, for the {number}th time.")
        for _ in range(6):
            with urllib.request.urlopen(f"{address}/metrics", timeout=60) as answer:
                figures = answer.read().decode()
            assert 'caveat_requests_total{route="/api/v1/analyses",status="200"} 12.0' in figures
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert list(tmp_path.glob("caveat-figures-*")) == []


def test_a_request_under_way_is_answered_before_the_server_stops() -> None:
    with serving() as (process, address):
        eventually(lambda: reached(address), "the server answers", 60)
        long = "\n".join(
            f"Many experts say that plan {n} of the council failed, she said on Monday." for n in range(400)
        )
        with subprocess.Popen(
            [sys.executable, "-c", ASK, f"{address}/api/v1/analyses", long], stdout=subprocess.PIPE
        ) as asking:
            assert asking.stdout
            assert asking.stdout.readline() == b"sent\n"
            process.send_signal(signal.SIGTERM)
            assert asking.stdout.read() == b"200\n"
        assert process.wait(timeout=60) == 0


ASK = """
import http.client, json, sys, urllib.parse
where = urllib.parse.urlsplit(sys.argv[1])
connection = http.client.HTTPConnection(where.netloc)
body = json.dumps({"text": sys.argv[2]})
connection.request("POST", where.path, body, {"Content-Type": "application/json"})
import time; time.sleep(0.2)  # until the server has taken it up
print("sent", flush=True)
print(connection.getresponse().status, flush=True)
"""


def test_a_changed_signal_is_served_without_a_restart_by_hand(tmp_path: Path) -> None:
    import shutil

    import caveat

    package = tmp_path / "caveat"
    shutil.copytree(
        Path(caveat.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "static")
    )
    with serving("--reload", PYTHONPATH=str(tmp_path), PYTHONDONTWRITEBYTECODE="1") as (_, address):

        def name() -> str:
            try:
                with urllib.request.urlopen(f"{address}/api/v1/signals", timeout=60) as answer:
                    found = {s["id"]: s["name"] for s in json.load(answer)["signals"]}
                    return str(found["vague-source"])
            except OSError:  # between two workers
                return ""

        eventually(lambda: name() == SIGNALS["vague-source"].name, "the first worker answers", 60)
        catalogue = package / "signals.toml"
        changed = catalogue.read_text().replace('name = "Vague source"', 'name = "Nobody named"')

        def changed_name() -> str:
            catalogue.write_text(changed)  # again: the watcher may not have had its first look yet
            return name()

        eventually(lambda: changed_name() == "Nobody named", "the changed signal is served", 60)
