"""Every field of a model about a person has its word in the 個人情報ファイル簿, or is named as telling nothing."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models

from apps.compliance.queries.file_book import DESCRIBED, FILES
from apps.registrants.models import Registrant
from shared.described import Described

TELLTALE = re.compile(r"(^|_)(family|given|kana|birth|phone|address|postal|mail)(_|$)")
"""Names of fields that would keep something of a person."""


def about_a_person() -> list[type[models.Model]]:
    """The registrant, and every model that points to one that is about a person."""
    known = [model for label in DESCRIBED for model in apps.get_app_config(label).get_models()]
    found: set[type[models.Model]] = {Registrant}
    while more := {model for model in known if model not in found and targets(model) & found}:
        found |= more
    return sorted(found, key=lambda model: model._meta.label)


def targets(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if isinstance(field.related_model, type)}


@pytest.mark.parametrize("model", about_a_person(), ids=lambda model: model._meta.label)
def test_every_field_is_described_or_named_as_plain(model: type[models.Model]) -> None:
    described = getattr(model, "describes", None)
    assert isinstance(described, Described), "declare `describes` on the model"
    fields = {field.name for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation}
    assert not fields - set(described.personal) - described.plain, "describe the new field, or name it in `plain`"
    every = {field.name for field in model._meta.concrete_fields}
    assert set(described.personal) | described.plain <= every
    assert described.file in {one.code for one in FILES}


def test_no_other_model_of_these_applications_keeps_personal_fields() -> None:
    others = {
        f"{model._meta.label}.{field.name}"
        for label in DESCRIBED
        for model in apps.get_app_config(label).get_models()
        if model not in about_a_person()
        for field in model._meta.concrete_fields
        if TELLTALE.search(field.name)
    }
    assert others == set()
