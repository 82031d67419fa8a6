"""What the cache counts, and for whom.

The cache knows no metrics library: it tells a ``Tally``, and the API's is Prometheus. ``Silent`` is for
those who do not count, like the command line.
"""

from __future__ import annotations

from typing import Literal, Protocol

Layer = Literal["request", "article", "block", "pages"]
Outcome = Literal["hit", "miss", "damaged"]


class Tally(Protocol):
    """Told of what happens in the cache, as it happens."""

    def looked_up(self, layer: Layer, outcome: Outcome, times: int = 1) -> None:
        """A kept value was looked for. ``damaged``: it was there, and could not be used."""

    def failed(self, what: str) -> None:
        """The store did not answer ``what``; it was treated as a miss."""

    def followed(self) -> None:
        """A request waited for another's reading of the same article instead of reading it too."""

    def read(self, seconds: float, words: int) -> None:
        """Blocks were read by the engine."""


class Silent:
    """A tally that nobody looks at."""

    def looked_up(self, layer: Layer, outcome: Outcome, times: int = 1) -> None:
        """Nothing."""

    def failed(self, what: str) -> None:
        """Nothing."""

    def followed(self) -> None:
        """Nothing."""

    def read(self, seconds: float, words: int) -> None:
        """Nothing."""
