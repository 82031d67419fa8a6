"""The store of what people write: one schema for SQLite and PostgreSQL.

In: an address such as ``sqlite:////var/lib/caveat/caveat.db``. Out: a ``Database`` whose ``begin`` and
``read`` give sessions. What can go wrong: ``DatabaseError`` and its kinds, each with what to do about it.
Knows no other room; their tables derive from ``Base``.
"""

from caveat.database.base import Base, UtcTime
from caveat.database.faults import Busy, DatabaseError, Full, Unreachable, WrongSchema
from caveat.database.opening import IN_MEMORY, Database, open_database

__all__ = [
    "IN_MEMORY",
    "Base",
    "Busy",
    "Database",
    "DatabaseError",
    "Full",
    "Unreachable",
    "UtcTime",
    "WrongSchema",
    "open_database",
]
