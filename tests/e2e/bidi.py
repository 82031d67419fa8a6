"""WebDriver BiDi, as much of it as the tests need.

In: the address of a browser's WebSocket. Out: `call` for commands, `value` for what a script
returned. Goes wrong: `ScriptError` with the browser's own words; a browser that does not answer in
time raises the WebSocket's timeout.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import websocket

from .browser import ScriptError


class Bidi:
    """One session. Events are kept in `events` until somebody takes them."""

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(f"{address}/session", timeout=30, suppress_origin=True)
        self.ids = itertools.count(1)
        self.events: list[dict[str, Any]] = []
        self.call("session.new", capabilities={})

    def call(self, method: str, **params: Any) -> Any:
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                if message["type"] == "error":
                    raise ScriptError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]
            self.events.append(message)

    def evaluate(self, expression: str, context: str) -> Any:
        """The value of an expression; a promise is waited for."""
        result = self.call(
            "script.evaluate", expression=expression, target={"context": context}, awaitPromise=True
        )
        return returned(result)

    def close(self) -> None:
        self.socket.close()


def returned(result: dict[str, Any]) -> Any:
    """What a script returned."""
    if result["type"] == "exception":
        raise ScriptError(result["exceptionDetails"]["text"])
    return plain(result["result"])


def plain(value: dict[str, Any]) -> Any:
    """A remote value as Python has it. The browser serialises it, so the page's own JSON is not asked."""
    match value["type"]:
        case "array":
            return [plain(item) for item in value["value"]]
        case "object":
            return {key: plain(item) for key, item in value["value"]}
        case "undefined" | "null":
            return None
        case _:
            return value.get("value")
