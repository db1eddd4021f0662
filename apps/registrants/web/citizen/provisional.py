"""Asking for a registration (仮登録): an individual, or a group with its representative."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.registrants.models import RegistrantKind
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.own import own_here
from apps.registrants.queries.policy import policy_on
from apps.registrants.services.pre_register import Wish, pre_register
from apps.registrants.web.citizen.pages import FORM_METHODS, page, tried
from apps.registrants.web.citizen.registrations import below
from apps.registrants.web.fields import GroupKanaField, GroupNameField
from apps.registrants.web.forms import ItemFields, PersonFields, Section
from kernel import clock
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


class Consent(PersonFields, ItemFields):
    """The person, the further items with their purposes, and the consent. ``key`` makes a form sent twice ask once."""

    consents = forms.BooleanField(
        label=_("利用目的に同意する"),
        error_messages={"required": _("利用目的を読み、同意する場合はチェックを入れてください。")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    kept: Sequence[tuple[str, str]] = ()
    """What was typed into the form of the other kind and has no field here: it goes along, hidden."""

    @property
    def sections(self) -> Iterator[Section]:
        yield from super().sections
        yield self.section(_("利用目的への同意"), "consents", note=PURPOSE)

    def keep_of(self, other: Consent) -> None:
        """Keep what was sent for fields that only ``other`` has."""
        strange = [name for field in other.fields if field not in self.fields for name in _boxes(other, field)]
        self.kept = [(name, str(self.data[name])) for name in strange if name in self.data]

    def wish(self) -> Wish:
        """What the valid form asks for."""
        values = self.cleaned_data
        group = (values.get("group_name", ""), values.get("group_kana", ""))
        return Wish(self.person(), *group, extras=self.extras())


class IndividualForm(Consent):
    """個人."""


class GroupForm(Consent):
    """団体: the roster is told at the counter."""

    birth_date = None  # type: ignore[assignment]  # so Django takes a field away
    person_title = _("代表者の氏名")
    group_name = GroupNameField(label=_("団体名"))
    group_kana = GroupKanaField(label=_("団体名のフリガナ"))

    @property
    def sections(self) -> Iterator[Section]:
        yield self.section(_("団体"), "group_name", "group_kana", note=_("構成員の名簿は、窓口で伺います。"))
        yield from super().sections


SWITCH: Final = "switch"
"""The button that changes to the form of the kind that it says."""
OTHER: Final = {
    RegistrantKind.INDIVIDUAL: RegistrantKind.GROUP,
    RegistrantKind.GROUP: RegistrantKind.INDIVIDUAL,
}
FORMS: Final[dict[str, type[Consent]]] = {
    RegistrantKind.INDIVIDUAL: IndividualForm,
    RegistrantKind.GROUP: GroupForm,
}
PURPOSE = _(
    "入力された情報は、施設の利用の受付、許可、緊急のときの連絡と、法令に基づく事務にだけ使います。"
    "「利用目的」と書かれた項目は、その目的にだけ使います。期限までに本登録がないときは、消去します。"
)


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def new(request: SiteRequest, tenant: str) -> HttpResponse:
    """The form, or the 仮登録. A button changes from one kind to the other, and nothing that was typed is lost."""
    kind = _kind(request.POST.get(SWITCH) or request.GET.get("kind"))
    if request.method != "POST":
        return _page(request, FORMS[kind](initial={"key": uuid.uuid4()}, items=collected_for(kind)), kind)
    form = FORMS[kind](request.POST, items=collected_for(kind))
    form.keep_of(FORMS[OTHER[kind]](items=collected_for(OTHER[kind])))
    if SWITCH in request.POST:
        form.leave_unjudged()
        return _page(request, form, kind)
    if form.fills_address:
        form.with_address()
        return _page(request, form, kind, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    asked: list[UUID] = []

    def act() -> None:
        asked.append(pre_register(actor=actor_of(request), wish=form.wish(), key=form.cleaned_data["key"]))

    if status := tried(request, form, act):
        return _page(request, form, kind, status)
    messages.success(request, __("仮登録を受け付けました。窓口で本登録をすると、予約できるようになります。"))
    return redirect("my:registration", tenant=tenant, registrant=asked[0])


def _boxes(form: forms.Form, field: str) -> list[str]:
    """The names under which ``field`` is sent."""
    whole = form.fields[field].widget.get_context(field, None, {})["widget"]
    return [box["name"] for box in whole.get("subwidgets", [whole])]


def _kind(wanted: str | None) -> RegistrantKind:
    return RegistrantKind.GROUP if wanted == RegistrantKind.GROUP else RegistrantKind.INDIVIDUAL


def _page(request: SiteRequest, form: Consent, kind: RegistrantKind, status: int = HTTPStatus.OK) -> HttpResponse:
    days = policy_on(clock.today()).provisional_days
    trail = below(__("仮登録の申し込み"))
    context = {"form": form, "kind": kind, "other": OTHER[kind], "days": days, "held": own_here()}
    return page(request, "provisional.html", trail=trail, status=status, **context)
