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

schema = schemathesis.openapi.from_dict(orjson.loads(api.describe(Settings())))


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_generated_request_is_answered_as_documented(case: Any, app: Flask) -> None:
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


def test_what_one_method_of_a_path_takes_is_not_asked_of_another(client: FlaskClient) -> None:
    document = orjson.loads(client.get("/api/v1/openapi.json").data)
    one = document["paths"]["/api/v1/annotations/{id}"]
    assert [parameter["name"] for parameter in one["parameters"]] == ["id"]
    assert [parameter["name"] for parameter in one["patch"]["parameters"]] == ["If-Match"]
