"""Telling a rule's refusal in the form that it is about."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from kernel.errors import DomainError
from shared.problems import problem_of

NEVER: Final = -1
"""A version that no row has: what a page without a readable version has seen."""


def seen_version(data: Any) -> int:
    """The version that the sent page was made from."""
    text = str(data.get("version", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NEVER


def tell(form: forms.BaseForm, error: DomainError) -> int:
    """Put the error's sentence beside its field, or above the form; the HTTP status of the answer."""
    problem = problem_of(error)
    visible = {field.name for field in form.visible_fields()}
    form.add_error(problem.field if problem.field in visible else None, problem.text)
    return problem.status
