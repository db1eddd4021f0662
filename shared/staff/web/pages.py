"""What the pages of somebody's own account have in common."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.errors import DomainError
from shared.requests import SiteRequest
from shared.staff.models import StaffAccount
from shared.web.entry import ENTERED
from shared.web.forms import tell

FORM_METHODS: Final = ["GET", "HEAD", "POST"]


def page(
    request: SiteRequest, template: str, title: str = "", *, status: int = HTTPStatus.OK, **context: object
) -> HttpResponse:
    """Render ``staff/<template>`` in the site's frame. ``is_entered`` says whether all steps after signing in are done.

    ``title`` is that of a page below the own account's.
    """
    top = [(_("自分のアカウント"), reverse("own:account") if title else "")]
    common = {
        "frame": f"frame/{request.place.kind}.html",
        "trail": [*top, (title, "")] if title else top,
        "is_entered": bool(request.session.get(ENTERED)),
    }
    return render(request, f"staff/{template}", common | context, status=status)


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


def own(request: SiteRequest) -> StaffAccount:
    """The account of a view that needs a right of staff."""
    return cast("StaffAccount", request.find_account())
