"""Waiting for a condition, never for a time.

In: something to ask again and again, how long it may take, and what it is, in words. Out: the first
answer that is neither None nor False. Goes wrong: `LateError`, which says what was waited for and the
last answer.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class LateError(AssertionError):
    """What was waited for did not happen in time."""


def until(ask: Callable[[], T | None], what: str, seconds: float = 15.0, pause: float = 0.03) -> T:
    """The first true answer of ``ask``."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer is not None and answer is not False:
            return answer
        if time.monotonic() > end:
            raise LateError(f"after {seconds:g} s there was still no {what}")
        time.sleep(pause)


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
