"""オンライン決済: the form of a tenant's terms of paying online, and its preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import OnlineBasis, OnlinePaymentTerms, OnPaid
from apps.bookings.queries.online import online_terms_on, regime_on, terms_from
from apps.bookings.rules.online import BASES, OnlineTerms, check_terms
from apps.bookings.services.fees.online.terms import set_online_terms, withdraw_online_terms
from apps.bookings.web.staff.settings.fields import NumberField, starting_day
from apps.bookings.web.staff.settings.kinds import Preview, Row, Setting, SettingForm
from apps.registrants.web.forms import Section, Sectioned
from kernel import clock
from shared.actor import Actor
from shared.payments.providers import has_keys, known
from tenants.scope import scoped_connection

ON, OFF = "on", "off"


class OnlineForm(Sectioned, SettingForm):
    """Whether, through whom, on what ground, for how long."""

    valid_from = starting_day(help_text=_("この日に始める支払いから使います。今日以後の日を入力します。"))
    is_on = forms.ChoiceField(
        label=_("オンライン決済"),
        choices=[(OFF, _("使わない")), (ON, _("使う"))],
        widget=forms.RadioSelect,
    )
    provider = forms.ChoiceField(
        label=_("決済サービス"),
        required=False,
        choices=lambda: [("", _("選択してください")), *known().items()],
        help_text=_(
            "市のシステム担当が接続し、この施設の契約の鍵を登録したものだけを選べます。鍵はここには入力しません。"
        ),
    )
    basis = forms.ChoiceField(
        label=_("収納の根拠"),
        required=False,
        choices=[("", _("選択してください")), *OnlineBasis.choices],
        help_text=_(
            "使用料は、市が指定した指定納付受託者（地方自治法第231条の2の2）が納付します。利用料金は、運営者が決済事業者と契約します。"
        ),
    )
    agent = forms.CharField(
        label=_("指定納付受託者または契約の相手方"),
        required=False,
        max_length=200,
        help_text=_("名称と、指定の告示または契約の年月日"),
    )
    minutes = NumberField(label=_("支払いの時間（分）"), least=10, most=120)
    on_paid = forms.ChoiceField(label=_("仮予約が完納になったとき"), choices=OnPaid.choices, widget=forms.RadioSelect)

    @property
    def sections(self) -> Iterator[Section]:
        yield self.section(_("いつから"), "valid_from", "is_on")
        note = _("「使う」を選んだときに入力します。")
        yield self.section(_("決済サービスと根拠"), "provider", "basis", "agent", note=note)
        yield self.section(_("支払いと予約"), "minutes", "on_paid")

    def terms(self) -> OnlineTerms:
        """What the valid form says; what is off names nobody."""
        values = self.cleaned_data
        if values["is_on"] == OFF:
            return OnlineTerms(minutes=values["minutes"], on_paid=values["on_paid"])
        agent = values["agent"].strip()
        return OnlineTerms(True, values["provider"], values["basis"], agent, values["minutes"], values["on_paid"])

    def preview(self) -> Preview:
        day, new = self.cleaned_data["valid_from"], self.terms()
        schema = scoped_connection().scope.schema
        check_terms(new, regime=regime_on(day), providers=known(), has_keys=has_keys(schema))
        before, after = _lines(online_terms_on(day)), _lines(new)
        return Preview(
            headings=(_("項目"), _("今の定め"), _("変更後の定め")),
            changes=[(label, before[label], told) for label, told in after.items() if before[label] != told],
            notes=[__("すでに始まった支払いは、始めたときの定めのまま受け取ります。")],
        )

    def save(self, actor: Actor) -> None:
        set_online_terms(actor=actor, valid_from=self.cleaned_data["valid_from"], terms=self.terms())


def _lines(terms: OnlineTerms) -> dict[str, str]:
    basis = str(OnlineBasis(terms.basis).label) if terms.basis else "－"
    return {
        __("オンライン決済"): __("使う") if terms.is_on else __("使わない"),
        __("決済サービス"): known().get(terms.provider, terms.provider) or "－",
        __("収納の根拠"): basis,
        __("指定納付受託者または契約の相手方"): terms.agent or "－",
        __("支払いの時間（分）"): str(terms.minutes),
        __("仮予約が完納になったとき"): str(OnPaid(terms.on_paid).label),
    }


def _initial() -> dict[str, Any]:
    day = clock.today()
    held = online_terms_on(day)
    return {
        "valid_from": day,
        "is_on": ON if held.is_on else OFF,
        "provider": held.provider,
        "basis": held.basis or BASES[regime_on(day)],
        "agent": held.agent,
        "minutes": held.minutes,
        "on_paid": held.on_paid,
    }


def _rows() -> list[Row]:
    rows, until = [], None
    for one in OnlinePaymentTerms.objects.order_by("-valid_from"):
        lines = _lines(terms_from(one))
        title, *rest = lines.values()
        comes = one.valid_from > clock.today()
        key = one.valid_from.isoformat() if comes else ""
        rows.append(Row(title, "　".join(rest[:3]) if one.is_on else "", one.valid_from, until, key=key))
        until = one.valid_from - dt.timedelta(days=1)
    return rows


ONLINE = Setting(
    name="online",
    title=_("オンライン決済"),
    text=_("使用料・利用料金をクレジットカードやコード決済で納められるようにします。初めは使わない設定です。"),
    new=_("オンライン決済を定める"),
    form=OnlineForm,
    rows=_rows,
    withdraw=lambda actor, key: withdraw_online_terms(actor=actor, valid_from=dt.date.fromisoformat(key)),
    initial=_initial,
)
