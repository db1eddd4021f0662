"""docs/glossary.md speaks of what exists, and leaves no model out."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
NAMES = re.findall(r"^\| [^|]+ \| `([\w.]+)` \|", GLOSSARY, re.MULTILINE)
OURS = {*settings.SHARED_APPS, *settings.TENANT_APPS} - {"django.contrib.contenttypes"}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_glossary_is_in_the_code(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    assert hasattr(import_module(module), attribute)


def test_every_model_is_in_the_glossary() -> None:
    models = {
        model.__name__
        for config in apps.get_app_configs()
        if config.name in OURS
        for model in config.get_models()
        if model._meta.managed
    }
    assert models - {name.rpartition(".")[2] for name in NAMES} == set()
