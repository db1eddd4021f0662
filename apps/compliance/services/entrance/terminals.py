"""The register of terminals (端末台帳): a terminal is entered, gets a one-time code, is revoked."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.compliance.access_errors import NotListedError
from apps.compliance.access_texts import AccessAct
from apps.compliance.queries.access import tenant_called
from apps.compliance.rules.access import CODE_MINUTES
from apps.compliance.services.entrance.traces import changing, officer, trace
from kernel import clock
from shared.accounts.tokens import new_code
from shared.actor import Actor
from shared.inserts import insert_together
from shared.terminals import hash_of_code
from tenants.models import Terminal

CODE_GROUPS = 3


def register_terminal(
    *, actor: Actor, schema: str, name: str, place: str, asset_number: str = "", is_lent: bool, is_fixed: bool
) -> Terminal:
    """Enter a terminal into the register; it opens nothing yet. ``UnknownTenantError``."""
    with changing():
        made = Terminal(
            tenant=tenant_called(schema),
            name=name,
            place=place,
            asset_number=asset_number,
            is_lent=is_lent,
            is_fixed=is_fixed,
            added_at=clock.now(),
        )
        insert_together(made, trace(actor, schema, AccessAct.TERMINAL_ADDED, what=name, terminal=str(made.pk)))
    return made


def issue_code(*, actor: Actor, schema: str, terminal: UUID) -> str:
    """A one-time code, to be typed in at that terminal within ``CODE_MINUTES``. ``NotListedError``.

    What opened for this terminal before goes on until the code is used.
    """
    code = new_code(CODE_GROUPS)
    until = clock.now() + dt.timedelta(minutes=CODE_MINUTES)
    with changing():
        name = _changed(schema, terminal, code_hash=hash_of_code(code), code_until=until)
        insert_together(trace(actor, schema, AccessAct.TERMINAL_CODE, what=name, terminal=str(terminal)))
    return code


def revoke_terminal(*, actor: Actor, schema: str, terminal: UUID) -> None:
    """The terminal opens nothing from now on, in sessions that are open too. ``NotListedError``."""
    with changing():
        name = _changed(schema, terminal, revoked_at=clock.now(), revoked_by=officer(actor))
        insert_together(trace(actor, schema, AccessAct.TERMINAL_REVOKED, what=name, terminal=str(terminal)))


def _changed(schema: str, terminal: UUID, **values: object) -> str:
    """The name of the terminal in force that got ``values``."""
    in_force = Terminal.objects.filter(tenant__schema_name=schema, pk=terminal, revoked_at=None)
    if not in_force.update(**values):
        raise NotListedError
    return Terminal.objects.values_list("name", flat=True).get(pk=terminal)
