"""Mails of these tests go into a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def mailbox(tmp_path: Path, settings: Settings) -> Path:
    """The folder that mails are written into."""
    settings.EMAIL_BACKEND = "shared.outbox.folder.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"
