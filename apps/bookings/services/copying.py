"""Copying a row of the settings."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def copy_row(row: Row, **changed: object) -> Row:
    """An unsaved row with the same columns but those that are named."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names} | changed)
