"""The application: wires the parts together, and nothing else.

In: settings, and a reader where one is already loaded. Out: a Flask app that any WSGI server runs. What
can go wrong: ``ModelMissing`` where no reader is handed in and no model is installed, ``DatabaseError``
where the store of annotations cannot be opened.

Make the app before the server forks and its workers share the model's memory. Connections and timers
are opened at the first request, in the process that uses them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from caveat import api, web
from caveat.annotations.ranker import Ranker
from caveat.api import edge, health, limits, origins, protocol
from caveat.api.acting import Acting
from caveat.api.home import home_of
from caveat.api.limits import FirstTime
from caveat.api.lookups import Lookups
from caveat.api.metrics import Metrics
from caveat.api.throttle import Throttle
from caveat.cache.answers import Answers
from caveat.cache.store import Store, open_store
from caveat.config import Settings
from caveat.database import IN_MEMORY, Database, open_database, schema
from caveat.journal import Journal, journal
from caveat.reading import Reader
from caveat.web import account, annotation, connect, desk, dumps, entrance, own, provider

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@dataclass(frozen=True)
class Parts:
    """What an application is made of, at ``app.extensions["caveat"]``."""

    settings: Settings
    reader: Reader
    store: Store
    database: Database
    answers: Answers
    lookups: Lookups
    ranker: Ranker
    metrics: Metrics
    openapi: bytes

    def close(self) -> None:
        """End threads and connections."""
        self.ranker.close()
        self.store.close()
        self.database.close()


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Caveat(Flask):
    """Flask that journals what broke without the words of the exception: they may quote the article."""

    diary: Journal

    def log_exception(self, exc_info: Any) -> None:
        raised: _Raised = exc_info
        kind, _, trace = raised
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "?"
        self.diary.error("exception", kind=kind.__name__ if kind else "?", where=where)


def create_app(
    settings: Settings,
    reader: Reader | None = None,
    diary: Journal | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Flask:
    """The application for these settings."""
    app = Caveat("caveat", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.diary = diary = diary or journal(settings.log_level)
    reader = reader or Reader.load(settings.model, settings.data_folder)
    for table in reader.facts.status:
        if table.trouble:
            diary.warning("facts_left_aside", table=table.table, why=table.trouble)
    metrics = Metrics()
    store = open_store(settings.redis_url, settings.cache_ttl, settings.cache_memory, metrics, diary)
    database = open_database(settings.store_address)
    schema.upgrade(database)
    if settings.store_address != IN_MEMORY:
        database.close()  # a worker opens its own
    answers = Answers(reader, store, metrics, places=max(1, settings.threads // 2))

    edge.attend(app, metrics, diary)
    origins.allow_extensions(app, settings.chrome_extension_ids)
    limits.limit(app, store, settings.rate_limit)
    lookups = Lookups(database, store, metrics)
    acting = Acting(database, clock)
    ranker = Ranker(database, clock, lookups.forget, diary)
    app.before_request(ranker.attend)
    openapi = api.register(
        app,
        settings,
        answers,
        reader.catalogue,
        metrics,
        metrics.not_useful,
        acting,
        lookups,
        FirstTime(store),
    )
    app.register_blueprint(health.blueprint(reader, store, metrics))
    home = home_of(settings, reader.catalogue)
    app.register_blueprint(protocol.blueprint(acting, lookups, home))
    app.register_blueprint(annotation.blueprint(database, home, clock))
    app.register_blueprint(dumps.blueprint(settings.dump_folder))
    app.register_blueprint(web.blueprint(openapi))
    _let_people_in(app, settings, database, Throttle(store), lookups)
    app.register_blueprint(own.blueprint(database, lookups.forget, clock))
    app.register_blueprint(desk.blueprint(database, lookups.forget))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.extensions["caveat"] = Parts(
        settings, reader, store, database, answers, lookups, ranker, metrics, openapi
    )
    return app


def _let_people_in(
    app: Flask, settings: Settings, database: Database, throttle: Throttle, lookups: Lookups
) -> None:
    has_provider = settings.oidc_issuer is not None
    app.register_blueprint(entrance.blueprint(database, throttle, has_provider))
    app.register_blueprint(account.blueprint(database, throttle, has_provider, lookups.forget))
    app.register_blueprint(connect.blueprint(database, settings.chrome_extension_ids))
    app.register_blueprint(connect.endpoints(database))
    if has_provider:
        app.register_blueprint(provider.blueprint(app, database, settings))
