"""The one place where a domain error becomes a sentence: each application lists its codes' texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.utils.functional import Promise

from kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person is told: the sentence, the field it belongs to, the HTTP status and the stable code."""

    code: str
    text: str
    field: str
    status: int


def problem_of(error: DomainError) -> Problem:
    """The problem in the language of the request. ``KeyError`` for a code without a text (a test finds it)."""
    text = str(texts()[error.code]).format(**error.params)
    return Problem(code=error.code, text=text, field=error.field, status=error.status)


@cache
def texts() -> Mapping[str, str | Promise]:
    """Code -> sentence with named parameters, from ``AppConfig.error_texts`` of every application."""
    found: dict[str, str | Promise] = {}
    for config in apps.get_app_configs():
        found |= getattr(config, "error_texts", {})
    return found
