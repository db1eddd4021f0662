"""A whole year's end of registrations (一斉更新): listed, chosen, and renewed in batches that may be broken off."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.registrants.queries.ending import ending_by
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.validity import valid_until_for
from apps.registrants.services.renew import renew_some
from apps.registrants.web.staff.act_forms import FARTHEST_END, ReasonField
from kernel import clock
from kernel.errors import DomainError
from kernel.wareki import fiscal_year
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50


class DayForm(forms.Form):
    """By which day they end."""

    hides_requirement = True
    day = DayField(label=gettext_lazy("この日までに有効期限になる登録"), farthest=FARTHEST_END)


class RenewSomeForm(forms.Form):
    """Which of them, until when, why."""

    SCOPES: Final = [
        ("chosen", gettext_lazy("選んだ登録だけ")),
        ("all", gettext_lazy("この日までに有効期限になる登録すべて")),
    ]
    scope = forms.ChoiceField(label=gettext_lazy("更新する登録"), choices=SCOPES, widget=forms.RadioSelect)
    valid_until = DayField(label=gettext_lazy("新しい有効期限"), farthest=FARTHEST_END)
    reason = ReasonField()


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: SiteRequest) -> HttpResponse:
    """The list; by POST a batch is renewed, and the page tells what remains to be done."""
    day_form = DayForm(request.GET if "day" in request.GET else {"day": _year_end().isoformat()})
    day = day_form.cleaned_data["day"] if day_form.is_valid() else None
    if request.method != "POST" or day is None:
        return _page(request, day_form, day, _first_form(day))
    form = RenewSomeForm(request.POST)
    chosen = _chosen(request.POST)
    if form.is_valid() and form.cleaned_data["scope"] == "chosen" and not chosen:
        form.add_error("scope", _("更新する登録を一覧から選んでください。"))
    if not form.is_valid():
        return _page(request, day_form, day, form, chosen=chosen, status=422)
    return _renew(request, day_form, day, form, chosen)


def _renew(
    request: SiteRequest, day_form: DayForm, day: dt.date, form: RenewSomeForm, chosen: list[UUID]
) -> HttpResponse:
    values = dict(form.cleaned_data)
    everybody = values.pop("scope") == "all"
    try:
        done = renew_some(actor=actor_of(request), day=day, chosen=None if everybody else chosen, **values)
    except DomainError as error:
        return _page(request, day_form, day, form, chosen=chosen, status=tell(form, error))
    left = ending_by(day).filter(valid_until__lt=values["valid_until"]).count() if everybody else 0
    told = _("%(done)d件を更新しました。") % {"done": done}
    if left and done:
        again = _("残りは%(left)d件です。「続けて更新する」を押すと、続きから更新します。") % {"left": left}
        messages.info(request, f"{told}{again}")
        return _page(request, day_form, day, form, is_halfway=True)
    messages.success(request, told)
    return redirect(f"{reverse('desk:ending')}?day={day.isoformat()}")


def _page(
    request: SiteRequest,
    day_form: DayForm,
    day: dt.date | None,
    form: RenewSomeForm,
    *,
    chosen: list[UUID] | None = None,
    is_halfway: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"day_form": day_form, "day": day, "form": form, "is_halfway": is_halfway}
    if day is None:
        return render(request, "registrants/staff/ending.html", context, status=422)
    page = Paginator(ending_by(day), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.SEARCH,
        object_type="registrant",
        persons=[one.pk for one in page],
        by="ending",
        found=page.paginator.count,
    )
    context |= {"page_obj": page, "chosen": chosen or []}
    return render(request, "registrants/staff/ending.html", context, status=status)


def _first_form(day: dt.date | None) -> RenewSomeForm:
    policy = policy_on(clock.today())
    until = valid_until_for(policy, day + dt.timedelta(days=1)) if day else None
    return RenewSomeForm(initial={"scope": "chosen", "valid_until": until, "reason": _("年度末の一斉更新")})


def _year_end() -> dt.date:
    return dt.date(fiscal_year(clock.today()) + 1, 3, 31)


def _chosen(data: QueryDict) -> list[UUID]:
    """The ids that were ticked; what is none is left out."""
    found = []
    for text in data.getlist("chosen")[:PAGE_SIZE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
