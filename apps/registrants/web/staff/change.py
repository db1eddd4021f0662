"""Changing an individual's registration, and the people to call."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Registrant, RegistrantKind
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.registrants import emergency_contacts_of, registrant_of
from apps.registrants.services.change import change_contacts, change_individual
from apps.registrants.web.staff.register_forms import ChangeForm, ContactsForm
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """What is registered of an individual, to be changed."""
    found = registrant_of(registrant)
    if found.kind != RegistrantKind.INDIVIDUAL:
        raise UnknownRegistrantError
    items = collected_for(found.kind)
    if request.method != "POST":
        record(actor_of(request), Action.VIEW, object_type="registrant", object_id=registrant)
        return _page(request, "change", found, ChangeForm(initial=_initial(found), items=items))
    form = ChangeForm(request.POST, initial=_initial(found), items=items)
    if form.fills_address:
        form.with_address()
        return _page(request, "change", found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else None)
    if not form.is_valid():
        return _page(request, "change", found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _changed(request, found, form)


@needs(Right.REGISTRANTS_KEEP)
@require_POST
def contacts(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """The people to call, to be changed. By POST only: opening the form shows them, and is audited."""
    found = registrant_of(registrant)
    if "save" not in request.POST:
        people = emergency_contacts_of(registrant)
        record(actor_of(request), Action.VIEW, object_type="emergency_contact", object_id=registrant, found=len(people))
        initial = {"version": found.version, **ContactsForm.contacts_initial(people)}
        return _page(request, "change_contacts", found, ContactsForm(initial=initial))
    form = ContactsForm(request.POST)
    if not form.is_valid():
        return _page(request, "change_contacts", found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        change_contacts(
            actor=actor_of(request), registrant=registrant, seen_version=form.seen_version, contacts=form.contacts()
        )
    except DomainError as error:
        return _page(request, "change_contacts", found, form, status=tell(form, error))
    messages.success(request, _("緊急連絡先を変更しました。"))
    return redirect("desk:registrant", registrant=registrant)


def _initial(found: Registrant) -> dict[str, Any]:
    return {
        "version": found.version,
        **ChangeForm.person_initial(found),
        **ChangeForm.items_initial(found.extras),
    }


def _changed(request: SiteRequest, found: Registrant, form: ChangeForm) -> HttpResponse:
    try:
        differs = change_individual(
            actor=actor_of(request),
            registrant=found.pk,
            seen_version=form.seen_version,
            person=form.person(),
            extras=form.extras(),
            reason=form.cleaned_data["reason"],
        )
    except DomainError as error:
        return _page(request, "change", found, form, status=tell(form, error))
    messages.success(request, _("登録事項を変更しました。") if differs else _("変更された項目はありませんでした。"))
    return redirect("desk:registrant", registrant=found.pk)


def _page(
    request: SiteRequest, name: str, found: Registrant, form: ChangeForm | ContactsForm, *, status: int | None = None
) -> HttpResponse:
    context = {"form": form, "registrant": found}
    return render(request, f"registrants/staff/{name}.html", context, status=status or HTTPStatus.OK)
