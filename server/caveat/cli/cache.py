"""``caveat cache``: what is kept, and forgetting it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from caveat.cli import streams
from caveat.cli.outcome import Incomplete

if TYPE_CHECKING:
    from caveat.cache.store import Store

EMBEDDED = (
    "REDIS_URL is not set: each server keeps its cache in its own memory, where nothing outside can see it. "
    "It is gone when the server stops."
)


@click.group()
def cache() -> None:
    """Look into the cache that servers share, or clear it.

    It is the Redis that REDIS_URL names. Without REDIS_URL a server keeps its cache in its own memory,
    where nothing outside can see it; it is gone when the server stops. Nothing kept there can tell who
    read what.

    \b
    Examples:
      REDIS_URL=redis://localhost:6379/0 caveat cache stats
      REDIS_URL=redis://localhost:6379/0 caveat cache clear
    """


@cache.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(form: str) -> None:
    """Count what is kept.

    \b
    Examples:
      caveat cache stats
      caveat cache stats --format json | jq .answers
    """
    import orjson

    with shared_store() as store:
        if store is None:
            click.echo('{"kind":"embedded"}' if form == "json" else EMBEDDED)
            return
        from caveat.cache import housekeeping

        found = asdict(housekeeping.stats(store))
    if form == "json":
        streams.write(orjson.dumps(found) + b"\n")
        return
    for name, value in found.items():
        click.echo(f"  {name:<8} {value:,}" if isinstance(value, int) else f"  {name:<8} {value}")


@cache.command()
def clear() -> None:
    """Forget all answers and blocks. Nothing else in that Redis is touched.

    \b
    Example:
      caveat cache clear
    """
    with shared_store() as store:
        if store is None:
            click.echo(EMBEDDED)
            return
        from caveat.cache import housekeeping

        click.echo(f"Forgot {housekeeping.clear(store):,} entries.")


@contextmanager
def shared_store() -> Iterator[Store | None]:
    """The store that servers share; None where there is none. Raises ``Incomplete``."""
    from caveat.config import ConfigError, Settings

    try:
        settings = Settings.from_environment(os.environ)
    except ConfigError as error:
        raise Incomplete(str(error)) from None
    if settings.redis_url is None:
        yield None
        return
    from caveat.cache.housekeeping import Unreachable, open_for_housekeeping
    from caveat.journal import journal

    store = open_for_housekeeping(settings, journal("error"))
    try:
        yield store
    except Unreachable as error:
        raise Incomplete(str(error)) from None
    finally:
        store.close()
