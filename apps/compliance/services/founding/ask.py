"""The city asks for a founding, asks again after a failure, or withdraws (開設の申込み・再実行・取下げ)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.compliance.founding_errors import AskerError, FoundingFaultError, FoundingStateError, FoundingTakenError
from apps.compliance.models.founding import Founding, FoundingState
from apps.compliance.queries.founding import known_names, wanted_of
from apps.compliance.rules.founding import faults
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together


def ask(*, actor: Actor, wanted: Founding) -> Founding:
    """Ask for ``wanted``, an unsaved row. ``FoundingFaultError`` for its first fault, ``FoundingTakenError``."""
    wanted.asked_at, wanted.asked_by = clock.now(), asker(actor)
    check(wanted)
    told = entry(actor, Action.CREATE, object_type="founding", object_id=wanted.pk, tenant=wanted.schema_name)
    with _alone(), transaction.atomic():
        insert_together(wanted, told)
    return wanted


def ask_again(*, actor: Actor, founding: UUID) -> None:
    """Try a founding once more that failed. ``FoundingStateError``, ``FoundingFaultError``, ``FoundingTakenError``."""
    found = Founding.objects.select_related("operator").filter(pk=founding, state=FoundingState.FAILED).first()
    if found is None:
        raise FoundingStateError
    check(found)
    with _alone():
        _change(actor, founding, FoundingState.ASKED, of=(FoundingState.FAILED,))


def drop(*, actor: Actor, founding: UUID) -> None:
    """Withdraw a founding that waits or failed; its names are free again. ``FoundingStateError``."""
    _change(actor, founding, FoundingState.DROPPED, of=(FoundingState.ASKED, FoundingState.FAILED))


def check(wanted: Founding) -> None:
    """``FoundingFaultError`` for the first fault of ``wanted`` as things are now."""
    for name, fault in faults(wanted_of(wanted), known_names(beside=wanted.pk)).items():
        raise FoundingFaultError(field=name, fault=fault.value)


def asker(actor: Actor) -> UUID:
    """The officer who asks. ``AskerError``."""
    if actor.id is None:
        raise AskerError
    return actor.id


def _change(actor: Actor, founding: UUID, state: FoundingState, *, of: tuple[FoundingState, ...]) -> None:
    with transaction.atomic():
        rows = Founding.objects.filter(pk=founding, state__in=of)
        if not rows.update(state=state, asked_at=clock.now(), asked_by=asker(actor)):
            raise FoundingStateError
        record(actor, Action.CHANGE, object_type="founding", object_id=founding, state=state.value)


@contextmanager
def _alone() -> Iterator[None]:
    """Of two who want the same name at once the database takes one, and the other is told."""
    try:
        yield
    except IntegrityError:
        raise FoundingTakenError from None
