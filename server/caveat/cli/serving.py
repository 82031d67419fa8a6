"""The server's process: gunicorn around the application.

In: settings, a listening socket, and what to say when the server is ready. Out: it runs until it is
told to stop (Ctrl-C or SIGTERM: requests under way are answered first). The application is made once,
before workers are forked, so that they share the language model's memory. With ``reload`` it is made
anew in the worker whenever a file of the package changes.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

import caveat
from caveat.article import Article
from caveat.cli.outcome import Incomplete
from caveat.config import Settings

# A first reading fills spaCy's caches, so that the first reader does not wait for them.
WARM_UP = (
    "Many experts say so.\nThe council approved the plan on 4 May, according to Mara Teale, who chairs it."
)

ANSWER_TIME = 120  # seconds a worker may be stuck before it is replaced: far above the longest reading
GRACE = 30  # seconds that requests under way are given when the server stops
FIGURES = "PROMETHEUS_MULTIPROC_DIR"
KEEP_ALIVE = 30  # seconds; an idle connection holds no thread


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, before anything slow begins. Raises ``Incomplete``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise Incomplete(_why_not(error, host, port)) from None
    bound = socket.socket(found[0], found[1])
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(found[4])
        bound.listen(2048)
    except OSError as error:
        bound.close()
        raise Incomplete(_why_not(error, host, port)) from None
    return bound


def _why_not(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror):
        return f"There is no host {host!r} to listen on. Use --host 127.0.0.1, or 0.0.0.0 for all addresses."
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use, perhaps by an earlier `caveat serve`"
            + (" (on macOS, by AirPlay Receiver)" if sys.platform == "darwin" and port == 5000 else "")
            + f". Stop that, or choose another: caveat serve --port {port + 1 if port < 65_535 else 8000}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is for the administrator. Choose one above 1023: caveat serve --port 5000"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"This machine has no address {host}. Use --host 127.0.0.1, or 0.0.0.0 for all addresses."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}."


class Server(BaseApplication):
    """gunicorn with our settings; its own settings files and variables are not read."""

    def __init__(
        self,
        settings: Settings,
        bound: socket.socket,
        when_ready: Callable[[], None],
        *,
        reload: bool = False,
    ) -> None:
        self._settings = settings
        self._bound = bound
        self._when_ready = when_ready
        self._reload = reload
        self._figures: str | None = None  # a folder of ours, removed when the last worker has gone
        if settings.workers > 1 and FIGURES not in os.environ:
            # Figures in files that the workers share, so that any of them answers for all. The library looks
            # for the folder when it is imported, which the application does later.
            self._figures = os.environ[FIGURES] = tempfile.mkdtemp(prefix="caveat-figures-")
        super().__init__()  # type: ignore[no-untyped-call]

    def load_config(self) -> None:
        for name, value in self._configuration().items():
            self.cfg.set(name, value)  # type: ignore[union-attr]

    def _configuration(self) -> dict[str, Any]:
        settings = self._settings
        configuration: dict[str, Any] = {
            "bind": f"fd://{self._bound.detach()}",
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": "gthread",
            "preload_app": not self._reload,
            "timeout": ANSWER_TIME,
            "graceful_timeout": GRACE,
            "keepalive": KEEP_ALIVE,
            "control_socket_disable": True,
            # Its notices of every start and signal would bury ours; what goes wrong is still said.
            "loglevel": "debug" if settings.log_level == "debug" else "warning",
            "when_ready": lambda _: self._when_ready(),
            "child_exit": _forget_figures,
            "on_exit": self._last_gone,
            "proc_name": "caveat",
        }
        if Path("/dev/shm").is_dir():  # noqa: S108  # heartbeats in memory: a slow disk must not look like a dead worker
            configuration["worker_tmp_dir"] = "/dev/shm"  # noqa: S108
        if self._reload:
            configuration |= {"reload": True, "reload_extra_files": _data_files()}
        return configuration

    def _last_gone(self, _arbiter: Any) -> None:
        if self._figures:
            shutil.rmtree(self._figures, ignore_errors=True)

    def load(self) -> Any:
        """The application, warmed."""
        if self._reload:
            # This process is a copy of one that had imported the package before it was changed.
            for name in [name for name in sys.modules if name.split(".")[0] == "caveat"]:
                del sys.modules[name]
        reading = importlib.import_module("caveat.reading")
        app = importlib.import_module("caveat.app")
        database = importlib.import_module("caveat.database")
        try:
            reader = reading.Reader.load(self._settings.model, self._settings.data_folder)
        except reading.ModelMissing as error:
            raise Incomplete(str(error)) from None
        reader.analyse(Article(WARM_UP))
        try:
            application = app.create_app(self._settings, reader)
        except database.DatabaseError as error:
            raise Incomplete(str(error)) from None
        if not self._reload:
            # What exists now is left alone by the collector, so that its pages stay shared with the workers.
            gc.collect()
            gc.freeze()
        return application


def _forget_figures(_arbiter: Any, worker: Any) -> None:
    if FIGURES in os.environ:
        importlib.import_module("prometheus_client.multiprocess").mark_process_dead(worker.pid)


def _data_files() -> list[str]:
    package = Path(caveat.__file__).parent
    return [str(file) for file in package.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")]
