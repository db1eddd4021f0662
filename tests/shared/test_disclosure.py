"""Every table that points to a registrant is disclosed, or stands in the list with its reason."""

from __future__ import annotations

from django.apps import apps

from apps.registrants.models import Registrant
from shared.disclosure import disclosed_models, undisclosed_models


def about_a_registrant() -> set[str]:
    """Models with a foreign key to a registrant, or to such a model."""
    found = {"registrants.registrant"}
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    while True:
        more = {
            model._meta.label_lower
            for model in models
            if any(
                field.is_relation and field.related_model and field.related_model._meta.label_lower in found
                for field in model._meta.concrete_fields
            )
        }
        if more <= found:
            return found
        found |= more


def test_every_table_about_a_registrant_is_disclosed_or_reviewed() -> None:
    assert Registrant._meta.label_lower in disclosed_models()
    assert about_a_registrant() == disclosed_models() | set(undisclosed_models())
    assert not disclosed_models() & set(undisclosed_models())
    assert all(undisclosed_models().values())
