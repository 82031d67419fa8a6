"""What a table says about itself: how old it is, where it comes from, and what to do when it is old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SHIPPED = "ships with Caveat"
OLD = 180  # days; heads of government change about once in three years, so by then some of sixty have


@dataclass(frozen=True, slots=True)
class TableStatus:
    """One table of facts, for a person who wonders whether to trust it."""

    table: str
    version: str
    rows: int
    as_of: date | None  # the newest day that anything in it is vouched for
    complete_to: date | None  # the day until which all of it is: later than that, parts are not checked
    taken_from: str  # the file that is used, or that it ships with the package
    sources: str
    licence: str
    trouble: str = ""  # why a newer file is not used

    def age(self, today: date) -> int | None:
        """Days since ``as_of``."""
        return None if self.as_of is None else (today - self.as_of).days

    def advice(self, today: date, how: str) -> str:
        """What to do about it, if anything; ``how`` is the way to a newer table."""
        if self.trouble:
            return f"A newer file cannot be used: {self.trouble}. Build it again, or remove it."
        if not self.rows:
            return how
        age = self.age(today)
        if age is not None and age > OLD:
            limit = "" if self.complete_to is None else ", and later articles are not checked"
            return f"It is {age} days old{limit}. {how}"
        return ""
