"""The portal's forms: shape of the input only; rules are the services' business."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.listing import AllowedPurpose
from apps.bookings.services.apply import Application
from shared.web.fields import CountField


def in_language(name: str, name_en: str) -> str:
    """The name in the language of the request."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


def purposes_by_group(allowed: Sequence[AllowedPurpose]) -> list[tuple[str, Any]]:
    """Choices of purposes, by their groups (分類) where they have one."""
    found: list[tuple[str, Any]] = []
    for group, members in groupby(allowed, key=lambda one: in_language(one.group, one.group_en)):
        choices = [(one.code, in_language(one.name, one.name_en)) for one in members]
        found += [(group, choices)] if group else choices
    return found


class HoldForm(forms.Form):
    """A choice of slots, sent by a button of the day's page."""

    key = forms.UUIDField()
    registrant = forms.UUIDField()
    slots = forms.TypedMultipleChoiceField(coerce=int, choices=[(number, number) for number in range(1, 100)])


class ApplyForm(forms.Form):
    """What the applicant says of the use."""

    purpose = forms.ChoiceField(label=_("利用目的"))
    event_name = forms.CharField(
        label=_("行事名・利用の内容"), max_length=100, help_text=_("例：五月の例会。申請書と許可書に記載されます。")
    )
    headcount = CountField(label=_("利用人数"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: object = None, *, allowed: Sequence[AllowedPurpose], capacity: int, version: int) -> None:
        super().__init__(data, initial={"version": version})  # type: ignore[arg-type]  # a QueryDict
        named = purposes_by_group(allowed)
        self.fields["purpose"].choices = [("", _("選択してください")), *named]  # type: ignore[attr-defined]
        self.fields["headcount"].help_text = _("定員は%(capacity)s人です。") % {"capacity": capacity}

    def application(self) -> Application:
        """The valid form's content."""
        values = self.cleaned_data
        return Application(values["purpose"], values["headcount"], values["event_name"])
