"""The frame needs no database: its pages are served with the middleware that knows no site."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings


def framed() -> override_settings:
    """Settings under which the frame stands alone, with its style guide."""
    templates: list[dict[str, Any]] = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    return override_settings(
        ROOT_URLCONF="tests.shared.frame.urls",
        MIDDLEWARE=[name for name in settings.MIDDLEWARE if not name.startswith(("config.", "shared."))],
        TEMPLATES=templates,
    )


@pytest.fixture(scope="package", autouse=True)
def _frame_alone() -> Iterator[None]:
    with framed():
        yield


@pytest.fixture
def client() -> Client:
    """A browser without scripts; errors are answered, not raised."""
    return Client(raise_request_exception=False)
