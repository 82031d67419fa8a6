"""``caveat cache``: what is kept, and forgetting it."""

from __future__ import annotations

import click


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
