"""What was acknowledged is there, once: asked of a server that was killed fifty times while several wrote."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.annotations.models import Annotation, Rating, Verdict
from caveat.database import Database
from services import eventually

from .writing import add_volunteers

LIVES = 50
WRITERS = 6
VOLUNTEERS = 400
VERDICTS = list(Verdict)


@dataclass
class Acknowledged:
    """What the server said was kept."""

    annotations: dict[str, int] = field(default_factory=dict)
    """Each one's name to its writer, and the number that the server gave it."""
    ratings: dict[tuple[int, str], str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.annotations) + len(self.ratings)


class Writer(threading.Thread):
    """Submits annotations and rates those of all, asking again until it has an answer."""

    def __init__(self, number: int, port: int, kept: Acknowledged, stop: threading.Event) -> None:
        super().__init__()
        self.number, self.port, self.kept, self.stop = number, port, kept, stop
        self.random = random.Random(number)

    def run(self) -> None:
        turn = 0
        while not self.stop.is_set():
            turn += 1
            n = self.number + WRITERS * turn
            writer, rater = n % VOLUNTEERS + 1, self.one_of_its_own()
            found = self.ask("POST", "/write/annotations", {"n": n, "by": f"v{writer}"})
            self.kept.annotations[f"c{n}"] = found
            for client_id in self.random.sample(list(self.kept.annotations), 2 if turn > 2 else 0):
                if int(client_id[1:]) % VOLUNTEERS + 1 == rater:
                    continue  # nobody rates their own
                number, verdict = self.kept.annotations[client_id], self.random.choice(VERDICTS)
                self.ask(
                    "PUT", f"/write/annotations/{number}/rating", {"by": f"v{rater}", "verdict": verdict}
                )
                self.kept.ratings[number, f"v{rater}"] = verdict

    def one_of_its_own(self) -> int:
        """A volunteer for whom no other writer rates: which rating came last is then clear."""
        return self.random.randrange(self.number + 1, VOLUNTEERS + 1, WRITERS)

    def ask(self, method: str, path: str, body: dict[str, object]) -> int:
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with closing(connection), suppress(OSError, http.client.HTTPException):
                connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
                answer = connection.getresponse()
                said = json.loads(answer.read())
                if answer.status < 300:
                    return int(said["id"])
                if answer.status != 503:
                    self.kept.refused.append(f"{answer.status} {said}")
                    self.stop.set()
                    return 0


@contextmanager
def living(url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(Path(__file__).with_name("lives.py")), url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for line in process.stdout:  # of lives that nobody ended
            with suppress(ProcessLookupError):
                os.killpg(int(line), signal.SIGKILL)
        process.stdout.close()


def test_what_was_acknowledged_is_there_once_after_fifty_kills(database: Database, database_url: str) -> None:
    add_volunteers(database, VOLUNTEERS)
    kept, stop, chance = Acknowledged(), threading.Event(), random.Random(5)
    with living(database_url) as server:
        assert server.stdout
        port = int(server.stdout.readline())
        writers = [Writer(number, port, kept, stop) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            for _ in range(LIVES):
                life, before = int(server.stdout.readline()), len(kept)
                eventually(lambda before=before: len(kept) > before + 3 or stop.is_set(), "answers")
                time.sleep(chance.random() * 0.03)  # not always at the same place
                os.killpg(life, signal.SIGKILL)
        finally:
            stop.set()
            for writer in writers:
                writer.join()

    assert kept.refused == []
    with database.read() as session:
        found = dict(session.execute(select(Annotation.client_id, Annotation.id)).all())
        assert {name: found.get(name) for name in kept.annotations} == kept.annotations
        assert len(found) == session.scalar(select(func.count(Annotation.client_id.distinct())))
        ratings = {
            (number, alias): verdict
            for number, alias, verdict in session.execute(
                select(Rating.annotation_id, Account.alias_key, Rating.verdict).join(
                    Account, Account.id == Rating.account_id
                )
            )
        }
        assert {rating: ratings.get(rating) for rating in kept.ratings} == kept.ratings
        assert list(log.check(session)) == []
        if database.dialect == "sqlite":
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
