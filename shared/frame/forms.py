"""Form markup: label with 必須/任意, hint, error beside the field, error summary.

``FORM_RENDERER = "shared.frame.forms.FrameFormRenderer"`` makes ``{{ form }}`` and ``{{ form.name.as_field_group }}``
use it everywhere; no app names a template of its own.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

CHOICE_WIDGETS = {
    "django/forms/widgets/radio.html": "frame/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "frame/widgets/choices.html",
}


class FrameFormRenderer(DjangoTemplates):
    """Django's renderer with the frame's field, form and choice templates."""

    form_template_name = "frame/_form.html"
    field_template_name = "frame/_field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(CHOICE_WIDGETS.get(template_name, template_name))


class DateInput(forms.DateInput):
    """The browser's own date picker; without one, a text field that takes 2026-04-01."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MonthInput(DateInput):
    """The browser's own month picker; without one, a text field that takes 2026-04."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input--10", **(attrs or {})})
        self.format = "%Y-%m"


class TimeInput(forms.TimeInput):
    """The browser's own time picker; without one, a text field that takes 09:00."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class TelInput(forms.TextInput):
    """A telephone number: numeric keys on a phone, filled in by the browser."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "class": "input--20", **(attrs or {})})
