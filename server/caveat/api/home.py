"""Where annotations live: what their names begin with.

In: settings and the catalogue, once; then a request. Out: a ``Home``. Without ``CAVEAT_PUBLIC_URL`` it is the
address that the server was asked under, which is right wherever it has only one.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from caveat.annotations.formats.web_annotation import Home
from caveat.catalogue import Catalogue
from caveat.config import Settings


def home_of(settings: Settings, catalogue: Catalogue) -> Callable[[], Home]:
    """Gives the home of the annotations for the request under way."""

    def home() -> Home:
        url = settings.public_url or request.host_url
        return Home(url.rstrip("/"), catalogue.signals, settings.rights)

    return home
