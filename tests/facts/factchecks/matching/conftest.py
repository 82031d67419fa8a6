"""What tests of matching share: a store with a few checks, and an encoder."""

from __future__ import annotations

from pathlib import Path

import pytest
from match_scene import CLAIMS, Words, check

from caveat.facts.factchecks import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with six claims, under the ids 1 to 6."""
    kept = Store(tmp_path)
    kept.keep(check(number, claim) for number, claim in enumerate(CLAIMS, 1))
    return kept


@pytest.fixture
def words() -> Words:
    pytest.importorskip("faiss", reason="caveat[match] is not installed: there is no index of vectors")
    return Words()
