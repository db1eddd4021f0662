"""Mail addresses that a facility keeps itself (収集項目), looked up when a mail is sent, by its own role."""

from __future__ import annotations

from uuid import UUID

from apps.registrants.models import Registrant
from shared.outbox.recipients import Recipient
from tenants.scope import scoped_connection, tenant_role


def recipients(ids: set[UUID]) -> dict[UUID, Recipient]:
    """Registration -> its own address; one statement. Nothing outside a facility's own mails."""
    scope = scoped_connection().scope
    if scope.role != tenant_role(scope.schema):
        return {}
    found = Registrant.objects.filter(pk__in=ids, extras__has_key="email").values_list("pk", "extras__email")
    return {pk: Recipient(address, "ja") for pk, address in found}
