"""One-time codes that the desk hands over or mails (一回限りの番号): to link an account, or to reset its password.

The desk learns that some account holds a registration, never which, nor what else that account holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.registrants.mail import facility_context
from apps.registrants.models import Act, CodePurpose, IdentityCheck, LinkCode, Registrant
from apps.registrants.portal_errors import AlreadyLinkedError, NotLinkedError
from apps.registrants.rules.standing import check_reason
from apps.registrants.services.acting import leave_trace, registrant_for, write
from kernel import clock
from shared.accounts.tokens import hash_of, new_code
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.messages import message

LIVES: Final = {CodePurpose.LINK: dt.timedelta(days=14), CodePurpose.RESET: dt.timedelta(days=3)}
GROUPS: Final = {CodePurpose.LINK: 2, CodePurpose.RESET: 4}
"""Groups of four letters: a link also needs the number and allows five tries, a reset needs nothing else."""


@dataclass(frozen=True, slots=True)
class Handout:
    """A code as it is printed, once: it is kept nowhere."""

    registrant: Registrant
    purpose: CodePurpose
    code: str = field(repr=False)
    made_on: dt.date
    last_day: dt.date


def make_link_code(*, actor: Actor, registrant: UUID, document: str = "") -> Handout:
    """A code with which the registrant links an account; an open one before it is void.

    ``document`` is what was shown where it is handed over, empty where it is mailed to the registered address.
    Raises the errors of ``registrant_for``; ``AlreadyLinkedError``.
    """
    with transaction.atomic():
        found = registrant_for(Act.LINK, registrant=registrant)
        if found.portal_account is not None:
            raise AlreadyLinkedError
        handout = _handout(found, CodePurpose.LINK)
        _write(actor, handout, hash_of(handout.code, found.number), document)
    return handout


def make_reset_code(*, actor: Actor, registrant: UUID, document: str) -> Handout:
    """A code with which the holder of the registration's account sets a new password, after an identity check.

    Raises the errors of ``registrant_for``; ``NotLinkedError``.
    """
    with transaction.atomic():
        found = registrant_for(Act.UNLINK, registrant=registrant)
        if found.portal_account is None:
            raise NotLinkedError
        handout = _handout(found, CodePurpose.RESET)
        _write(actor, handout, hash_of(handout.code), document)
    return handout


def unlink_at_desk(*, actor: Actor, registrant: UUID, reason: str) -> None:
    """Take the account away from the registration, and tell its holder by mail.

    Raises the errors of ``registrant_for`` and ``check_reason``; ``NotLinkedError``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = registrant_for(Act.UNLINK, registrant=registrant)
        if found.portal_account is None:
            raise NotLinkedError
        told = message(template="registrants/mail/unlinked", recipient=found.portal_account, context=facility_context())
        write(found, portal_account=None)
        leave_trace(actor, registrant, Act.UNLINK, reason=cleaned)
        insert_together(told)


def _handout(found: Registrant, purpose: CodePurpose) -> Handout:
    today = clock.today()
    return Handout(found, purpose, new_code(GROUPS[purpose]), today, today + LIVES[purpose])


def _write(actor: Actor, handout: Handout, code_hash: str, document: str) -> None:
    """The code's hash, what was shown, and the audit entry; an open code of the same purpose is void."""
    if actor.id is None:
        raise ValueError("a code is made by somebody")
    now, found, purpose = clock.now(), handout.registrant, handout.purpose
    LinkCode.objects.filter(registrant=found, purpose=purpose, used_at=None).update(used_at=now)
    row = LinkCode(
        registrant=found,
        purpose=purpose,
        code_hash=code_hash,
        made_at=now,
        made_by=actor.id,
        expires_at=now + LIVES[purpose],
    )
    seen = IdentityCheck(registrant=found, document=document, on=clock.today(), by=actor.id, at=now)
    told = entry(actor, Action.PRINT, object_type="link_code", object_id=found.pk, kind=purpose.value)
    insert_together(row, *([seen] if document else []), told)
