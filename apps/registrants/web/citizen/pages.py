"""What the citizen's pages about account and registration have in common."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.errors import DomainError
from shared.requests import SiteRequest
from shared.throttle import Limit
from shared.web.forms import tell

Trail = list[tuple[str, str]]
FORM_METHODS: Final = ["GET", "HEAD", "POST"]
FROM_ONE_CLIENT: Final = Limit("account-pages-of-a-client", tries=30, minutes=60)
"""Generous, as a library's readers share one address."""


def page(
    request: SiteRequest, template: str, *, trail: Trail, status: int = HTTPStatus.OK, **context: object
) -> HttpResponse:
    """Render ``registrants/citizen/<template>`` in the portal's frame; ``trail`` leads from the top page to here."""
    full = [(_("トップ"), reverse("citizen:home")), *trail]
    return render(request, f"registrants/citizen/{template}", {**context, "trail": full}, status=status)


def bound(request: SiteRequest, form: type[forms.Form], **given: object) -> forms.Form:
    """The form with what was posted, or empty."""
    return form(request.POST if request.method == "POST" else None, **given)  # type: ignore[arg-type]  # the form's own


def tried(request: SiteRequest, form: forms.Form, act: Callable[[], object]) -> int:
    """Do what the posted form asks for: 0 when it is done, else the status of the page that tells why not."""
    if request.method != "POST":
        return HTTPStatus.OK
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        act()
    except DomainError as error:
        return tell(form, error)
    return 0


def count_client(request: SiteRequest) -> None:
    """Count one try of this client at pages that send mails or open accounts; ``TooOftenError``."""
    FROM_ONE_CLIENT.count(request.address)
