"""The part of a facility's terms that is about money: by when a fee is paid, and what goes back (納期・還付)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.terms import BOUNDS, RefundTerms, Terms
from kernel.yen import Rounding

DUE_KINDS: Final = [
    ("none", _("指定なし")),
    ("before_use", _("利用日の何日前")),
    ("day_before", _("当日前払（利用の前）")),
    ("day_after", _("当日後払（利用の後）")),
    ("later", _("後払（利用日から何日後）")),
    ("applied", _("申込日から何日後")),
    ("next_month", _("申込みの翌月の決まった日")),
]
ROUNDINGS: Final = [
    (Rounding.YEN_DOWN.value, _("1円未満切捨て")),
    (Rounding.YEN_UP.value, _("1円未満切上げ")),
    (Rounding.YEN_HALF_UP.value, _("1円未満四捨五入")),
    (Rounding.TEN_DOWN.value, _("10円未満切捨て")),
    (Rounding.TEN_UP.value, _("10円未満切上げ")),
    (Rounding.TEN_HALF_UP.value, _("10円未満四捨五入")),
]
LABELS: Final = {
    "payment.kind": _("納付期限"),
    "payment.days": _("納付期限の日数"),
    "payment.day": _("納付期限の日（翌月）"),
    "payment.lapse": _("期限までに1円も納付がなければ自動で取り消す"),
    "payment.remind": _("納付期限のお知らせ"),
    "refund.rounding": _("還付額の端数"),
    "refund.article": _("還付の根拠条項"),
}
HELP: Final = {
    "payment.days": _("日。「何日前」「何日後」のときに使います。"),
    "payment.day": _("日。その日がない月は、月の末日になります。"),
    "payment.lapse": _(
        "「利用日の何日前」「申込日から何日後」のときに限ります。審査中の予約と減免の審査中の予約は取り消しません。"
    ),
    "payment.remind": _("日前。0ならお知らせしません。"),
}
WORDS: Final = {"payment.kind": dict(DUE_KINDS), "refund.rounding": dict(ROUNDINGS)}


def add_money_fields(form: forms.Form) -> None:
    """Put the questions about money into the form of the terms."""
    fields = form.fields
    fields["payment__kind"] = forms.ChoiceField(label=LABELS["payment.kind"], choices=DUE_KINDS)
    for name in ("days", "day", "remind"):
        least, most = BOUNDS[f"payment.{name}"]
        fields[f"payment__{name}"] = forms.IntegerField(
            label=LABELS[f"payment.{name}"], help_text=HELP[f"payment.{name}"], min_value=least, max_value=most
        )
    fields["payment__lapse"] = forms.BooleanField(
        label=LABELS["payment.lapse"], help_text=HELP["payment.lapse"], required=False
    )
    fields["refund__rounding"] = forms.ChoiceField(label=LABELS["refund.rounding"], choices=ROUNDINGS)
    fields["refund__article"] = forms.CharField(label=LABELS["refund.article"], max_length=100, required=False)


def money_groups(form: forms.Form) -> list[tuple[Any, list[Any]]]:
    """The fields under their headings."""
    due = [form[f"payment__{name}"] for name in ("kind", "days", "day", "remind", "lapse")]
    back = [form[f"refund__{name}"] for name in ("rounding", "article")]
    return [(_("使用料の納付"), due), (_("還付"), back)]


def money_parts(values: dict[str, Any]) -> dict[str, Any]:
    """The groups of the terms that the valid form says."""
    due = {name: values[f"payment__{name}"] for name in ("kind", "days", "day", "lapse", "remind")}
    back = {name: values[f"refund__{name}"] for name in ("rounding", "article")}
    return {"payment": DueTerms(**due), "refund": RefundTerms(**back)}


def word_of_money(path: str, value: Any) -> Any:
    """A value as it is worded, where it is a code."""
    return WORDS[path][value] if path in WORDS else value


def money_lines(terms: Terms) -> list[tuple[str, Any]]:
    """Path and value of everything that is set about money."""
    found = []
    for path in LABELS:
        group, name = path.split(".")
        found.append((path, getattr(getattr(terms, group), name)))
    return found
