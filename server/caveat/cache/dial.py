"""Opening a client: Redis, Redis Cluster, or the embedded stand-in.

In: ``REDIS_URL`` (``redis://``, ``rediss://``, ``unix://``, and with ``+cluster`` a Redis Cluster,
of which one or several nodes are named: ``redis+cluster://a:7001,b:7002``). Out: a client that has
just answered. What can go wrong: whatever redis-py raises; ``Line`` takes care of it.

Timeouts are short, because an answer that comes late is worth less than reading the article again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import fakeredis
from redis import Redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import ClusterDownError
from redis.retry import Retry

from caveat.cache.line import Client

CONNECT_SECONDS = 0.25  # a network's worth of packets; a host that is up answers in one
ANSWER_SECONDS = 0.5  # the answer is at most some hundred KB; above it Redis is in trouble

_DEFAULT_PORT = 6379


def dialler(url: str) -> Callable[[], Client]:
    """How to open a client for ``url``."""
    if urlsplit(url).scheme.endswith("+cluster"):
        return lambda: _cluster(url)
    return lambda: _single(url)


def embedded() -> Client:
    """A Redis within this process: the same commands, nothing shared with any other process."""
    return fakeredis.FakeRedis(server=fakeredis.FakeServer())


def _options() -> dict[str, Any]:
    # No retries: a second attempt costs a reader's time, and the line is opened again behind the scenes.
    return {
        "socket_timeout": ANSWER_SECONDS,
        "socket_connect_timeout": CONNECT_SECONDS,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,  # as quick as 3 for these commands, and understood by every Redis
    }


def _single(url: str) -> Client:
    client = Redis.from_url(url, **_options())
    try:
        client.ping()
    except BaseException:
        client.close()
        raise
    return client


def _cluster(url: str) -> Client:
    parts = urlsplit(url)
    nodes = []
    for address in parts.netloc.rpartition("@")[2].split(","):
        host, _, port = address.rpartition(":") if not address.endswith("]") else (address, "", "")
        host, port = (host, port) if host else (address, "")
        node: Any = ClusterNode(host.strip("[]"), int(port or _DEFAULT_PORT))  # type: ignore[no-untyped-call]
        nodes.append(node)
    login: dict[str, Any] = {
        name: unquote(value)
        for name, value in (("username", parts.username), ("password", parts.password))
        if value
    }
    client = RedisCluster(startup_nodes=nodes, ssl=parts.scheme.startswith("rediss"), **login, **_options())
    try:
        # A cluster that is electing a new master lets itself be opened and then refuses keys.
        if client.cluster_info().get("cluster_state") != "ok":
            raise ClusterDownError("CLUSTERDOWN The cluster is not ready")
    except BaseException:
        client.close()
        raise
    return client
