"""What tests of fact checks share: a store that nobody made yet, and somebody who hears of an import."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.facts.factchecks import Store
from factchecks_written import Heard


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def heard() -> Heard:
    return Heard()
