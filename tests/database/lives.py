"""A server that is killed and started anew: ``lives.py DATABASE_URL``.

On stdout first the port, then the process group of each life as it begins. Whoever kills the group has the
next life begin. The application (all of it, with the language model) is made once, and each life is a fork
that runs the server of ``caveat serve`` on it: so dozens of lives take seconds. The socket stays, as one that
systemd holds.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from flask import Flask

from caveat.app import create_app
from caveat.cli.serving import Server, listen
from caveat.config import Settings
from caveat.reading import Reader

sys.path.insert(0, str(Path(__file__).parents[1]))

from database.writing import add_routes


class Life(Server):
    """The server, with an application that is there already."""

    def __init__(self, settings: Settings, bound: socket.socket, app: Flask) -> None:
        self._app = app
        super().__init__(settings, bound, lambda: None)

    def load(self) -> Any:
        return self._app


def main() -> None:
    """Live until stdin is closed, or what started this ends."""
    settings = Settings(database_url=sys.argv[1], rate_limit=None, log_level="error")
    app = create_app(settings, Reader.load(None))
    add_routes(app, app.extensions["caveat"].database)
    bound = listen("127.0.0.1", 0)
    print(bound.getsockname()[1], flush=True)
    while True:
        life = os.fork()
        if not life:
            os.setsid()
            Life(settings, bound, app).run()  # type: ignore[no-untyped-call]
            os._exit(1)
        print(life, flush=True)
        os.waitpid(life, 0)


if __name__ == "__main__":
    main()
