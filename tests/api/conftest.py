"""Servers that people annotate through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from caveat.reading import Reader

from .volunteers import Place, place


@pytest.fixture
def here(make_app: Callable[..., Flask], reader: Reader, database_url: str) -> Place:
    """On either database."""
    return place(make_app, reader, database_url)


@pytest.fixture
def there(make_app: Callable[..., Flask], reader: Reader) -> Place:
    """For what has nothing to do with which database it is."""
    return place(make_app, reader, "sqlite://")
