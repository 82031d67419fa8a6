"""``caveat openapi``: the description of the HTTP API."""

from __future__ import annotations

import click

from caveat.cli import streams


@click.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the HTTP API.

    The same bytes for the same version, whatever the settings of this machine, so that code generated
    from it changes only when the API does.

    \b
    Examples:
      caveat openapi > openapi.json
      caveat openapi | jq '.paths | keys'
    """
    import orjson

    from caveat.app import create_app
    from caveat.config import Settings

    served: bytes = create_app(Settings()).extensions["caveat"].openapi
    streams.write(orjson.dumps(orjson.loads(served), option=orjson.OPT_INDENT_2) + b"\n")
