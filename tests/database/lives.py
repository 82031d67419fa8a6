"""A server that is killed and started anew: ``lives.py DATABASE_URL EVERY``.

On stdout first the port, then the process group of each life as it begins. Whoever kills the group has the
next life begin. Each life whose number EVERY divides is killed by nobody but itself, where it hurts most: it
has kept what it was sent, and has not said so (``ENDINGS``, one after the other).

The application (all of it, with the language model) is made once, and each life is a fork that runs the
server of ``caveat serve`` on it: so dozens of lives take seconds. The socket stays, as one that systemd
holds.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from itertools import count
from typing import Any

from flask import Flask, Response, request

from caveat.app import create_app
from caveat.cli.serving import Server, listen
from caveat.config import Settings
from caveat.reading import Reader

ENDINGS = (
    ("annotations.submit", 201),
    ("annotations.rate", 200),
    ("annotations.edit", 200),
    ("annotations.withdraw", 200),
)


class Life(Server):
    """The server, with an application that is there already."""

    def __init__(self, settings: Settings, bound: socket.socket, app: Flask) -> None:
        self._app = app
        super().__init__(settings, bound, lambda: None)

    def load(self) -> Any:
        return self._app


def end_at(app: Flask, endpoint: str, status: int) -> None:
    """End between a commit and its answer: the view has returned, and nothing of it was sent."""

    @app.after_request
    def end(response: Response) -> Response:
        if (request.endpoint, response.status_code) == (endpoint, status):
            os.killpg(0, signal.SIGKILL)
        return response


def main() -> None:
    """Live until stdin is closed, or what started this ends."""
    settings = Settings(database_url=sys.argv[1], rate_limit=None, log_level="error")
    every = int(sys.argv[2])
    app = create_app(settings, Reader.load(None))
    bound = listen("127.0.0.1", 0)
    print(bound.getsockname()[1], flush=True)
    for number in count(1):
        life = os.fork()
        if not life:
            os.setsid()
            if number % every == 0:
                end_at(app, *ENDINGS[number // every % len(ENDINGS)])
            Life(settings, bound, app).run()  # type: ignore[no-untyped-call]
            os._exit(1)
        print(life, flush=True)
        os.waitpid(life, 0)


if __name__ == "__main__":
    main()
