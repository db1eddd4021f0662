"""Moving a booking on the board: what would change is shown first, then it is changed, or all stays as it is."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.change_preview import look_at_change
from apps.bookings.web.staff.counter_forms import SlotsField
from apps.bookings.web.staff.panel import layout
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


class TargetForm(forms.Form):
    """Where the address says that the booking is to go."""

    room = forms.UUIDField()
    day = DayField()
    slot = SlotsField()

    def target(self) -> Target:
        """What the valid address says."""
        values = self.cleaned_data
        return Target(values["room"], values["day"], values["slot"])


class OverrideForm(forms.Form):
    """Why a limit is set aside, where one stands against the change."""

    override = forms.CharField(
        label=_("申込の制限を解除する理由"),
        required=False,
        max_length=500,
        help_text=_("制限を超えて変更する場合にだけ入力します。記録に残ります。"),
    )


@needs(Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SiteRequest, booking: UUID) -> HttpResponse:
    """The change that the address describes: a preview, and on ``POST`` the change itself."""
    address = TargetForm(request.GET)
    if not address.is_valid():
        return redirect("desk:change", booking=desk_booking(booking).pk)
    to = address.target()
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, booking, to, form, status=422 if form.errors else 200)
    try:
        change_by_staff(
            actor=actor_of(request),
            booking=booking,
            to=to,
            override=form.cleaned_data["override"],
            seen_version=seen_version(request.POST),
        )
    except DomainError as error:
        return _page(request, booking, to, form, status=tell(form, error))
    messages.success(request, __("予約を変更しました。"))
    return redirect("desk:booking", booking=booking)


def _page(request: SiteRequest, booking: UUID, to: Target, form: OverrideForm, *, status: int) -> HttpResponse:
    preview = look_at_change(booking=booking, to=to)
    found = preview.booking
    record(
        actor_of(request),
        Action.VIEW,
        object_type="booking",
        object_id=found.pk,
        persons=[found.registrant_id],
        page="move",
    )
    context = {
        "preview": preview,
        "booking": found,
        "to": to,
        "form": form,
        "refused": problem_of(preview.refused).text if preview.refused else "",
        "limit": problem_of(preview.limit).text if preview.limit else "",
    }
    return render(request, "bookings/staff/move.html", context | layout(request), status=status)
