"""Columns of the store as arrays, which is how the ranking reads it.

In: what a query of plain columns finds. Out: an array with a field for each. No row is kept, so that two
million ratings take their 40 MB and no more. What can go wrong: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Double, Result
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

Table = NDArray[np.void]
_ROWS = 50_000  # read at once
IN_PARTS = {"yield_per": _ROWS}
"""For the connection that executes: a session's way of reading takes twice as long for millions of rows."""


class epoch(GenericFunction[float]):  # noqa: N801 - written like the function of SQL that it is
    """A moment as Unix seconds, which is how the ranking counts time: to the microsecond what Python's
    ``timestamp`` gives, so that what was written a moment ago compares equal to what is read."""

    type = Double()
    inherit_cache = True


@compiles(epoch, "postgresql")
def _epoch_postgresql(element: epoch, compiler: Any, **options: Any) -> str:
    return f"CAST(EXTRACT(epoch FROM {compiler.process(element.clauses, **options)}) AS DOUBLE PRECISION)"


@compiles(epoch, "sqlite")
def _epoch_sqlite(element: epoch, compiler: Any, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"(strftime('%s', {moment}) + CAST(substr({moment}, 20) AS REAL))"  # whole seconds, ".123456"


def table(
    found: Result[*tuple[Any, ...]], fields: np.dtype[np.void], row: Callable[[Any], Sequence[Any]] = tuple
) -> Table:
    """What a query found, its columns turned into ``fields`` by ``row``; None is nan where numbers are."""
    parts = [np.array([row(each) for each in rows], fields) for rows in found.partitions(_ROWS)]
    return np.concatenate(parts) if parts else np.zeros(0, fields)


def is_close(old: NDArray[np.float64], new: NDArray[np.float64], close: float) -> NDArray[np.bool_]:
    """Where two numbers differ by less than ``close``, or both are nan."""
    neither = np.isnan(old) & np.isnan(new)
    return neither | (np.abs(old - new) < close)
