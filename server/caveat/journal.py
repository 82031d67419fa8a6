"""The journal: one line of JSON for each thing that happened, on standard error.

In: an event and plain values about it: sizes, timings, counts, the route's pattern. Never a text,
never a page's address, never who asked: what is not written down cannot tell who read what. Out: a
logger that is handed to whoever needs it; nothing global is configured.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, BinaryIO, cast

import orjson
import structlog
from structlog.typing import FilteringBoundLogger

Journal = FilteringBoundLogger

_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def journal(level: str, stream: BinaryIO | None = None) -> Journal:
    """A logger that writes events of ``level`` and above."""
    return cast(
        Journal,
        structlog.wrap_logger(
            structlog.BytesLogger(cast(Any, stream or sys.stderr.buffer)),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(serializer=_encode),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
            cache_logger_on_first_use=True,
        ).bind(),
    )


def _encode(event: dict[str, Any], **_: Any) -> bytes:
    return orjson.dumps(event)
