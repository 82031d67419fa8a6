"""How often one address, and one token, may ask: flask-limiter, counting in the cache's store.

In: a limit such as "60 per minute", and the store. Out: every request that may change or cost something
(POST, PUT, PATCH, DELETE) is counted, route by route, once for its address and once for the token it sends,
if any; 429 with ``Retry-After`` where the limit is gone over. A store that does not answer is no error: this
process then counts for itself. How much an account may write a day is the services' to say, not this.

What is counted is not the address or the token but a keyed digest of it. The key is made when the application
is, shared by its workers and written nowhere, and a count is gone when its window is: nothing in
Redis says who asked.
"""

from __future__ import annotations

import ipaddress
import secrets
import time
from hashlib import blake2b
from typing import Any

from flask import Flask, request
from flask_limiter import Limit, Limiter
from flask_limiter.errors import RateLimitExceeded
from limits.storage import MemoryStorage, Storage

from caveat.api.problems import Problem, answer
from caveat.cache.keys import LIMIT
from caveat.cache.store import Store

_SCHEME = "caveat"
_COUNTED = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_DAY = 24 * 3600


class StoreStorage(Storage):
    """Windows of counts in the cache's store, through its line: one connection, one circuit breaker."""

    STORAGE_SCHEME = [_SCHEME]  # noqa: RUF012 - as limits declares it

    def __init__(self, uri: str | None = None, *, store: Store, **options: Any) -> None:
        super().__init__(uri, **options)
        self._store = store
        self._own = MemoryStorage()

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """None: a store that fails counts here."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count in a window; gives the count."""
        count = self._store.count(LIMIT + key, amount, expiry) if self._store.shared else None
        return self._own.incr(key, expiry, amount) if count is None else count

    def get(self, key: str) -> int:
        """The count in a window."""
        counted = self._store.counted(LIMIT + key) if self._store.shared else None
        return self._own.get(key) if counted is None else counted[0]

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since the epoch."""
        counted = self._store.counted(LIMIT + key) if self._store.shared else None
        return self._own.get_expiry(key) if counted is None else time.time() + counted[1]

    def check(self) -> bool:
        """Always healthy: see ``incr``."""
        return True

    def reset(self) -> int | None:
        """Not offered: counts end by themselves."""
        raise NotImplementedError

    def clear(self, key: str) -> None:
        """Forget a window."""
        self._own.clear(key)
        self._store.forget([LIMIT + key])


class FirstTime:
    """Whether an address does something for the first time within a day."""

    def __init__(self, store: Store) -> None:
        self._storage = StoreStorage(store=store)
        self._key = secrets.token_bytes(16)

    def __call__(self, what: str) -> bool:
        """Counts it too. ``what`` is one of our own words."""
        asker = _digest(f"{what} {_network(request.remote_addr or '')}", self._key)
        return self._storage.incr(f"first:{asker}", _DAY) == 1


def limit(app: Flask, store: Store, rate: str | None) -> None:
    """Limit what costs something on ``app``, on every route. None is no limit."""
    if rate is None:
        return
    key = secrets.token_bytes(16)
    limiter = Limiter(
        lambda: _digest(_network(request.remote_addr or ""), key),
        # For all routes at once rather than by decorators, with which the library looks at a request twice.
        default_limits=[
            rate,
            Limit(
                rate,
                key_function=lambda: _digest(request.headers.get("Authorization", ""), key),
                exempt_when=lambda: "Authorization" not in request.headers,
            ),
        ],
        storage_uri=f"{_SCHEME}://",
        storage_options={"store": store},  # type: ignore[dict-item]
        strategy="fixed-window",  # one round trip; a moving window takes a list of every request
    )
    limiter.init_app(app)
    limiter.request_filter(lambda: request.method not in _COUNTED)

    def too_many(error: RateLimitExceeded) -> Any:
        current = limiter.current_limit
        window = current.limit.get_expiry() if current else 60
        # A window ends on a full second, which may be one more than it is long.
        wait = min(window, max(1, round(current.reset_at - time.time()))) if current else window
        return answer(
            Problem(
                429,
                f"The limit is {error.limit.limit if error.limit else rate} for one address or token. "
                f"Try again in {wait} seconds.",
                headers={"Retry-After": str(wait)},
            )
        )

    app.register_error_handler(RateLimitExceeded, too_many)


def _digest(who: str, key: bytes) -> str:
    return blake2b(who.encode("latin-1", "replace"), key=key, digest_size=12).hexdigest()


def _network(address: str) -> str:
    """Who counts as one: an IPv4 address, or the /64 that a household gets of IPv6."""
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((parsed, 64), strict=False).network_address)


def network() -> str:
    """Where the request comes from: what counts as one address."""
    return _network(request.remote_addr or "")
