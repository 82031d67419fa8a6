"""An answer that is the same for everyone until the program changes.

In: JSON bytes, once. Out: a response with a strong ETag, or 304 for a client that already has it.
"""

from __future__ import annotations

from hashlib import blake2b

from flask import Request, Response


class FixedAnswer:
    """JSON bytes and their ETag."""

    def __init__(self, document: bytes) -> None:
        self.document = document
        self.etag = blake2b(document, digest_size=16).hexdigest()

    def to(self, request: Request) -> Response:
        """The answer to this request."""
        response = Response(self.document, content_type="application/json")
        response.set_etag(self.etag)
        response.headers["Cache-Control"] = "no-cache"  # keep it, but ask whether it is still right
        response.make_conditional(request)
        return response
