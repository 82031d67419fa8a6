"""People who write to a server over HTTP, as the extension does, and do not give up.

In: the server's port, and who has which token. Out: ``Acknowledged``, all that the server said was kept, and
what it refused. Whoever gets no answer sends the same again until there is one.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.volunteers import submission
from caveat.annotations import rules
from caveat.annotations.models import Verdict

WRITERS = 6
VOLUNTEERS = 400
VERDICTS = list(Verdict)

Document = dict[str, Any]


class Answer(NamedTuple):
    """What the server said, and whether it had to be asked again."""

    status: int
    document: Document
    repeated: bool


@dataclass
class Acknowledged:
    """What the server said was kept, by what was sent."""

    annotations: dict[int, Document] = field(default_factory=dict)
    """As it was answered last."""
    rateable: list[int] = field(default_factory=list)
    ratings: dict[tuple[int, int], Document] = field(default_factory=dict)
    """What was sent, by whose it is and who rated it."""
    unanswered: int = 0
    """Annotations that were there already when they were sent again, as only the answer was lost."""
    refused: list[str] = field(default_factory=list)
    answers: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """One for each answer."""


@dataclass
class Wire:
    """A way to the server for people who do not give up."""

    port: int
    tokens: list[str]

    def ask(self, method: str, path: str, who: int, body: Any = None, revision: int = 0) -> Answer:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self.tokens[who]}"}
        headers |= {} if body is None else {"Content-Type": "application/json"}
        headers |= {"If-Match": f'"{revision}"'} if revision else {}
        sent = None if body is None else json.dumps(body)
        for attempt in range(10_000):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with closing(connection), suppress(OSError, http.client.HTTPException):
                connection.request(method, f"/api/v1{path}", sent, headers)
                answer = connection.getresponse()
                document = json.loads(answer.read())
                if answer.status != 503:
                    return Answer(answer.status, document, attempt > 0)
        raise AssertionError("never an answer")

    def submits(self, number: int) -> Answer:
        return self.ask("POST", "/annotations", author(number), sent(number))

    def rates(self, id_: str, who: int, given: Document) -> Answer:
        return self.ask("PUT", f"/annotations/{id_}/rating", who, given)


def author(number: int) -> int:
    """Who writes the annotation of this number."""
    return number % VOLUNTEERS


def sent(number: int) -> Document:
    """The annotation of this number, as it is sent however often."""
    return submission(
        client_id=f"client-{number}",
        page={"url": f"https://news.example/{number}", "title": f"Article {number}"},
        target={"exact": f"all {number} cars", "prefix": "of ", "suffix": " a day", "start": number},
        body=f"“{number}” were half as many in Łódź \U0001f6a2.",
    )


class Writer(threading.Thread):
    """Submits annotations, changes some, takes some back, and rates those of all."""

    def __init__(self, number: int, wire: Wire, kept: Acknowledged, stop: threading.Event) -> None:
        super().__init__()
        self.number, self.wire, self.kept, self.stop = number, wire, kept, stop
        self.random = random.Random(number)

    def run(self) -> None:
        turn = 0
        try:
            while not self.stop.is_set():
                turn += 1
                self.write(turn, self.number + WRITERS * turn)
        except AssertionError as fault:  # nothing that they ask for may be refused
            self.kept.refused.append(str(fault))
            self.stop.set()
            self.kept.answers.release(10)

    def write(self, turn: int, number: int) -> None:
        answer = self.kept_as(self.wire.submits(number), 200, 201)
        self.kept.annotations[number] = answer.document
        self.kept.unanswered += answer.status == 200
        if turn % 4 == 0:
            self.edit(number)
        elif turn % 4 == 1:
            self.withdraw(number)
        else:
            self.kept.rateable.append(number)
        for another in self.random.sample(self.kept.rateable, min(2, len(self.kept.rateable))):
            self.rate(another)

    def edit(self, number: int) -> None:
        """Whoever is told that it was changed meanwhile looks whether it was by themselves."""
        mine = self.kept.annotations[number]
        path, changes = f"/annotations/{mine['id']}", {"body": f"{mine['body']} In 2025."}
        answer = self.wire.ask("PATCH", path, author(number), changes, mine["revision"])
        if answer.status == 412 and answer.repeated:
            answer = self.wire.ask("GET", path, author(number))
        self.kept.annotations[number] = self.kept_as(answer, 200).document
        assert answer.document["body"] == changes["body"], answer

    def withdraw(self, number: int) -> None:
        path = f"/annotations/{self.kept.annotations[number]['id']}/withdraw"
        answer = self.wire.ask("POST", path, author(number), {})
        self.kept.annotations[number] = self.kept_as(answer, 200).document

    def rate(self, number: int) -> None:
        """By a volunteer for whom no other writer rates: which rating came last is then clear."""
        rater = self.random.randrange(self.number, VOLUNTEERS, WRITERS)
        if rater == author(number):
            return  # nobody rates their own
        verdict = self.random.choice(VERDICTS)
        given = {"verdict": verdict, "reasons": [self.random.choice(list(rules.REASONS[verdict]))]}
        answer = self.wire.rates(self.kept.annotations[number]["id"], rater, given)
        assert self.kept_as(answer, 200).document["rating"] == given, answer
        self.kept.ratings[number, rater] = given

    def kept_as(self, answer: Answer, *statuses: int) -> Answer:
        assert answer.status in statuses, answer
        self.kept.answers.release()
        return answer
