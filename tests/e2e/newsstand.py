"""The whole internet of the tests: an HTTP proxy that serves our pages and nothing else.

In: folders of pages, each under an invented host. Out: the pages, and a record of everything else
that a browser asked for, whoever in the browser asked: a page, the extension's worker, the browser
itself. Pages live on hosts with ordinary names because the extension rightly refuses to read
loopback. Every answer forbids the page to load anything from elsewhere, so an entry in `outside` is
a leak and not a page's own advertisement. Goes wrong: a path that does not exist is a 404; any other
host is a 502; https is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Inline code of the page may run, as on the reader's machine; what it would fetch from elsewhere may not.
STAY_HOME = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'none'; frame-src 'none'"
)
STRICT = "default-src 'none'; require-trusted-types-for 'script'"
# What the browsers ask their makers for, whatever the profile says. Not the extension, not the page.
MAKERS = (
    "update.googleapis.com",
    "clients2.google.com",
    "accounts.google.com",
    ".services.mozilla.com",
    "aus5.mozilla.org",
)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
}


class Newsstand:
    """Serves pages through a proxy on a loopback port, and remembers who asked for anything else."""

    def __init__(self, hosts: Mapping[str, Path]) -> None:
        self.hosts = dict(hosts)
        self.served: list[str] = []
        self.outside: list[str] = []
        self.makers: list[str] = []
        self.expected: set[str] = set()  # hosts that the reader goes to on purpose
        self.visited: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def note(self, asked: str, host: str) -> None:
        """Keep a request to a host that is not on the stand."""
        record = self.makers if host.endswith(MAKERS) else self.outside
        (self.visited if host in self.expected else record).append(asked)

    def find(self, url: str) -> Path | None:
        """The file behind a URL, or None."""
        parts = urlsplit(url)
        folder = self.hosts.get(parts.hostname or "")
        if folder is None:
            return None
        path = parts.path.lstrip("/")
        file = (folder / (path + "source.html" if path.endswith("/") else path)).resolve()
        return file if file.is_file() and file.is_relative_to(folder.resolve()) else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_GET(self) -> None:
                host = urlsplit(self.path).hostname
                if host not in stand.hosts:
                    stand.note(self.path, host or "")
                    self._answer(502, b"", {})
                    return
                if urlsplit(self.path).path == "/favicon.ico":
                    self._answer(204, b"", {})
                    return
                stand.served.append(self.path)
                file = stand.find(self.path)
                if file is None:
                    self._answer(404, b"<!doctype html><title>Not here</title>", {})
                    return
                policy = STRICT if file.stem.startswith("strict") else STAY_HOME
                if file.stem == "frame":
                    policy = policy.replace("frame-src 'none'", "frame-src 'self' http://courier.example")
                headers = {
                    "Content-Security-Policy": policy,
                    "Content-Type": TYPES.get(file.suffix, "text/html"),
                }
                self._answer(200, file.read_bytes(), headers)

            def do_POST(self) -> None:
                host = self.path.split(":")[0] if self.command == "CONNECT" else urlsplit(self.path).hostname
                stand.note(f"{self.command} {self.path}", host or "")
                self._answer(502, b"", {})
                self.close_connection = True

            do_CONNECT = do_PUT = do_OPTIONS = do_HEAD = do_POST  # noqa: N815 (http.server names them)

            def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
                self.send_response(status)
                for name, value in {
                    **headers,
                    "Content-Length": str(len(body)),
                    "Cache-Control": "no-cache",  # asked for anew, but a page that is left may be put by
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        return Handler
