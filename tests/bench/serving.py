"""Serving: CPU of a known answer against a Flask greeting, memory with and without preloading, start."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from figures import Figure

from articles import article

HERE = Path(__file__).parent
CAVEAT = str(Path(sys.executable).with_name("caveat"))
ANALYSES = "/api/v1/analyses"
REQUESTS, ROUNDS = 600, 7
ANSWER_SIZE = 20_000
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Running:
    """A server under measurement."""

    process: psutil.Process
    port: int

    def workers(self) -> list[psutil.Process]:
        return self.process.children(recursive=True)

    def cpu(self) -> float:
        """CPU seconds its workers have used, in nanoseconds where the kernel counts them."""
        return sum(_cpu(worker) for worker in self.workers())

    def post(self, text: str) -> tuple[bytes, str]:
        """An answer and its ETag."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{ANALYSES}", _body(text).encode(), JSON
        )
        with urllib.request.urlopen(request) as answer:
            return answer.read(), answer.headers["ETag"]


def measure() -> Iterator[Figure]:
    """CPU per request, by psutil of the worker processes; one kept connection, in turns.

    ``counting`` is with the limit on how often one address may ask; the greeting has none to compare with.
    """
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        servers = {
            "hello": stack.enter_context(serve([sys.executable, str(HERE / "stand.py"), "hello", "{port}"])),
            "embedded": stack.enter_context(serve([CAVEAT, "serve", "--port", "{port}"])),
        }
        if redis:
            servers["Redis"] = stack.enter_context(
                serve([CAVEAT, "serve", "--port", "{port}"], REDIS_URL=redis)
            )
        servers["embedded, counting"] = stack.enter_context(
            serve([CAVEAT, "serve", "--port", "{port}"], CAVEAT_RATE_LIMIT="1000000 per minute")
        )
        text, size = _text_with_an_answer_of(servers["embedded"], ANSWER_SIZE)
        asks = {
            "hello": (
                servers["hello"],
                {"method": "GET", "path": "/", "body": "", "headers": {}, "status": 200},
            )
        }
        for name in [name for name in servers if name != "hello"]:
            _, etag = servers[name].post(text)
            post = {"method": "POST", "path": ANALYSES, "body": _body(text), "headers": JSON, "status": 200}
            asks[f"warm, {name}"] = (servers[name], post)
            known = post | {"headers": JSON | {"If-None-Match": etag}, "status": 304}
            asks[f"304, {name}"] = (servers[name], known)
        used: dict[str, list[float]] = {name: [] for name in asks}
        for turn in range(ROUNDS + 1):
            for name, (server, request) in asks.items():
                before = server.cpu()
                command = [sys.executable, str(HERE / "client.py"), str(server.port), str(REQUESTS)]
                subprocess.run(command, input=json.dumps(request).encode(), check=True)
                if turn:
                    used[name].append((server.cpu() - before) / REQUESTS)
        # Turn by turn, so that a change in the machine's speed meets both sides of a ratio.
        ratios = {
            name: median(ours / theirs for ours, theirs in zip(times, used["hello"], strict=True))
            for name, times in used.items()
        }
        cost = {name: median(times) for name, times in used.items()}
        hello = cost["hello"]
        for name in ("embedded", "Redis", "embedded, counting"):
            for kind, goal in (("warm", 2.0), ("304", 1.6)):
                found = cost.get(f"{kind}, {name}")
                yield Figure(
                    f"{kind} request / Flask hello, {name}", ratios.get(f"{kind}, {name}"),
                    goal=None if "counting" in name else goal,
                    detail=f"{found * 1e6:.0f} µs against {hello * 1e6:.0f} µs, {size / 1000:.0f} KB answer"
                    if found else "redis-server is missing",
                )  # fmt: skip


def memory() -> Iterator[Figure]:
    """What four workers take, with the model shared and without."""
    workers = 4
    with redis_server() as redis:
        if not redis:
            yield Figure(
                "memory of 4 workers, preload / each its own", None, detail="redis-server is missing"
            )
            return
        used = {}
        settings = {"REDIS_URL": redis, "CAVEAT_WORKERS": str(workers)}
        for name, command in (
            ("preload", [CAVEAT, "serve", "--port", "{port}"]),
            ("each its own", [sys.executable, str(HERE / "stand.py"), "lazy", "{port}"]),
        ):
            with serve(command, **settings) as server:
                _reach_all(server, workers)
                every = [server.process, *server.workers()]
                used[name] = sum(process.memory_full_info().pss for process in every) / 2**20
                unique = median(worker.memory_full_info().uss for worker in server.workers()) / 2**20
                yield Figure(
                    f"memory a worker adds, {name}", unique, "MB", detail="unique set size, median of 4"
                )
        yield Figure(
            "memory of 4 workers, preload / each its own", used["preload"] / used["each its own"],
            detail=f"{used['preload']:.0f} MB against {used['each its own']:.0f} MB, proportional set sizes",
        )  # fmt: skip


def start() -> Iterator[Figure]:
    """Seconds on the clock, because that is what somebody waits; the files are in the disk's cache."""
    helped, answered = [], []
    for _ in range(3):
        before = time.perf_counter()
        subprocess.run([CAVEAT, "--help"], check=True, stdout=subprocess.DEVNULL)
        helped.append(time.perf_counter() - before)
        before = time.perf_counter()
        with serve([CAVEAT, "serve", "--port", "{port}"]) as server:
            server.post("Many experts say so.")
            answered.append(time.perf_counter() - before)
    yield Figure("caveat --help", median(helped), "s", detail="median of 3")
    yield Figure("caveat serve to its first answer", median(answered), "s", goal=5.0, detail="median of 3")


def _cpu(process: psutil.Process) -> float:
    tasks = Path(f"/proc/{process.pid}/task")
    try:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    except (OSError, ValueError):
        times = process.cpu_times()
        return float(times.user + times.system)


def _body(text: str) -> str:
    return json.dumps({"text": text})


def _text_with_an_answer_of(server: Running, size: int) -> tuple[str, int]:
    paragraphs: list[str] = []
    answer = b""
    for paragraph in article(3, 60):
        paragraphs.append(paragraph)
        answer, _ = server.post("\n".join(paragraphs))
        if len(answer) >= size:
            break
    return "\n".join(paragraphs), len(answer)


def _reach_all(server: Running, workers: int) -> None:
    """Ask until every worker has read something, as far as chance allows."""
    for n in range(workers * 12):
        server.post(f"Many experts say so, for the {n}th time.\n" + "\n".join(article(n, 5)))


@contextmanager
def serve(command: Sequence[str], **settings: str) -> Iterator[Running]:
    """A server that answers; ``{port}`` in its command becomes a free one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CAVEAT_", "REDIS_", "DATABASE_"))}
    process = subprocess.Popen(
        [part.format(port=port) for part in command],
        env=clean | {"CAVEAT_RATE_LIMIT": "off", "DATABASE_URL": "sqlite://"} | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        running = Running(psutil.Process(process.pid), port)
        while True:
            if process.poll() is not None:
                raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60).close()
                break
            except urllib.error.HTTPError:
                break  # it answers
            except OSError:
                time.sleep(0.05)
        yield running
    finally:
        process.terminate()
        process.wait()


@contextmanager
def redis_server() -> Iterator[str | None]:
    """The address of a Redis; None where there is none."""
    binary = shutil.which("redis-server")
    if binary is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        process = subprocess.Popen(
            [
                binary,
                "--port",
                str(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder,
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            while process.poll() is None:
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()
