"""The address that a postal code stands for, filled into a form: by a button, or as soon as 7 digits are typed.

A form takes part by ``FillsAddress`` and a ``PostalInput``; its view answers the button by::

    form = MyForm(request.POST)
    if form.fills_address:
        return page(request, form.with_address())

Begin the form's markup with ``<button type="submit" hidden></button>``: Enter presses the first button.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, ClassVar, Final

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernel import postal
from shared.postal.lookup import PostalAddress, address_of, places_of
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs

BUTTON: Final = "fill_address"
MOST: Final = 6
"""So many of the places that share a code are named."""


class PostalInput(forms.TextInput):
    """A postal code with the button 「住所を入れる」 beside it. ``address`` names the field that is filled."""

    template_name = "frame/widgets/postal.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, address: str = "address") -> None:
        own = {"inputmode": "numeric", "autocomplete": "postal-code", "class": "input--10"}
        super().__init__({**own, **(attrs or {})})
        self.address = address
        self.note = ""
        """What is told beside the box of the code that was looked up."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        prefix = name.removesuffix(name.rpartition("-")[2])
        context["widget"] |= {
            "button": BUTTON,
            "fills": f"{prefix}{self.address}",
            "asks": reverse("postal"),
            "note": self.note,
        }
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
        code, told, note = _looked_up(str(typed.get(self.add_prefix(self.postal_field), "")))
        if code:
            typed[self.add_prefix(self.address_field)] = code
        box = self.fields[self.postal_field].widget
        if isinstance(box, PostalInput):
            box.note = note
        self.data = typed
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        if told:
            self.add_error(self.postal_field, told)
        return self


@needs(Right.OPEN)
@require_POST
def postal_address(request: SiteRequest) -> HttpResponse:
    """The address of ``code`` for the script: ``{"address": …, "told": …}``. Public knowledge.

    ``told``: what is wrong with the code, or which places share it.
    """
    address, told, note = _looked_up(request.POST.get("code", ""))
    return JsonResponse({"address": address, "told": told or note})


def _looked_up(typed: str) -> tuple[str, str, str]:
    """The address, what is wrong with the code, and which places share it."""
    try:
        code = postal.digits(typed)
    except postal.PostalError:
        return "", _("郵便番号は7桁の数字で入力してください。例：270-1396"), ""
    found, places = address_of(code), places_of(code)
    if found is None:
        return "", _("この郵便番号は使われていません。番号を確かめてください。"), ""
    return str(found), "", _shared_by(places) if len(places) > 1 else ""


def _shared_by(places: Sequence[PostalAddress]) -> str:
    """Which towns share a code, or which municipalities where they lie in several."""
    several = len({place.city for place in places}) > 1
    names = list(dict.fromkeys(f"{one.city}{one.town}" if several else one.town for one in places))
    more = _("ほか") if len(names) > MOST else ""
    told = "、".join(names[:MOST]) + more
    return _("この番号には複数の町域があります（%(names)s）。住所の続きを入力してください。") % {"names": told}
