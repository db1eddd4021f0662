"""The inbox: applications that await a decision, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.bookings.models import Room
from apps.bookings.queries.inbox import InboxFilter, applications_awaiting, rooms_of_desk
from apps.bookings.templatetags.bookings import in_language
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs

PAGE_SIZE: Final = 20
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

    def wanted(self) -> InboxFilter:
        """What the valid form asks for."""
        return InboxFilter(**self.cleaned_data)


@needs(Right.BOOKINGS_SEE)
@require_safe
def inbox(request: SiteRequest) -> HttpResponse:
    """A page of the applications; each leads to its booking."""
    form = InboxForm(request.GET, rooms=rooms_of_desk())
    wanted = form.wanted() if form.is_valid() else InboxFilter()
    page = Paginator(applications_awaiting(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.VIEW,
        object_type="inbox",
        persons=[one.registrant_id for one in page],
        found=len(page),
    )
    context = {"form": form, "page_obj": page, "is_filtered": wanted != InboxFilter()}
    return render(request, "bookings/staff/inbox.html", context, status=200 if form.is_valid() else 422)
