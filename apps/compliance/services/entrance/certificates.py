"""Client certificates that open a tenant's desk: one more, or one less."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.compliance.access_errors import NotListedError
from apps.compliance.access_texts import AccessAct
from apps.compliance.queries.access import tenant_called
from apps.compliance.rules.access import check_days, check_fingerprint
from apps.compliance.services.entrance.traces import changing, officer, trace
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from tenants.models import ClientCertificate


def allow_certificate(
    *, actor: Actor, schema: str, fingerprint: str, name: str, ends_on: dt.date | None = None
) -> ClientCertificate:
    """Let in who shows the certificate, through ``ends_on``.

    Raises ``NotAFingerprintError``, ``DaysBackwardsError``, ``UnknownTenantError``, ``ListedAlreadyError``.
    """
    sha256 = check_fingerprint(fingerprint)
    check_days(clock.today(), ends_on, clock.today())
    with changing(field="fingerprint"):
        made = ClientCertificate(
            tenant=tenant_called(schema),
            fingerprint=sha256,
            name=name,
            ends_on=ends_on,
            added_at=clock.now(),
            added_by=officer(actor),
        )
        insert_together(made, trace(actor, schema, AccessAct.CERTIFICATE_ADDED, what=name, sha256=sha256))
    return made


def remove_certificate(*, actor: Actor, schema: str, certificate: UUID) -> None:
    """The certificate opens nothing from now on. ``NotListedError``."""
    with changing():
        in_force = ClientCertificate.objects.filter(tenant__schema_name=schema, pk=certificate, removed_at=None)
        if not in_force.update(removed_at=clock.now(), removed_by=officer(actor)):
            raise NotListedError
        name, sha256 = ClientCertificate.objects.values_list("name", "fingerprint").get(pk=certificate)
        insert_together(trace(actor, schema, AccessAct.CERTIFICATE_REMOVED, what=name, sha256=sha256))
