"""The inbox of what citizens ask at the portal: corrections and withdrawals, accepted or declined with an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.registrants.errors import ClosingObstructedError, Obstacle
from apps.registrants.models import CitizenRequest
from apps.registrants.portal_errors import UnknownRequestError
from apps.registrants.portal_texts import FIELD_LABELS
from apps.registrants.queries.requests import open_request, open_requests
from apps.registrants.queries.standing import standing_of
from apps.registrants.rules.wishes import ITEM
from apps.registrants.services import answer_request
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS
from apps.registrants.web.staff.too_late import too_late
from kernel import clock
from kernel.errors import DomainError
from kernel.postal import format_postal
from kernel.wareki import format_date
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 20


class AcceptForm(forms.Form):
    """A word to the citizen, if there is one to say."""

    answer = forms.CharField(
        label=gettext_lazy("本人への連絡"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class DeclineForm(forms.Form):
    """Why it is not done."""

    prefix = "decline"
    answer = forms.CharField(
        label=gettext_lazy("対応できない理由"),
        max_length=500,
        help_text=gettext_lazy("本人のページに表示されます。"),
        error_messages={"required": gettext_lazy("対応できない理由を入力してください。本人に表示されます。")},
        widget=forms.Textarea({"rows": 3}),
    )


@needs(Right.REGISTRANTS_KEEP)
@require_safe
def requests(request: SiteRequest) -> HttpResponse:
    """Those that wait, the oldest first."""
    page = Paginator(open_requests(), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.VIEW,
        object_type="citizen_requests",
        persons=[one.registrant_id for one in page],
        found=len(page),
    )
    return render(request, "registrants/staff/requests.html", {"page_obj": page})


@needs(Right.REGISTRANTS_KEEP)
@require_safe
def detail(request: SiteRequest, number: int) -> HttpResponse:
    """What is registered, what is wished, and the two answers."""
    found = open_request(number)
    record(actor_of(request), Action.VIEW, object_type="citizen_request", object_id=found.registrant_id)
    return _page(request, found)


@needs(Right.REGISTRANTS_KEEP)
@require_POST
def accept(request: SiteRequest, number: int) -> HttpResponse:
    """Write what is wished."""
    form = AcceptForm(request.POST)

    def act() -> None:
        answer_request.accept(actor=actor_of(request), request=number, answer=form.cleaned_data["answer"])

    return _answered(request, number, form, act, _("依頼のとおり登録に反映しました。本人にメールでお知らせします。"))


@needs(Right.REGISTRANTS_KEEP)
@require_POST
def decline(request: SiteRequest, number: int) -> HttpResponse:
    """Leave the registration as it is, with a reason."""
    form = DeclineForm(request.POST)

    def act() -> None:
        answer_request.decline(actor=actor_of(request), request=number, answer=form.cleaned_data["answer"])

    return _answered(request, number, form, act, _("対応できないことを回答しました。本人にメールでお知らせします。"))


def wished(asked: CitizenRequest) -> Iterator[tuple[str, str, str]]:
    """Label, what is registered and what is wished, of each field."""
    for name, value in asked.wishes.items():
        if name.startswith(ITEM):
            code = name.removeprefix(ITEM)
            label, before = ITEM_LABELS.get(code, code), asked.registrant.extras.get(code)
        else:
            code, label, before = name, FIELD_LABELS.get(name, name), getattr(asked.registrant, name, None)
        yield str(label), told(code, before), told(code, value)


def told(code: str, value: Any) -> str:
    """A value of a field in words."""
    if value is None or value == "":
        return _("なし")
    if value is True:
        return _("はい")
    if code.endswith("birth_date"):
        day = value if isinstance(value, dt.date) else _day(str(value))
        return format_date(day) if day else str(value)
    return _postal(str(value)) if code == "postal_code" else str(CHOICE_LABELS.get((code, value), value))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _postal(code: str) -> str:
    return format_postal(code) if code.isdecimal() else code


def _answered(request: SiteRequest, number: int, form: forms.Form, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        found = open_request(number)
        return _tried(request, found, form, act, done)
    except UnknownRequestError as error:
        back = (reverse("desk:requests"), _("依頼の一覧に戻る"))
        typed = str(form.data.get(form.add_prefix("answer"), ""))
        return too_late(request, error, heading=_("市民からの依頼"), back=back, typed=typed)


def _tried(
    request: SiteRequest, found: CitizenRequest, form: forms.Form, act: Callable[[], None], done: str
) -> HttpResponse:
    """``UnknownRequestError`` where somebody else was quicker."""
    if not form.is_valid():
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        act()
    except UnknownRequestError:
        raise
    except DomainError as error:
        obstacles = error.obstacles if isinstance(error, ClosingObstructedError) else ()
        return _page(request, found, form, obstacles=obstacles, status=tell(form, error))
    messages.success(request, done)
    return redirect("desk:requests")


def _page(
    request: SiteRequest,
    found: CitizenRequest,
    form: forms.Form | None = None,
    *,
    obstacles: tuple[Obstacle, ...] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "asked": found,
        "registrant": found.registrant,
        "standing": standing_of(found.registrant, clock.today()),
        "wished": list(wished(found)),
        "obstacles": obstacles,
        "failed": form if form is not None and form.errors else None,
        "accept_form": form if isinstance(form, AcceptForm) else AcceptForm(),
        "decline_form": form if isinstance(form, DeclineForm) else DeclineForm(),
    }
    return render(request, "registrants/staff/request.html", context, status=status)
