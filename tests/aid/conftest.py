"""The real parameters, and a day that never moves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant_am.aid import Parameters, load

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture(scope="session")
def params() -> Parameters:
    return load(KNOWLEDGE)


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 22)
