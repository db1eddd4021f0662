"""Every template of the product can be read: a tag that is not loaded fails here, not on somebody's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    (path.relative_to(folder).as_posix(), folder)
    for top in ("apps", "shared", "tenants", "platform")
    for folder in (ROOT / top).rglob("templates")
    for path in folder.rglob("*")
    if path.suffix in {".html", ".txt"}
)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 150


@pytest.mark.parametrize("name", sorted({name for name, _ in TEMPLATES}))
def test_a_template_is_read_without_a_fault(name: str) -> None:
    get_template(name)
