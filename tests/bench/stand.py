"""A server to measure against, on the settings of ``caveat serve``: ``stand.py hello|get|lazy PORT``.

``hello`` answers a greeting from plain Flask, ``get`` one that it asks of the Redis of REDIS_URL; ``lazy`` is
Caveat without preloading, each worker with a model of its own.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import redis
from flask import Flask

from caveat.cli.serving import Server, listen
from caveat.config import Settings


class Hello(Server):
    """Plain Flask."""

    def load(self) -> Any:
        app = Flask("hello")
        app.add_url_rule("/", "hello", lambda: "Hello, reader!")
        return app


class Get(Server):
    """Plain Flask, and one GET of a fixed string."""

    def load(self) -> Any:
        app = Flask("get")
        store = redis.Redis.from_url(os.environ["REDIS_URL"])
        store.set("greeting", "Hello, reader!")
        store.close()
        app.add_url_rule("/", "get", lambda: str(store.get("greeting")))
        return app


class Lazy(Server):
    """Caveat, loaded in each worker."""

    def _configuration(self) -> dict[str, Any]:
        return super()._configuration() | {"preload_app": False}


if __name__ == "__main__":
    settings = Settings.from_environment(os.environ | {"CAVEAT_PORT": sys.argv[2]})
    kind = {"hello": Hello, "get": Get, "lazy": Lazy}[sys.argv[1]]
    kind(settings, listen(settings.host, settings.port), lambda: None).run()
