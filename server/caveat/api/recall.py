"""Requests seen before: the same bytes lead to the same analysis, so they need no second checking.

In: a request. Out: the content key it led to, where this process has answered the same bytes before.
An article that is in the news is asked for many times, and each reader's browser sends the same bytes;
parsing and checking them was a quarter of the work of an answer that is already known.

Only digests are remembered, only in memory, and the longest unused are forgotten first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from hashlib import blake2b

from flask import Request

_MOST = 4_096  # requests; with keys and bookkeeping about a megabyte
_SHAPES = ("Content-Type", "Content-Encoding")  # what, beside body and query, decides how a request is read


class Recall:
    """The content keys of requests that were found right, by a digest of what was sent."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._keys: OrderedDict[bytes, str] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, seen: bytes) -> str | None:
        """The content key of a request seen before."""
        with self._lock:
            key = self._keys.get(seen)
            if key is not None:
                self._keys.move_to_end(seen)
            return key

    def keep(self, seen: bytes, key: str) -> None:
        """Remember what a request led to."""
        with self._lock:
            self._keys[seen] = key
            if len(self._keys) > self._most:
                self._keys.popitem(last=False)


def digest(request: Request) -> bytes:
    """All that an answer depends on, as 20 bytes. Raises 413 for a body over the limit."""
    shape = "\0".join(request.headers.get(name, "") for name in _SHAPES)
    head = f"{shape}\0{request.query_string.decode('latin-1')}\0".encode()
    return blake2b(head + request.get_data(), digest_size=20).digest()
