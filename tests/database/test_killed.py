"""What was acknowledged is there, once: asked of a server that was killed fifty times while several wrote.

It is the server of ``caveat serve``, and it is sent over HTTP what the extension sends. Besides the fifty
lives that are killed at any moment there are twelve that end between a commit and its answer (``lives.py``).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from sqlalchemy import func, select

import written
from caveat.accounts import log
from caveat.accounts.models import Account, Role
from caveat.annotations.models import Annotation, Rating
from caveat.database import Database
from services import eventually

from .lives import ENDINGS
from .writers import VOLUNTEERS, WRITERS, Acknowledged, Document, Wire, Writer

LIVES = 62
EVERY = 5  # of which these end by themselves
SAID = ("id", "author", "page", "target", "signal", "body", "sources", "language", "created", "edited")
PATIENCE = 30.0


@contextmanager
def living(url: str) -> Iterator[tuple[int, Iterator[int]]]:
    """A server's port, and its lives as they begin."""
    command = [sys.executable, str(Path(__file__).with_name("lives.py")), url, str(EVERY)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    port, begun, last = int(process.stdout.readline()), map(int, process.stdout), []

    def lives() -> Iterator[int]:
        for life in begun:
            last[:] = [life]
            yield life

    try:
        yield port, lives()
    finally:
        process.kill()
        process.wait()
        for life in chain(last, begun):  # there is no end of them before the last is killed
            with suppress(ProcessLookupError):
                os.killpg(life, signal.SIGKILL)
        process.stdout.close()


def said(document: Document) -> Document:
    """What stays of an annotation whoever rates it."""
    return {name: document[name] for name in SAID} | {"withdrawn": document["status"] == "withdrawn"}


def rated(database: Database) -> dict[tuple[str, str], Document]:
    """Every rating that is kept, by whose it is and who rated it."""
    ratings = (
        select(Annotation.uuid, Account.alias, Rating.verdict, Rating.reasons)
        .join(Rating, Rating.annotation_id == Annotation.id)
        .join(Account, Account.id == Rating.account_id)
    )
    with database.read() as session:
        return {
            (str(uuid), alias): {"verdict": verdict, "reasons": reasons}
            for uuid, alias, verdict, reasons in session.execute(ratings)
        }


def has_ended(life: int) -> bool:
    try:
        os.kill(life, 0)
    except ProcessLookupError:
        return True
    return False


def kill_each(lives: Iterator[int], kept: Acknowledged, stop: threading.Event) -> None:
    """Each at another moment of what several do at once, or just as somebody has had an answer."""
    chance = random.Random(5)
    for number in range(1, LIVES + 1):
        life = next(lives)
        if number % EVERY == 0:
            eventually(lambda life=life: has_ended(life) or stop.is_set(), "an end by itself")
            continue
        while kept.answers.acquire(blocking=False):
            pass  # what an earlier life said
        for _ in range(4):
            assert kept.answers.acquire(timeout=PATIENCE), "no answers"
        if stop.is_set():
            return
        time.sleep(chance.choice((0, chance.random() * 0.03)))
        os.killpg(life, signal.SIGKILL)


def test_what_was_acknowledged_is_there_once_after_fifty_kills(database: Database, database_url: str) -> None:
    with database.begin() as session:
        accounts = [written.account(session, f"v{n}", Role.EDUCATOR) for n in range(VOLUNTEERS)]
        tokens = [written.token(session, account) for account in accounts]
    kept, stop = Acknowledged(), threading.Event()
    with living(database_url) as (port, lives):
        wire = Wire(port, tokens)
        writers = [Writer(number, wire, kept, stop) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            kill_each(lives, kept, stop)
        finally:
            stop.set()
            for writer in writers:
                writer.join()
            assert kept.refused == []
        given_ratings = {
            (kept.annotations[number]["id"], f"v{rater}"): given
            for (number, rater), given in kept.ratings.items()
        }
        assert rated(database) == given_ratings
        # Sent once more, all of it, by whoever did not hear that it was kept.
        for number, document in kept.annotations.items():
            again = wire.submits(number)
            assert (again.status, said(again.document)) == (200, said(document))
        for (number, rater), given in kept.ratings.items():
            assert wire.rates(kept.annotations[number]["id"], rater, given).document["rating"] == given

    assert rated(database) == given_ratings
    assert kept.unanswered >= LIVES // EVERY // len(ENDINGS)
    with database.read() as session:
        found = dict(
            session.execute(select(Annotation.client_id, func.count()).group_by(Annotation.client_id)).all()
        )
        assert found == {f"client-{number}": 1 for number in kept.annotations}
        assert list(log.check(session)) == []
        if database.dialect == "sqlite":
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
