"""Selects for a page with hundreds of them: those with the same options make them into HTML once, not each by itself.

As ``forms.Select`` renders them, a page of 1,000 columns and 45 fields took eleven seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Options:
    """Values with their labels, as HTML with one of them chosen."""

    def __init__(self, choices: Sequence[tuple[str, object]]) -> None:
        self.choices = choices
        self._made: dict[str, SafeString] = {}

    def html(self, chosen: str) -> SafeString:
        """The options; what is none of them chooses none."""
        if chosen not in self._made:
            self._made[chosen] = format_html_join(
                "", "{}", ((_option(value, label, is_chosen=value == chosen),) for value, label in self.choices)
            )
        return self._made[chosen]


class SharedSelect(forms.Select):
    """A select of ``options`` that others have too."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self._options = options

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """As Django's own, without its templates."""
        told = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(told), self._options.html(str(value or "")))


def select(label: object, options: Options, initial: str, errors: dict[str, Any]) -> forms.ChoiceField:
    """A field that may be left open, with such a select."""
    return forms.ChoiceField(
        label=str(label),
        choices=options.choices,
        required=False,
        initial=initial,
        error_messages=errors,
        widget=SharedSelect(options),
    )


def _option(value: str, label: object, *, is_chosen: bool) -> SafeString:
    form = '<option value="{}" selected>{}</option>' if is_chosen else '<option value="{}">{}</option>'
    return format_html(form, value, label)
