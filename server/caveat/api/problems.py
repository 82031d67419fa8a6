"""Problem details (RFC 9457): the one shape of every error the server gives.

In: any HTTP error, raised by Flask, by smorest or by us. Out: ``application/problem+json`` that names
the field and the limit. Never a stack trace, and never a word of what was sent: messages are ours,
and a field's name is shown only where it is one of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

import orjson
from flask import Flask, Response, current_app
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import RAISE, Schema, fields
from werkzeug.exceptions import HTTPException, InternalServerError

from caveat.accounts.refused import Refused
from caveat.database import DatabaseError, Full

CONTENT_TYPE = "application/problem+json"

# What an error may carry into its answer; the rest of werkzeug's headers describe its HTML page.
_KEPT_HEADERS = frozenset({"allow", "retry-after", "accept", "accept-encoding", "location"})

_DETAILS = {
    404: "There is nothing at this address. /api/v1/docs lists what there is.",
    405: "This address does not take this method. The Allow header lists those it takes.",
    500: "Something went wrong on our side. Nothing you sent was kept.",
}


class FaultSchema(Schema):
    """One thing that is wrong with a request."""

    class Meta:
        unknown = RAISE

    pointer = fields.String(required=True, metadata={"description": "JSON Pointer to the field."})
    detail = fields.String(required=True, metadata={"description": "What is wrong, and what would do."})
    limit = fields.Integer(metadata={"description": "The limit it went over, where there is one."})


class ProblemSchema(Schema):
    """Problem details, RFC 9457."""

    class Meta:
        unknown = RAISE

    type = fields.String(required=True, metadata={"description": "about:blank: the status says it all."})
    title = fields.String(required=True, metadata={"description": "The status in words."})
    status = fields.Integer(required=True, metadata={"description": "The HTTP status."})
    detail = fields.String(required=True, metadata={"description": "What is wrong, and the way out."})
    errors = fields.List(fields.Nested(FaultSchema), metadata={"description": "Each field that is wrong."})


class Problem(HTTPException):
    """An error we raise ourselves."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: list[dict[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = status
        self.errors = errors
        self.headers = dict(headers or {})
        self.members = dict(members or {})  # what else this kind of problem says (RFC 9457, 3.2)


def refuse(
    status: int,
    detail: str,
    errors: list[dict[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> NoReturn:
    """Stop here with a problem."""
    raise Problem(status, detail, errors, headers)


def answer(error: HTTPException) -> Response | HTTPException:
    """The problem document of an error; a redirect is no problem and passes through."""
    if error.code is not None and error.code < 400:
        return error
    status = error.code or 500
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": _detail(error, status),
    }
    headers = [(k, v) for k, v in error.get_headers() if k.lower() in _KEPT_HEADERS]
    if isinstance(error, Problem):
        headers += error.headers.items()
        if error.errors:
            document["errors"] = error.errors
        document |= error.members
    return Response(orjson.dumps(document), status, headers, content_type=CONTENT_TYPE)


def _detail(error: HTTPException, status: int) -> str:
    if isinstance(error, Problem):
        return error.description or HTTPStatus(status).phrase
    if isinstance(error, InternalServerError):  # its description may be the exception's own words
        return _DETAILS[500]
    if status == 413:
        return f"The body is too large; the limit is {current_app.config['MAX_CONTENT_LENGTH']:,} bytes."
    return _DETAILS.get(status) or type(error).description or HTTPStatus(status).phrase


def _not_kept(error: DatabaseError) -> Response | HTTPException:
    """The store did not do it; its message is ours, and says whether another try makes sense."""
    if isinstance(error, Full):
        return answer(Problem(507, str(error)))
    return answer(Problem(503, str(error), headers={"Retry-After": "5"}))


def refused(error: Refused, members: Mapping[str, Any] | None = None) -> Problem:
    """What somebody may not do, as a problem."""
    faults = [{"pointer": error.pointer, "detail": error.detail}] if error.pointer else None
    # Brakes are let go and days end; an hour is soon enough to ask again.
    headers = {"Retry-After": "3600"} if error.status in (429, 503) else None
    return Problem(error.status, error.detail, faults, headers, members)


class ProblemApi(Api):
    """smorest's ``Api`` with every error, documented or not, as problem details."""

    ERROR_SCHEMA = ProblemSchema  # type: ignore[assignment]

    def _register_error_handlers(self) -> None:
        app: Flask = self._app
        app.register_error_handler(HTTPException, answer)
        app.register_error_handler(DatabaseError, _not_kept)
        app.register_error_handler(Refused, lambda error: answer(refused(error)))

    def _register_responses(self) -> None:
        """As smorest does it, but under the content type that is really sent."""
        for name, phrase, body in [(s.name, s.phrase, s >= 400) for s in HTTPStatus] + [
            ("DEFAULT_ERROR", "Any other error.", True)
        ]:
            response: dict[str, Any] = {"description": phrase}
            if body:
                response["schema"] = ProblemSchema
            prepare_response(response, self.spec, CONTENT_TYPE)  # type: ignore[no-untyped-call]
            self.spec.components.response(name, response, lazy=True)
