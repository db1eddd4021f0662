"""A founding is performed: the whole tenant in one transaction of the owner's, or nothing of it.

What the row says was written by the web, so it is held against the rules again here. The row itself becomes ``done`` in
the same transaction, so that a process may be killed at any moment: what is not done has left nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from apps.compliance.founding_errors import AskerError, FoundingFaultError
from apps.compliance.models.founding import Founding, FoundingState
from apps.compliance.rules.founding import Stage, percent_at
from apps.compliance.services.founding.ask import check
from apps.compliance.services.founding.furnish import furnish
from apps.compliance.services.founding.notes import Notes, open_notes
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.staff.models import StaffAccount
from shared.staff.rights import Right, holds
from tenants import directory
from tenants.models import Tenant
from tenants.provisioning import owner_by_default, provision
from tenants.scope import OWNER, owner_scope, unit_of_work

Reached = Callable[[Stage], None]
log = structlog.get_logger(__name__)


def perform_waiting(*, watch: Reached = lambda _stage: None) -> int:
    """Perform every founding that waits and that nobody else is at; how many were taken up.

    ``watch`` is called at the beginning of every step, inside the transaction.
    """
    taken = 0
    with open_notes() as notes:
        for founding in notes.waiting():
            with notes.held(founding) as is_mine:
                if is_mine and notes.begin(founding):
                    taken += 1
                    _perform(founding, notes, watch)
    return taken


def _perform(founding: UUID, notes: Notes, watch: Reached) -> None:
    try:
        _found(founding, notes, watch)
    except Exception as error:  # noqa: BLE001  # whatever it was, nothing of the tenant remains and the page says so
        why = why_failed(error)
        log.warning("founding.failed", founding=str(founding), why=why, error=type(error).__qualname__)
        notes.failed(founding, why)
    else:
        log.info("founding.done", founding=str(founding))
    directory.forget()


def why_failed(error: Exception) -> str:
    """A code for the page; an error's own words may quote a row."""
    if isinstance(error, FoundingFaultError):
        return str(error.params["fault"])
    if isinstance(error, AskerError):
        return error.code
    if isinstance(error, (DomainError, ValidationError)):
        return "refused"
    return "database" if isinstance(error, DatabaseError) else "unexpected"


def _found(founding: UUID, notes: Notes, watch: Reached) -> None:
    def at(stage: Stage, done: int = 0, of: int = 0) -> None:
        notes.reached(founding, stage, percent_at(stage, done, of))
        if not done:
            watch(stage)

    with unit_of_work(owner_scope(), alias=OWNER), owner_by_default():
        row = Founding.objects.select_related("operator").get(pk=founding)
        at(Stage.CHECK)
        account, actor = _asker(row)
        check(row)

    def then(tenant: Tenant) -> None:
        with owner_by_default():
            made = Tenant.objects.get(pk=tenant.pk)
            furnish(row=row, tenant=made, actor=actor, account=account, at=at)
            at(Stage.RECORD)
            _close_row(row, made, actor)

    provision(
        tenant=_tenant(row),
        host=f"{row.host}.{settings.BASE_HOST}",
        stages=lambda stage, done, of: at(Stage(stage), done, of),
        then=then,
    )


def _asker(row: Founding) -> tuple[StaffAccount, Actor]:
    """Who asked, if that account may still found tenants. ``AskerError``."""
    account = StaffAccount.objects.filter(pk=row.asked_by).first()
    if account is None or not account.in_force or not holds(account.roles, Right.TENANTS_KEEP):
        raise AskerError
    return account, Actor("city", account.pk, roles=tuple(account.roles))


def _tenant(row: Founding) -> Tenant:
    names = ("schema_name", "name", "name_en", "number_prefix", "document_symbol", "ordinance_title")
    return Tenant(**{name: getattr(row, name) for name in names})


def _close_row(row: Founding, tenant: Tenant, actor: Actor) -> None:
    done = {"state": FoundingState.DONE, "step": "", "percent": 100, "failure": "", "ended_at": clock.now()}
    Founding.objects.filter(pk=row.pk).update(tenant=tenant, roster=[], **done)
    record(actor, Action.CREATE, object_type="tenant", object_id=row.schema_name, founding=str(row.pk))
