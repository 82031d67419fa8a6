"""The application: wires the parts together, and nothing else.

In: settings, and a reader where one is already loaded. Out: a Flask app that any WSGI server runs. What
can go wrong: ``ModelMissing`` where no reader is handed in and no model is installed.

Make the app before the server forks and its workers share the model's memory; connections and
timers are opened later, in the process that uses them.
"""

from __future__ import annotations

from flask import Flask

from caveat import api, web
from caveat.cache.answers import Answers
from caveat.config import Settings
from caveat.reading import Reader


def create_app(settings: Settings, reader: Reader | None = None) -> Flask:
    """The application for these settings."""
    reader = reader or Reader.load(settings.model)
    app = Flask("caveat", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.json.sort_keys = False  # type: ignore[attr-defined]
    answers = Answers(reader)
    api.register(app, settings, answers, reader.catalogue)
    app.register_blueprint(web.blueprint())
    return app
