"""smorest's blueprint as this API uses it: strict about bodies, and typed.

In: a request. Out: for a view, what its schema loaded. What can go wrong, always as a problem: a body
that is encoded (415), not JSON by its type (415) or by its content (400), or not what the schema
says (422). No message repeats what was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from flask import Request
from flask_smorest.blueprint import Blueprint
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser

from caveat.api.problems import refuse

View = TypeVar("View", bound=Callable[..., Any])


class StrictParser(FlaskParser):
    """Reads a JSON body with orjson, which refuses lone surrogates, NaN and bottomless nesting."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": RAISE}

    def _raw_load_json(self, req: Request) -> Any:
        if req.headers.get("Content-Encoding", "identity").lower() != "identity":
            refuse(
                415,
                "Content-Encoding is refused: a small compressed body can hide a huge one. "
                "Send the JSON as it is.",
                headers={"Accept-Encoding": "identity"},
            )
        if req.mimetype != "application/json":
            refuse(
                415, "Send JSON, with Content-Type: application/json.", headers={"Accept": "application/json"}
            )
        try:
            return orjson.loads(req.get_data())
        except orjson.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            refuse(400, f"The body is not valid JSON in UTF-8: {error.msg} ({where}).")

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> Any:
        messages: Any = error.messages
        found = [
            fault
            for location, inner in messages.items()
            for fault in faults(inner, "#" if location == "json" else location)
        ]
        refuse(422, "Something in the request is not as it should be; errors lists each field.", found)


def faults(messages: Any, pointer: str = "#") -> list[dict[str, Any]]:
    """Marshmallow's nested messages as a flat list of faults, each with a JSON Pointer to its field."""
    if isinstance(messages, dict):
        found = []
        for name, inner in messages.items():
            # "_schema" is marshmallow's name for the object itself.
            found += faults(inner, pointer if name == "_schema" else f"{pointer}/{_shown(name)}")
        return found
    # The leaves: sentences, or sentences with a limit.
    return [
        {"pointer": pointer} | (fault if isinstance(fault, dict) else {"detail": str(fault)})
        for fault in messages
    ]


def _shown(name: object) -> str:
    """A field's name as it may be repeated: a client's own key could be anything, even the text."""
    word = str(name)
    return word if len(word) <= 40 and word.isascii() and word.replace("_", "").isalnum() else "…"


class Routes(Blueprint):
    """A blueprint with our parser. smorest carries no types; these signatures give them."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, __name__, description=description)  # type: ignore[no-untyped-call]

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Register a view at ``rule``."""
        return super().route(rule, **options)  # type: ignore[no-any-return,no-untyped-call]

    def arguments(self, schema: Schema | type[Schema], **options: Any) -> Callable[[View], View]:
        """Load a part of the request by ``schema`` and hand it to the view."""
        return super().arguments(schema, **options)  # type: ignore[no-any-return,no-untyped-call]

    def response(
        self, status_code: int, schema: type[Schema] | None = None, **options: Any
    ) -> Callable[[View], View]:
        """Describe what the view answers."""
        return super().response(status_code, schema, **options)  # type: ignore[no-any-return,no-untyped-call]

    def alt_response(  # type: ignore[override]
        self, status_code: int, **options: Any
    ) -> Callable[[View], View]:
        """Describe what else the view may answer."""
        return super().alt_response(status_code, **options)  # type: ignore[no-any-return,no-untyped-call]

    def takes(self, parameter: dict[str, Any]) -> Callable[[View], View]:
        """Describe what the view reads of a request by itself. A parameter of ``route`` is one of every
        method that has the same path."""
        return self.doc(parameters=[parameter])  # type: ignore[no-any-return,no-untyped-call]

    def for_accounts(self) -> Callable[[View], View]:
        """Describe that the view takes a token; the view itself looks at it."""
        return self.doc(security=[{"bearer": []}])  # type: ignore[no-any-return,no-untyped-call]
