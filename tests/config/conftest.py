"""A folder for servers of a test's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that is not there yet, in one open to all accounts, unlike pytest's own: PostgreSQL may not be root."""
    with tempfile.TemporaryDirectory(prefix="kashikan-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "var"
