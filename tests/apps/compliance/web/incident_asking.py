"""What the tests of incidents send: a first report as a tired clerk types it."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID, uuid5

from django.test import Client

from apps.compliance.models.incidents import Incident
from tests.support.scopes import as_city
from tests.support.tenants import TENANTS

SAID = {
    "what": "貸出簿のつづりが見当たらない",
    "kind": "loss",
    "noticed": "2026-04-01T09:00",
    "occurred": "",
    "phoned": "2026-04-01T09:20",
    "persons": "23",
    "medium": "paper",
    "encrypted": "no",
    "recovered": "none",
}


def sent(client: Client, draft: UUID | None = None, **said: str) -> Any:
    """The answer to a first report."""
    return client.post(f"/office/incidents/new/{draft or uuid.uuid4()}/", SAID | said)


def reported(client: Client, **said: str) -> Incident:
    """An incident that the desk has reported."""
    draft = uuid.uuid4()
    answer = sent(client, draft, **said)
    assert answer.status_code == 302, answer.content.decode()
    with as_city():
        return Incident.objects.get(pk__in=[uuid5(draft, tenant) for tenant in TENANTS])
