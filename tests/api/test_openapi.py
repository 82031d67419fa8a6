"""The OpenAPI document says what the server does: held against it by generated requests and by hand."""

from __future__ import annotations

from typing import Any

import orjson
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings

from caveat import api
from caveat.config import Settings

# Refusing a huge body before reading it is a refusal too; the library's own list does not know that.
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": ["400", "413", "415", "422", "405"]}}}
)
schema = schemathesis.openapi.from_dict(orjson.loads(api.describe(Settings())), config=CONFIG)


def links_lie_within_the_text(case: Any) -> None:
    """JSON Schema cannot say that a link ends within the text and after its start; make it so."""
    try:
        length = len(case.body["text"])
        for link in case.body["context"]["links"] or ():
            link["start"], link["end"] = sorted((min(link["start"], length), min(link["end"], length)))
    except (TypeError, KeyError, AttributeError, ValueError):
        pass  # wrong on purpose


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_generated_request_is_answered_as_documented(case: Any, app: Flask) -> None:
    links_lie_within_the_text(case)
    case.call_and_validate(app=app)


def test_the_document_needs_no_model(client: FlaskClient) -> None:
    assert api.describe(Settings()) == client.get("/api/v1/openapi.json").data


def test_every_object_names_all_its_fields(client: FlaskClient) -> None:
    document = orjson.loads(client.get("/api/v1/openapi.json").data)
    assert document["openapi"].startswith("3.1")
    for name, shape in document["components"]["schemas"].items():
        assert shape["additionalProperties"] is False, name
    analysis = document["components"]["schemas"]["Analysis"]
    assert set(analysis["properties"]) - set(analysis["required"]) == {"sentences", "attributions"}
    assert document["components"]["schemas"]["Article"]["properties"]["text"]["maxLength"] == 200_000
