"""The desk answers what a citizen asked (依頼への回答): writes it by the acts of a registration, or says why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.db import transaction

from apps.registrants.mail import facility_context
from apps.registrants.models import (
    Act,
    CitizenRequest,
    CitizenRequestKind,
    CitizenRequestState,
    CloseCause,
    Registrant,
    RegistrantKind,
)
from apps.registrants.portal_errors import AnswerMissingError, UnknownRequestError
from apps.registrants.queries.alike import Alike, alike_to, portrait_of
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.judgement import sought_by
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.roster import roster_of
from apps.registrants.rules.entry import phone_key
from apps.registrants.rules.wishes import item_wishes, person_wishes
from apps.registrants.services.acting import leave_trace, registrant_for, write
from apps.registrants.services.ask_facility import person_of
from apps.registrants.services.change import change_individual
from apps.registrants.services.close import close
from apps.registrants.services.registering import changes_between, extras_to_keep
from apps.registrants.services.registering_groups import file_group
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.messages import message

AS_ASKED: Final = "本人の訂正の依頼による"
AS_WITHDRAWN: Final = "本人の廃止の届出による"


def accept(*, actor: Actor, request: int, answer: str = "") -> None:
    """Write what was asked for: a change of the registration, or its closing from today on.

    Raises ``UnknownRequestError``; for a correction ``StrayWishError`` and the errors of ``change_individual``, for a
    withdrawal the errors of ``close``. Nothing is written then, and the request stays open.
    """
    with transaction.atomic():
        asked = _locked(request)
        if asked.kind == CitizenRequestKind.WITHDRAWAL:
            close(
                actor=actor,
                registrant=asked.registrant_id,
                cause=CloseCause.WITHDRAWN,
                reason=AS_WITHDRAWN,
                effective_on=clock.today(),
            )
        elif asked.wishes:
            _correct(actor, asked)
        _decide(actor, asked, CitizenRequestState.ACCEPTED, answer)


def decline(*, actor: Actor, request: int, answer: str) -> None:
    """Leave the registration as it is, and say why. ``UnknownRequestError``, ``AnswerMissingError``."""
    if not answer.strip():
        raise AnswerMissingError(field="answer")
    with transaction.atomic():
        _decide(actor, _locked(request), CitizenRequestState.DECLINED, answer)


def _locked(request: int) -> CitizenRequest:
    waiting = CitizenRequest.objects.select_for_update().filter(pk=request, state=CitizenRequestState.OPEN)
    found = waiting.first()
    if found is None:
        raise UnknownRequestError
    return found


def _correct(actor: Actor, asked: CitizenRequest) -> None:
    found = registrant_for(Act.CHANGE, registrant=asked.registrant_id)
    person = replace(person_of(found), **person_wishes(asked.wishes, kind=found.kind, today=clock.today()))
    extras = _extras(found, asked)
    if found.kind == RegistrantKind.GROUP:
        kept = extras_to_keep(extras, found.kind, before=found.extras)
        changes = changes_between(found, person, kept)
        columns = {"postal_code": person.postal_code, "address": person.address, "phone": person.phone}
        write(found, **columns, phone_key=phone_key(person.phone), extras=kept)
        leave_trace(actor, found.pk, Act.CHANGE, reason=AS_ASKED, changes=changes)
        file_group(found, _alike(found))
        return
    change_individual(
        actor=actor,
        registrant=found.pk,
        seen_version=found.version,
        person=person,
        extras=extras,
        reason=AS_ASKED,
    )


def _alike(group: Registrant) -> list[Alike]:
    """The groups that it may be, with its new address and telephone."""
    sought = sought_by(policy_on(clock.today()))
    return alike_to(portrait_of(group, roster_of(group.pk)), sought, but=group.pk)


def _extras(found: Registrant, asked: CitizenRequest) -> dict[str, Any]:
    """The items that are asked today, with the wished values in place of the registered ones."""
    codes = {one.item.code for one in collected_for(found.kind)}
    wished = item_wishes(asked.wishes, today=clock.today())
    kept = {code: value for code, value in found.extras.items() if code in codes}
    return {code: value for code, value in (kept | wished).items() if value is not None}


def _decide(actor: Actor, asked: CitizenRequest, state: CitizenRequestState, answer: str) -> None:
    asked.state, asked.answer, asked.decided_at, asked.decided_by = state, answer.strip(), clock.now(), actor.id
    asked.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    told = entry(actor, Action.CHANGE, object_type="citizen_request", object_id=asked.registrant_id, state=state.value)
    mail = message(template="registrants/mail/answered", recipient=asked.account, context=facility_context())
    insert_together(told, mail)
