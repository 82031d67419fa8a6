"""Volunteers' annotations under load: reading of a large store, and how long a submission waits.

Reading is mixed as a day's traffic is: of a hundred requests sixty are look-ups of prefixes under which
nothing is to show (most pages have no annotation), twenty of prefixes that have something, fifteen ask
whether one of those has changed, five ask for one annotation. What has something is asked for by a power law:
a few pages are read by many. The mix is a guess, and with another one comes another ratio.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from random import Random
from statistics import median, quantiles
from typing import Any

import crowd
import minute
from figures import Figure
from serving import CAVEAT, HERE, Running, redis_server, serve

sys.path.insert(0, str(HERE.parent))

from caveat.accounts.models import Account
from caveat.annotations import submission
from caveat.annotations.drafts import Draft
from caveat.database import Database, open_database
from services import PostgresServer

REQUESTS, ROUNDS = 1_000, 5
PREFIXES = "/api/v1/pages/"
WRITERS, SUBMISSIONS = 8, 40
Request = dict[str, Any]


def measure() -> Iterator[Figure]:
    """Both databases: filling, reading as a ratio, writing in milliseconds, ranking within a minute."""
    for name, url in _databases():
        database = open_database(url)
        before = time.perf_counter()
        crowd.fill(database, datetime.now(UTC))
        count = f"{crowd.ANNOTATIONS:,} annotations, {crowd.ANNOTATIONS * crowd.RATINGS_EACH:,} ratings"
        yield Figure(f"filling a store, {name}", time.perf_counter() - before, "s", detail=count)
        yield from _reading(name, url)
        yield from _writing(name, database)
        yield from minute.measure(name, database)
        database.close()


def _databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/caveat.db"
    try:
        server = PostgresServer()
    except AssertionError:
        return
    try:
        yield "PostgreSQL", server.empty()
    finally:
        server.remove()


def _reading(name: str, url: str) -> Iterator[Figure]:
    """CPU of the workers, as in ``serving``; the database's and Redis's own is not in it."""
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        stand, own = str(HERE / "stand.py"), [CAVEAT, "serve", "--port", "{port}"]
        plain = {"method": "GET", "path": "/", "body": "", "headers": {}, "status": 200}
        hello = stack.enter_context(serve([sys.executable, stand, "hello", "{port}"]))
        sides: dict[str, tuple[Running, list[Request]]] = {"hello": (hello, [plain])}
        alone = stack.enter_context(serve(own, DATABASE_URL=url))
        sides["embedded"] = (alone, _traffic(alone))
        if redis:
            get = stack.enter_context(serve([sys.executable, stand, "get", "{port}"], REDIS_URL=redis))
            shared = stack.enter_context(serve(own, DATABASE_URL=url, REDIS_URL=redis))
            sides |= {"get": (get, [plain]), "Redis": (shared, _traffic(shared))}
        used: dict[str, list[float]] = {side: [] for side in sides}
        for turn in range(ROUNDS + 1):
            for side, (server, requests) in sides.items():
                start = server.cpu()
                command = [sys.executable, str(HERE / "client.py"), str(server.port), str(REQUESTS)]
                subprocess.run(command, input=json.dumps(requests).encode(), check=True)
                if turn:
                    used[side].append((server.cpu() - start) / REQUESTS)
        for side, stands in (("embedded", "hello"), ("Redis", "get")):
            if side not in used or stands not in used:
                yield Figure(f"mixed reading / Flask + one GET, {name}, {side}", None)
                continue
            cost, plainly = median(used[side]), median(used[stands])
            ratio = median(ours / theirs for ours, theirs in zip(used[side], used[stands], strict=True))
            what = "Flask + one GET" if stands == "get" else "Flask hello"
            detail = (
                f"{cost * 1e6:.0f} µs against {plainly * 1e6:.0f} µs, {1 / cost:,.0f} a second of one core"
            )
            yield Figure(f"mixed reading / {what}, {name}, {side}", ratio, detail=detail)
            yield Figure(f"a core's time for 1,000 look-ups, {name}, {side}", cost * 1e3, "s", goal=1.0)


def _traffic(server: Running) -> list[Request]:
    """The requests, the same in each run, with the ETags that this server gives."""
    chance = Random(8)
    shown = [n for n in range(1, crowd.ANNOTATIONS + 1) if crowd.status(n) in ("helpful", "settled")]

    def popular() -> int:
        return shown[min(int(chance.paretovariate(0.6)), len(shown)) - 1]

    requests = []
    for turn in range(REQUESTS):
        kind = turn * 37 % 100
        annotation = popular()
        path = PREFIXES + crowd.digest(annotation * 7 % crowd.PAGES + 1)[:5]
        headers, status = {}, 200
        if kind < 60:
            path = f"{PREFIXES}{chance.randrange(16**5):05x}"
        elif kind >= 95:
            path = f"/api/v1/annotations/{crowd.uuid(annotation)}"
        elif kind >= 80:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
                headers, status = {"If-None-Match": answer.headers["ETag"]}, 304
        requests.append({"method": "GET", "path": path, "body": "", "headers": headers, "status": status})
    return requests


def _writing(name: str, database: Database) -> Iterator[Figure]:
    """From the beginning of the transaction until it is on the disk."""
    waited: list[float] = []

    def write(writer: int) -> None:
        for turn in range(SUBMISSIONS):
            n = writer * SUBMISSIONS + turn
            start = time.perf_counter()
            draft = Draft(
                client_id=f"new{n}", url=f"https://new.example/{n}", exact=f"Sentence {n}.",
                signal="bare-number", body=crowd.BODY,
            )  # fmt: skip
            with database.begin() as session:
                author = session.get_one(Account, n + 1)
                submission.submit(session, author, draft, datetime.now(UTC))
            waited.append(time.perf_counter() - start)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(waited) < WRITERS * SUBMISSIONS:
        yield Figure(f"submission, {name}", None, detail="some were refused")
        return
    cuts = quantiles(waited, n=20)
    detail = f"{WRITERS} writers at once, {len(waited)} submissions"
    yield Figure(f"submission to its commit, {name}, median", median(waited) * 1e3, "ms", detail=detail)
    yield Figure(f"submission to its commit, {name}, 95th of 100", cuts[18] * 1e3, "ms", detail=detail)
