"""The month that a page is about."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import clock
from shared.requests import SiteRequest
from shared.web.fields import MonthField


class MonthForm(forms.Form):
    """Which month is shown; without one, the present month."""

    hides_requirement = True
    month = MonthField(label=_("月（例：2026-05）"), required=False)

    def month_shown(self) -> dt.date:
        """The first day of the valid form's month."""
        month: dt.date | None = self.cleaned_data["month"]
        return month or clock.today().replace(day=1)


def month_asked(request: SiteRequest) -> dict[str, str]:
    """The address's parameters, with the present month where none is named."""
    return {"month": f"{clock.today():%Y-%m}"} | {key: str(value) for key, value in request.GET.items()}
