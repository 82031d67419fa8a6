"""A real `caveat serve` for the tests.

In: nothing; the command is the one beside the Python that runs the tests. Out: the port of a server
with the real engine, ready to answer. Goes wrong: a server that dies or is not ready in time fails
with what it wrote.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from caveat.database import IN_MEMORY

from .waiting import free_port, until

COMMAND = Path(sys.executable).with_name("caveat")


@contextlib.contextmanager
def serving(**settings: str) -> Iterator[int]:
    """Start the server on a free loopback port without a rate limit."""
    port = free_port()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CAVEAT_", "REDIS_", "DATABASE_"))}
    env = clean | {"CAVEAT_PORT": str(port), "CAVEAT_RATE_LIMIT": "off", "DATABASE_URL": IN_MEMORY} | settings
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [COMMAND, "serve"], env=env, stdout=log, stderr=log, start_new_session=True
        )
        try:
            until(
                lambda: _ready(port) or _dead(process), "server that answers /readyz", seconds=60, pause=0.1
            )
            if process.poll() is not None:
                log.seek(0)
                raise RuntimeError(
                    f"caveat serve ended with {process.returncode}:\n{log.read().decode()[-2000:]}"
                )
            yield port
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _dead(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None
