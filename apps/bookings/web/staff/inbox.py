"""The inbox: applications that await a decision, the oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.bookings.models import Room
from apps.bookings.queries.inbox import InboxFilter, applications_awaiting, rooms_of_desk
from apps.bookings.queries.waiting import changes_asked, what_waits
from apps.bookings.rules.states import DEFERRED, UNDER_REVIEW, WAITING
from apps.bookings.templatetags.bookings import in_language
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs

PAGE_SIZE: Final = 20
CHANGES: Final = "changes"
YEAR: Final = dt.timedelta(days=366)
NO_SUCH_CHOICE: Final = {"invalid_choice": _("一覧から選択してください。")}


class InboxForm(forms.Form):
    """Which applications are shown. Every field may stay empty."""

    hides_requirement = True
    facility = forms.TypedChoiceField(
        label=_("施設"), required=False, empty_value=None, error_messages=dict(NO_SUCH_CHOICE)
    )
    room = forms.TypedChoiceField(
        label=_("室場"), required=False, empty_value=None, error_messages=dict(NO_SUCH_CHOICE)
    )
    day = DayField(label=_("利用日"), required=False)

    def __init__(self, data: Any, *, rooms: Sequence[Room]) -> None:
        super().__init__(data)
        every = ("", _("すべて"))
        facilities = {room.facility_id: in_language(room.facility.name, room.facility.name_en) for room in rooms}
        named = [(room.pk, in_language(room.name, room.name_en)) for room in rooms]
        self.fields["facility"].choices = [every, *facilities.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["room"].choices = [every, *named]  # type: ignore[attr-defined]  # a ChoiceField
        if len(facilities) < 2:
            del self.fields["facility"]

    def wanted(self, state: str) -> InboxFilter:
        """What the valid form asks for, of those in ``state``."""
        return InboxFilter(**self.cleaned_data, state=state)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that waits: its word, how many, where they stand, whether this is the page."""

    word: str
    count: int
    address: str
    is_shown: bool = False


@needs(Right.BOOKINGS_SEE)
@require_safe
def inbox(request: SiteRequest) -> HttpResponse:
    """A page of the applications; each leads to its booking."""
    form = InboxForm(request.GET, rooms=rooms_of_desk())
    state = request.GET.get("state", "")
    wanted = form.wanted(state if state in WAITING else "") if form.is_valid() else InboxFilter()
    page = Paginator(applications_awaiting(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.VIEW,
        object_type="inbox",
        persons=[one.registrant_id for one in page],
        found=len(page),
    )
    context = {
        "form": form,
        "page_obj": page,
        "is_filtered": wanted != InboxFilter(),
        "state": wanted.state,
        "kinds": _kinds(wanted.state),
    }
    return render(request, "bookings/staff/inbox.html", context, status=200 if form.is_valid() else 422)


def _kinds(state: str) -> list[Kind]:
    """All that waits for a decision, by kind; one statement."""
    counted, inbox_address = what_waits(clock.today()), reverse("desk:inbox")
    of_list = f"{reverse('desk:booking_list')}?state="
    all_waiting = counted["under_review"] + counted["deferred"]
    return [
        Kind(__("すべて"), all_waiting, inbox_address, not state),
        Kind(__("審査待ち"), counted["under_review"], f"{inbox_address}?state=under_review", state == UNDER_REVIEW),
        Kind(__("審査保留"), counted["deferred"], f"{inbox_address}?state=deferred", state == DEFERRED),
        Kind(__("仮予約"), counted["tentative"], f"{of_list}tentative&last={clock.today() + YEAR}"),
        Kind(__("変更の申請"), counted["changes"], reverse("desk:changes"), state == CHANGES),
        Kind(__("減免"), counted["reductions"], reverse("desk:reductions")),
    ]


@needs(Right.BOOKINGS_SEE)
@require_safe
def changes(request: SiteRequest) -> HttpResponse:
    """The changes of permitted bookings that applicants asked for; each leads to its booking."""
    page = Paginator(changes_asked(), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.VIEW,
        object_type="changes",
        persons=[one.booking.registrant_id for one in page],
        found=len(page),
    )
    return render(request, "bookings/staff/changes.html", {"page_obj": page, "kinds": _kinds(CHANGES)})
