"""Asking the facility for a correction, or for the end of the registration."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.registrants.models import CitizenRequestKind, RegistrantKind
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.own import OwnFile, own_file
from apps.registrants.rules.standing import PROVISIONAL
from apps.registrants.rules.wishes import OF_A_GROUP, PERSON
from apps.registrants.services.ask_facility import ask_correction, ask_withdrawal, take_back_provisional
from apps.registrants.services.hooks import closing_obstacles
from apps.registrants.web.citizen.pages import FORM_METHODS, Trail, bound, page, tried
from apps.registrants.web.citizen.registrations import below
from apps.registrants.web.forms import ItemFields, PersonFields, Section
from kernel import clock
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs

NOTE_LIMIT = 500
TOO_LONG = {"max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。")}


class NoteField(forms.CharField):
    """What the citizen wants to say besides."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=NOTE_LIMIT,
            required=False,
            error_messages=dict(TOO_LONG),
            widget=forms.Textarea({"rows": 3}),
            **options,
        )


class CorrectionForm(PersonFields, ItemFields):
    """What is registered, to be written over. No further item need be answered for it."""

    note = NoteField(label=_("施設に伝えたいこと"), help_text=_("例：転居しました。結婚により姓が変わりました。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.items:
            self.fields[f"item_{one.item.code}"].required = False

    @property
    def sections(self) -> Iterator[Section]:
        yield from super().sections
        yield self.section(_("連絡事項"), "note")

    def columns(self) -> dict[str, Any]:
        """The person's columns of the valid form, those that it asks for."""
        return {name: self.cleaned_data[name] for name in [*PERSON, "birth_date"] if name in self.fields}


class GroupCorrectionForm(CorrectionForm):
    """Of a group only what may be changed without coming to the counter."""

    family_name = given_name = family_kana = given_kana = birth_date = None  # type: ignore[assignment]  # Django's way

    @property
    def sections(self) -> Iterator[Section]:
        yield self.section(_("代表者の住所と電話番号"), *sorted(OF_A_GROUP, key=[*PERSON].index))
        items = [f"item_{one.item.code}" for one in self.items]
        if items:
            yield self.section(_("そのほかの項目"), *items)
        yield self.section(_("連絡事項"), "note")


class WithdrawalForm(forms.Form):
    """That the registration is to end."""

    note = NoteField(label=_("廃止の理由"))
    is_meant = forms.BooleanField(
        label=_("廃止されると予約できなくなることを理解しました"),
        error_messages={"required": _("確認のため、チェックを入れてください。")},
    )


class TakingBackForm(forms.Form):
    """That a 仮登録 is to be forgotten."""

    is_meant = forms.BooleanField(
        label=_("仮登録の情報が消え、元に戻せないことを理解しました"),
        error_messages={"required": _("確認のため、チェックを入れてください。")},
    )


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def correct(request: SiteRequest, tenant: str, registrant: UUID) -> HttpResponse:
    """What is registered as a form; what differs is asked for."""
    file = own_file(registrant, today=clock.today())
    found = file.registrant
    kind = GroupCorrectionForm if found.kind == RegistrantKind.GROUP else CorrectionForm
    items = collected_for(found.kind)
    initial = {**kind.person_initial(found), **kind.items_initial(found.extras)}
    form = kind(request.POST if request.method == "POST" else None, initial=initial, items=items)
    if form.fills_address:
        form.with_address()
        return _page(request, "correct.html", file, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200)

    def act() -> None:
        ask_correction(
            actor=actor_of(request),
            registrant=registrant,
            person=form.columns(),
            extras=_kept(found.extras, form),
            note=form.cleaned_data["note"],
        )

    if status := tried(request, form, act):
        is_asked = file.is_open(CitizenRequestKind.CORRECTION)
        return _page(request, "correct.html", file, form, status, is_asked=is_asked)
    messages.success(request, __("訂正の依頼を受け付けました。回答はメールとこのページでお知らせします。"))
    return redirect("my:registration", tenant=tenant, registrant=registrant)


@needs(Right.CITIZEN)
@never_cache
@require_http_methods(FORM_METHODS)
def withdraw(request: SiteRequest, tenant: str, registrant: UUID) -> HttpResponse:
    """Ask for the end of the registration; what stands in its way is shown at once, each with its page.

    A 仮登録 is taken back here by the citizen alone.
    """
    file = own_file(registrant, today=clock.today())
    if file.state == PROVISIONAL:
        return _take_back(request, file)
    form = bound(request, WithdrawalForm)

    def act() -> None:
        ask_withdrawal(actor=actor_of(request), registrant=registrant, note=form.cleaned_data["note"])

    if status := tried(request, form, act):
        obstacles = closing_obstacles(registrant) if file.may_ask else []
        is_asked = file.is_open(CitizenRequestKind.WITHDRAWAL)
        return _page(request, "withdraw.html", file, form, status, obstacles=obstacles, is_asked=is_asked)
    messages.success(request, __("廃止の届出を受け付けました。回答はメールとこのページでお知らせします。"))
    return redirect("my:registration", tenant=tenant, registrant=registrant)


def _take_back(request: SiteRequest, file: OwnFile) -> HttpResponse:
    form = bound(request, TakingBackForm)
    if status := tried(request, form, lambda: take_back_provisional(file.registrant.pk)):
        return _page(request, "take_back.html", file, form, status)
    messages.success(request, __("仮登録を取り下げ、情報を消去しました。"))
    return redirect("my:registrations")


def _kept(extras: dict[str, Any], form: CorrectionForm) -> dict[str, Any]:
    """The items of the form, and those registered that are no longer asked: these are nobody's wish to change."""
    asked = {one.item.code for one in form.items}
    return {code: value for code, value in extras.items() if code not in asked} | form.extras()


def _page(
    request: SiteRequest, template: str, file: OwnFile, form: forms.Form, status: int, **context: object
) -> HttpResponse:
    return page(request, template, trail=_trail(request, file), file=file, form=form, status=status, **context)


def _trail(request: SiteRequest, file: OwnFile) -> Trail:
    return below(file.registrant.number)
