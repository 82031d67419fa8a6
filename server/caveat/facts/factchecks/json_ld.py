"""Nodes of JSON-LD as the web really has them, without ever fetching a context.

In: parsed documents. Out: values under names of schema.org, however the names are written (``name``,
``schema:name``, ``http://schema.org/name``), types, and nodes that others only refer to. What can go wrong:
``ValueError`` for text that is no JSON.

References are followed one step, from one node to another of the same document, and only where a name or an
address is wanted: documents that refer in circles, or to a thousand copies of themselves, cost nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

Node = Mapping[str, Any]

_PREFIXES = ("", "schema:", "http://schema.org/", "https://schema.org/")
_LAST_NAME = re.compile(r"[^/#:]*\Z")
# What people's templates leave in JSON, outside of strings: commas before an end. Inside: an escape too many.
_LEFT_OVER = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])', re.S)
_NO_ESCAPE = re.compile(r'(\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\')


def parsed(text: str) -> Any:
    """A document, also one with the slips that search engines forgive. Raises ``ValueError``."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except ValueError:
        pass
    mended = _LEFT_OVER.sub(lambda match: _NO_ESCAPE.sub(r"\1", match[1] or ""), text)
    try:
        return json.loads(mended, strict=False)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def get(node: object, name: str) -> Any:
    """What a node has under a name of schema.org; None where it is no node or has nothing there."""
    if isinstance(node, dict):
        for prefix in _PREFIXES:
            if (value := node.get(prefix + name)) is not None:
                return value
    return None


def types(node: Node) -> set[str]:
    """The last names of a node's types."""
    found = node.get("@type", node.get("type"))
    return {_LAST_NAME.findall(name)[0] for name in several(found) if isinstance(name, str)}


def several(value: object) -> list[Any]:
    """One or several, also in the model's own sets and lists; none for None."""
    if isinstance(value, dict):
        for name in ("@set", "@list"):
            if name in value:
                value = value[name]
                break
    found = value if isinstance(value, list) else [value]
    return [
        each["@value"] if isinstance(each, dict) and "@value" in each else each
        for each in found
        if each is not None
    ]


def identity(node: object) -> str | None:
    """What others call a node."""
    found = node.get("@id", node.get("id")) if isinstance(node, dict) else None
    return found if isinstance(found, str) else None


class Graph:
    """The nodes of one document by what they are called."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._named: dict[str, Node] | None = None

    def follow(self, value: object) -> object:
        """The node that a reference means, where it is one; else the value."""
        name = identity(value)
        if name is None or not isinstance(value, dict) or len(value) > 2:
            return value  # it says something itself
        if self._named is None:
            self._named = {}
            for node in nodes(self._document):
                named = identity(node)
                if named is not None and len(node) > 2:
                    self._named.setdefault(named, node)
        return self._named.get(name, value)


def nodes(document: object) -> Iterator[Node]:
    """All nodes of a document, from the outside in."""
    left = [document]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield value
            left.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            left.extend(reversed(value))
