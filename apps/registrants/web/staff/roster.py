"""A group's roster on the page of the group, and discarding it: a page that asks, then the act."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.registrants.models import Registrant
from apps.registrants.queries.group_page import People, people_of
from apps.registrants.queries.registrants import group_of
from apps.registrants.queries.roster import roster_of
from apps.registrants.queries.standing import Standing
from apps.registrants.services.discard_roster import discard_roster
from apps.registrants.web.staff.group_forms import DiscardForm
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.models import StaffAccount
from shared.staff.rights import Right, holds
from shared.web.forms import tell
from shared.web.guard import needs


def people_shown_to(account: StaffAccount | None, found: Registrant, standing: Standing) -> People | None:
    """The people of a group, with the acts that ``account`` may do; context ``people``. None of an individual."""
    works = account is not None and holds(account.roles, Right.REGISTRANTS_KEEP)
    return people_of(found, standing, clock.today(), works=works)


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Ask whether the names may go, then let them go."""
    group, count = group_of(registrant), len(roster_of(registrant))
    form = DiscardForm(request.POST or None, initial={"version": group.version})
    context = {"registrant": group, "form": form, "count": count}
    if request.method != "POST":
        return render(request, "registrants/staff/discard_roster.html", context)
    form.is_valid()
    try:
        discard_roster(actor=actor_of(request), registrant=registrant, seen_version=form.seen_version)
    except DomainError as error:
        status = tell(form, error)
        return render(request, "registrants/staff/discard_roster.html", context, status=status)
    messages.success(request, _("名簿を廃棄しました。"))
    return redirect("desk:registrant", registrant=registrant)
