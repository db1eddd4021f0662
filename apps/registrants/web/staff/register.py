"""Registering an individual at the counter, and completing a 仮登録 there; likenesses are asked about."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.registrants.errors import PossibleDuplicateError, UnknownRegistrantError
from apps.registrants.models import Registrant, RegistrantKind, RegistrantState
from apps.registrants.queries.duplicates import possible_duplicates
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.registrants import emergency_contacts_of, registrant_of
from apps.registrants.services.complete import complete_individual
from apps.registrants.services.register import register_individual
from apps.registrants.web.staff.register_forms import CompleteForm, RegisterForm
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

"""Who registers people."""
Filled = RegisterForm | CompleteForm


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SiteRequest) -> HttpResponse:
    """A new individual: the form, or the registration."""
    items = collected_for(RegistrantKind.INDIVIDUAL)
    if request.method != "POST":
        return _page(request, RegisterForm(initial={"key": uuid.uuid4()}, items=items), "register")
    form = RegisterForm(request.POST, items=items)

    def act() -> Registrant:
        values = form.cleaned_data
        return register_individual(
            actor=actor_of(request),
            entry=form.entry(),
            document=values["document"],
            key=values["key"],
            others=form.others,
        )

    return _answered(request, form, "register", act)


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """A 仮登録 of an individual: what the citizen typed, to be put right by what they show."""
    found = _individual(registrant)
    items = collected_for(found.kind)
    if request.method != "POST":
        return _page(request, CompleteForm(initial=_initial(request, found), items=items), "complete", found)
    form = CompleteForm(request.POST, items=items)

    def act() -> Registrant:
        return complete_individual(
            actor=actor_of(request),
            registrant=registrant,
            seen_version=form.seen_version,
            entry=form.entry(),
            document=form.cleaned_data["document"],
            others=form.others,
        )

    return _answered(request, form, "complete", act, found)


def _individual(registrant: UUID) -> Registrant:
    found = registrant_of(registrant)
    if found.kind != RegistrantKind.INDIVIDUAL:
        raise UnknownRegistrantError
    return found


def _initial(request: SiteRequest, found: Registrant) -> dict[str, Any]:
    """What the form begins with; contacts that are shown are told to the audit."""
    contacts = emergency_contacts_of(found.pk)
    if contacts:
        record(actor_of(request), Action.VIEW, object_type="emergency_contact", object_id=found.pk, found=len(contacts))
    return {
        "version": found.version,
        **CompleteForm.person_initial(found),
        **CompleteForm.contacts_initial(contacts),
        **CompleteForm.items_initial(found.extras),
    }


def _answered(
    request: SiteRequest, form: Filled, name: str, act: Callable[[], Registrant], found: Registrant | None = None
) -> HttpResponse:
    """Fill the address, refuse what is wrong, ask about likenesses, or do it: the first of these that is due."""
    if form.fills_address:
        form.with_address()
        return _page(request, form, name, found, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else None)
    if not form.is_valid():
        return _page(request, form, name, found, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        registered = act()
    except PossibleDuplicateError as error:
        _ask(request, form, but=found)
        return _page(request, form, name, found, status=tell(form, error))
    except DomainError as error:
        return _page(request, form, name, found, status=tell(form, error))
    messages.success(request, _done(registered))
    return redirect("desk:registrant", registrant=registered.pk)


def _ask(request: SiteRequest, form: Filled, *, but: Registrant | None) -> None:
    """Show who may be the same person: a search of the register, and audited as one."""
    form.errors_at = "likenesses"
    form.candidates = possible_duplicates(form.person(), but=but.pk if but else None)
    record(
        actor_of(request),
        Action.SEARCH,
        object_type="registrant",
        persons=[one.registrant.pk for one in form.candidates],
        by="likeness",
        found=len(form.candidates),
    )


def _done(registered: Registrant) -> str:
    if registered.state == RegistrantState.UNDER_REVIEW:
        return _("登録を受け付けました。審査を待っています。登録番号は %(number)s です。") % {
            "number": registered.number
        }
    return _("登録しました。登録番号は %(number)s です。") % {"number": registered.number}


def _page(
    request: SiteRequest, form: Filled, name: str, found: Registrant | None = None, *, status: int | None = None
) -> HttpResponse:
    context = {"form": form, "registrant": found}
    return render(request, f"registrants/staff/{name}.html", context, status=status or HTTPStatus.OK)
