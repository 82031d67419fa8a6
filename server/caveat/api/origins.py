"""Which pages of other origins a browser lets read our answers: the extension's own, and no others.

In: the Chrome ids of the settings. Out: CORS headers under ``/api/``
and where the extension fetches its token. A Chrome extension's id is
the same for everyone who installs it and is named exactly; Firefox makes a new one for every
installation, so any well-formed one will do: only an installed extension has such an origin.
"""

from __future__ import annotations

import re

from flask import Flask
from flask_cors import CORS

# flask-cors matches from the start only, so the pattern says where it ends.
_FIREFOX = re.compile(r"moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


def allow_extensions(app: Flask, chrome_ids: tuple[str, ...]) -> None:
    """Let extension pages read the API's answers."""
    CORS(
        app,
        resources={r"/api/.*": {}, r"/connect/(token|revoke)\Z": {}},
        origins=[_FIREFOX, *(f"chrome-extension://{id_}" for id_ in chrome_ids)],
        methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "If-Match", "If-None-Match"],
        expose_headers=["ETag", "Location", "Retry-After"],
        max_age=3600,
        always_send=False,  # no Origin, no header
        vary_header=False,  # it would vary only for those it allows; edge.py does for all
        allow_private_network=True,  # the server is usually on this machine
    )
