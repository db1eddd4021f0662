"""The address that a postal code stands for, filled into a form: by a button, or as soon as 7 digits are typed.

A form takes part by ``FillsAddress`` and a ``PostalInput``; its view answers the button by::

    form = MyForm(request.POST)
    if form.fills_address:
        return page(request, form.with_address())

Begin the form's markup with ``<button type="submit" hidden></button>``: Enter presses the first button.
"""

from __future__ import annotations

from copy import copy
from typing import Any, ClassVar, Final

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernel import postal
from shared.postal.lookup import address_of
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs

BUTTON: Final = "fill_address"


class PostalInput(forms.TextInput):
    """A postal code with the button 「住所を入れる」 beside it. ``address`` names the field that is filled."""

    template_name = "frame/widgets/postal.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, address: str = "address") -> None:
        own = {"inputmode": "numeric", "autocomplete": "postal-code", "class": "input--10"}
        super().__init__({**own, **(attrs or {})})
        self.address = address

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        prefix = name.removesuffix(name.rpartition("-")[2])
        context["widget"] |= {"button": BUTTON, "fills": f"{prefix}{self.address}", "asks": reverse("postal")}
        return context


class FillsAddress(forms.Form):
    """A form whose address can be filled from its postal code, without JavaScript too."""

    postal_field: ClassVar[str] = "postal_code"
    address_field: ClassVar[str] = "address"

    @property
    def fills_address(self) -> bool:
        """Whether the form was sent by the button that fills the address."""
        return BUTTON in self.data

    def with_address(self) -> FillsAddress:
        """The form as it was typed, judged for its postal code only, with the address where the code has one."""
        typed: Any = copy(self.data)
        code, told = _looked_up(str(typed.get(self.add_prefix(self.postal_field), "")))
        if code:
            typed[self.add_prefix(self.address_field)] = code
        self.data = typed
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        if told:
            self.add_error(self.postal_field, told)
        return self


@needs(Right.OPEN)
@require_POST
def postal_address(request: SiteRequest) -> HttpResponse:
    """The address of ``code`` for the script: ``{"address": …, "told": …}``, one of them empty. Public knowledge."""
    address, told = _looked_up(request.POST.get("code", ""))
    return JsonResponse({"address": address, "told": told})


def _looked_up(typed: str) -> tuple[str, str]:
    """The address, or what is wrong with the code."""
    try:
        found = address_of(postal.digits(typed))
    except postal.PostalError:
        return "", _("郵便番号は7桁の数字で入力してください。例：270-1396")
    return (str(found), "") if found else ("", _("この郵便番号は使われていません。番号を確かめてください。"))
