"""Reminders by mail (お知らせメール): what is chosen, and the link that stops all of it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.bookings.rules.reminders import EVENING, MORNING
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.citizen.favourites import holder
from kernel.errors import DomainError
from shared.accounts.models import ReminderWish
from shared.accounts.reminding import choose_reminders, stop_reminders, wish_of
from shared.accounts.tokens import token_in
from shared.frame.forms import TimeInput
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

LEADS: Final = (
    (10080, gettext_lazy("7日前")),
    (4320, gettext_lazy("3日前")),
    (1440, gettext_lazy("1日前")),
    (180, gettext_lazy("3時間前")),
    (60, gettext_lazy("1時間前")),
)


class ReminderForm(forms.Form):
    """What somebody wants to be reminded of. Nothing ticked: no mail."""

    hides_requirement = True

    use = forms.TypedMultipleChoiceField(
        label=gettext_lazy("利用の前"),
        required=False,
        coerce=int,
        choices=LEADS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("許可された予約について、利用の開始のどれだけ前に送るかを選びます。"),
    )
    tentative = forms.TypedMultipleChoiceField(
        label=gettext_lazy("仮予約の期限の前"),
        required=False,
        coerce=int,
        choices=LEADS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("施設からのお知らせのほかに送ります。"),
    )
    opening = forms.BooleanField(
        label=gettext_lazy("お気に入りの室場の受付が始まったとき（月ごとに受付が始まる室場）"), required=False
    )
    is_quiet = forms.BooleanField(label=gettext_lazy("次の時間帯には送らない"), required=False)
    quiet_from = forms.TimeField(label=gettext_lazy("何時から"), required=False, widget=TimeInput)
    quiet_until = forms.TimeField(label=gettext_lazy("何時まで"), required=False, widget=TimeInput)

    language = forms.ChoiceField(label=gettext_lazy("メールのことば"), choices=django_settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two ends."""
        values = super().clean() or {}
        for name in ("quiet_from", "quiet_until"):
            if values.get("is_quiet") and values.get(name) is None and name not in self.errors:
                self.add_error(name, _("時刻を入力してください。"))
        return values

    def chosen(self) -> dict[str, Any]:
        """As the service takes it."""
        values = self.cleaned_data
        quiet = (values["quiet_from"], values["quiet_until"]) if values["is_quiet"] else None
        return {name: values[name] for name in ("use", "tentative", "opening", "language")} | {"quiet": quiet}


@needs(Right.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settings(request: SiteRequest) -> HttpResponse:
    """Choose of what to be reminded, and when to be left in peace."""
    account = holder(request)
    wish = wish_of(account.pk)
    form = ReminderForm(
        request.POST if request.method == "POST" else None, initial={"language": account.language, **_initial(wish)}
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                choose_reminders(actor=actor_of(request), account=account.pk, **form.chosen())
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("お知らせメールの設定を保存しました。"))
                return redirect("citizen:reminders")
        else:
            status = 422
    trail = [(_("お知らせメールの設定"), "")]
    return page(request, "reminders.html", trail=trail, status=status, form=form, wish=wish)


@needs(Right.OPEN)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: SiteRequest, link: str) -> HttpResponse:
    """The page of the link in a mail: a button, since mail programs open links by themselves.

    A mail program may send the POST of RFC 8058 in its reader's name: it carries no token, and can do nothing but stop
    these mails.
    """
    token_in(link)
    trail = [(_("お知らせメールの停止"), "")]
    if request.method != "POST":
        return page(request, "stop_reminders.html", trail=trail, is_done=False)
    stop_reminders(actor=actor_of(request), link=link)
    return page(request, "stop_reminders.html", trail=trail, is_done=True)


def _initial(wish: ReminderWish | None) -> dict[str, Any]:
    if wish is None:
        return {"is_quiet": True, "quiet_from": EVENING, "quiet_until": MORNING}
    return {
        "use": wish.use,
        "tentative": wish.tentative,
        "opening": wish.opening,
        "is_quiet": wish.quiet_from is not None,
        "quiet_from": wish.quiet_from or EVENING,
        "quiet_until": wish.quiet_until or MORNING,
    }
