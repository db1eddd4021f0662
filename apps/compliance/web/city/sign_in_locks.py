"""Locks of signing in (ログインの一時停止): which hold now, and one ended before its time, with a reason."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.bookings.templatetags.bookings import in_language
from apps.compliance.queries.sign_in_locks import lock_of, locks
from apps.compliance.queries.signin import places
from apps.compliance.web.city.about import named_by
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.policies.unlocking import clear_lock
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


class ClearForm(forms.Form):
    """Why a lock is ended."""

    reason = forms.CharField(
        label=_("解除の理由"),
        max_length=200,
        help_text=_("例：本人の入力誤り。本人であることを、対面または登録済みの電話で確認してから解除します。"),
        error_messages={"required": _("理由を入力してください。")},
    )


@needs(Right.ACCOUNTS_GRANT)
@require_safe
def sign_in_locks(request: SiteRequest) -> HttpResponse:
    """What holds somebody up now, at any desk or at the city."""
    names = _names()
    trail = [(__("管理"), reverse("city:office")), (__("ログインの一時停止"), "")]
    return page(request, "sign_in_locks.html", trail=trail, rows=[(one, names[one.place]) for one in locks()])


@needs(Right.ACCOUNTS_GRANT, about=named_by("place"))
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: SiteRequest, place: str, pair: int) -> HttpResponse:
    """End one, with a reason."""
    one = lock_of(place, pair)
    if one is None:
        raise Http404
    form, status = ClearForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                clear_lock(actor=actor_of(request), place=place, pair=pair, account=one.account, reason=reason)
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("一時停止を解除しました。"))
                return redirect("city:sign_in_locks")
    above = (__("ログインの一時停止"), reverse("city:sign_in_locks"))
    trail = [(__("管理"), reverse("city:office")), above, (__("一時停止の解除"), "")]
    context = {"one": one, "place_name": _names()[place], "form": form}
    return page(request, "clear_sign_in_lock.html", status=status, trail=trail, **context)


def _names() -> dict[str, str]:
    return {one.schema: str(in_language(one.name, one.name_en)) for one in places()}
