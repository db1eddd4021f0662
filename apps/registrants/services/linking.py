"""A citizen links the own account to a registration by number and code, or lets it go again (結び付け).

Runs at the portal, in the tenant's schema. Functions of the database do what the portal's role may not: they act for
the account of the unit of work alone, and count the tries of each code.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import connection, transaction

from apps.registrants.models import Act
from apps.registrants.portal_errors import LinkedElsewhereError, WrongLinkCodeError
from apps.registrants.rules.numbering import read_number
from apps.registrants.services.acting import leave_trace
from shared.accounts.tokens import hash_of
from shared.actor import Actor
from shared.throttle import Limit
from tenants.models import Tenant
from tenants.scope import scoped_connection

TRIES: Final = Limit("codes-of-an-account", tries=10, minutes=60)
REDEEM: Final = "SELECT outcome, registration FROM shared.redeem_link_code(%s, %s, %s)"


def link(*, actor: Actor, number: str, code: str) -> UUID:
    """The registration with ``number``, which the actor's account holds from now on. The code is used up.

    Raises the errors of ``read_number``, ``TooOftenError``, ``WrongLinkCodeError`` and ``LinkedElsewhereError``.
    A wrong code counts as a try of the code that is open for the number, and stays counted.
    """
    schema = scoped_connection().scope.schema
    wanted = read_number(number, Tenant.objects.values_list("number_prefix", flat=True).get(schema_name=schema))
    TRIES.count(actor.id)
    with transaction.atomic():
        outcome, registration = _redeemed(schema, wanted, hash_of(code, wanted))
        if registration is not None:
            leave_trace(actor, registration, Act.LINK)
    if outcome == "taken":
        raise LinkedElsewhereError
    if registration is None:
        raise WrongLinkCodeError(field="code")
    return registration


def unlink(*, registration: UUID) -> None:
    """Let a registration of the own account go; what is not the own stays as it is. The facility's history says so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared.unlink_own(%s)", [registration])


def _redeemed(schema: str, number: str, code_hash: str) -> tuple[str, UUID | None]:
    with connection.cursor() as cursor:
        cursor.execute(REDEEM, [schema, number, code_hash])
        outcome, registration = cursor.fetchone()
    return str(outcome), registration
