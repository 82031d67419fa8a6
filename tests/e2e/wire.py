"""The wire between a browser and the server, with a tap on it.

In: the address of a real server. Out: an address that answers exactly as the server does, and a list
of `Exchange`s: what was sent and what came back, byte for byte. The wire can be cut and mended on the
same port, which to a browser is a server that is down and comes back. It can also answer a question
itself, as a server might that means no good. Goes wrong: nothing of its own; a server that does not
answer is a 502.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEPT_BACK = {"host", "connection", "content-length", "transfer-encoding", "server", "date", "keep-alive"}


@dataclass(frozen=True)
class Exchange:
    """One request and its answer."""

    method: str
    path: str
    headers: dict[str, str]
    sent: bytes
    status: int
    received: bytes = field(repr=False)

    @property
    def question(self) -> Any:
        return json.loads(self.sent)

    @property
    def answer(self) -> Any:
        return json.loads(self.received)


@dataclass(frozen=True)
class Played:
    """An answer that no server gave."""

    status: int
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()


class Wire:
    """A recording relay in front of the server."""

    def __init__(self, server_port: int, port: int = 0) -> None:
        self.server_port = server_port
        self.exchanges: list[Exchange] = []
        self.invented: Callable[[Any], bytes] | None = None
        """Answers each question that carries a text, in the server's stead."""
        self.played: Callable[[Exchange], Played | None] | None = None
        """Answers what it knows, of any method and path; what it gives None for goes to the server."""
        self.relay: ThreadingHTTPServer | None = None
        self.port = port  # 0: any that is free
        self.mend()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def analyses(self) -> list[Exchange]:
        """The requests that carried a text."""
        return [e for e in self.exchanges if e.method == "POST"]

    def mend(self) -> None:
        """Answer, on the same port as before."""
        if self.relay is None:
            self.relay = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
            self.relay.daemon_threads = True
            self.port = int(self.relay.server_address[1])
            threading.Thread(
                target=self.relay.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
            ).start()

    def cut(self) -> None:
        """Listen no more: the next connection is refused."""
        if self.relay is not None:
            self.relay.shutdown()
            self.relay.server_close()
            self.relay = None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        wire = self

        class Handler(BaseHTTPRequestHandler):
            # One request a connection, so that a cut wire has no connection left that still works.
            protocol_version = "HTTP/1.0"
            timeout = 60

            def relay(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked = {k: v for k, v in self.headers.items() if k.lower() not in KEPT_BACK}
                asking = Exchange(self.command, self.path, asked, sent, 0, b"")
                if wire.played and (played := wire.played(asking)):
                    body = b"" if played.body is None else json.dumps(played.body).encode()
                    headers = [("Content-Type", "application/json"), *played.headers]
                    self.answer(replace(asking, status=played.status, received=body), headers)
                    return
                if self.command == "POST" and wire.invented:
                    received = wire.invented(json.loads(sent))
                    headers = [("Content-Type", "application/json")]
                    self.answer(Exchange(self.command, self.path, asked, sent, 200, received), headers)
                    return
                try:
                    server = http.client.HTTPConnection("127.0.0.1", wire.server_port, timeout=60)
                    server.request(self.command, self.path, sent or None, asked)
                    answer = server.getresponse()
                    status, received = answer.status, answer.read()
                    headers = [(k, v) for k, v in answer.getheaders() if k.lower() not in KEPT_BACK]
                    server.close()
                except OSError as error:
                    status, received, headers = 502, str(error).encode(), []
                self.answer(Exchange(self.command, self.path, asked, sent, status, received), headers)

            def answer(self, exchange: Exchange, headers: list[tuple[str, str]]) -> None:
                wire.exchanges.append(exchange)
                self.send_response_only(exchange.status)
                for name, value in [*headers, ("Content-Length", str(len(exchange.received)))]:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(exchange.received)

            do_GET = do_POST = do_OPTIONS = do_HEAD = relay  # noqa: N815 (http.server)
            do_PUT = do_PATCH = do_DELETE = relay  # noqa: N815

            def log_message(self, *args: Any) -> None:
                pass

        return Handler
