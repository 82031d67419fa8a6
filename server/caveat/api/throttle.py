"""How often what must not be guessed may be tried: passwords, codes.

In: what is tried, by or on whom, and a rate. Out: the seconds to wait. Counted in the cache's store as
``limits`` counts requests, by keyed digests, and whatever the limit for requests is.
"""

from __future__ import annotations

import secrets
import time
from hashlib import blake2b

from limits import parse
from limits.strategies import FixedWindowRateLimiter

from caveat.api.limits import StoreStorage
from caveat.cache.store import Store


class Throttle:
    """Attempts at what must not be guessed, counted."""

    def __init__(self, store: Store) -> None:
        self._windows = FixedWindowRateLimiter(StoreStorage(store=store))
        self._secret = secrets.token_bytes(16)

    def wait(self, what: str, who: str, rate: str) -> int:
        """Count an attempt at ``what`` by or on ``who``; gives the seconds to wait, 0 for none."""
        key = blake2b(who.encode("utf-8", "replace"), key=self._secret, digest_size=12).hexdigest()
        allowed = parse(rate)
        if self._windows.hit(allowed, what, key):
            return 0
        ends = self._windows.get_window_stats(allowed, what, key).reset_time
        return min(allowed.get_expiry(), max(1, round(ends - time.time())))
