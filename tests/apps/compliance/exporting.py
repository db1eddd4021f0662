"""What the tests of exports do: ask at the desk, decide at the city, make, fetch."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.test import Client

from apps.compliance.models.exports import ExportRequest
from apps.compliance.tasks import make_exports
from tests.support.scopes import as_city
from tests.support.tenants import CHUO

WISH = {
    "purpose": "mailing",
    "note": "更新案内を郵送するため",
    "kind": "",
    "states": ["active"],
    "fields_wanted": ["number", "family_name", "given_name", "address"],
    "encoding": "utf8",
}


def asked(client: Client, **said: Any) -> UUID:
    """The id of a request sent from the form."""
    answer = client.post("/office/exports/new/", WISH | said)
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r"exports/([0-9a-f-]{36})/", answer["Location"])
    assert found is not None
    return UUID(found[1])


def decided(city: Client, request: UUID, **said: Any) -> Any:
    """The answer to a decision of the city."""
    return city.post(f"/exports/{request}/", {"decision": "approved", "condition": "", "margin": "0"} | said)


def made(client: Client, city: Client, **said: Any) -> UUID:
    """A request with its file in the vault."""
    request = asked(client, **said)
    assert decided(city, request).status_code == 302
    make_exports(CHUO)
    return request


def fetched(client: Client, request: UUID) -> Any:
    """The answer to fetching."""
    return client.post(f"/office/exports/{request}/fetch/")


def now_of(request: UUID) -> ExportRequest:
    """The request as it stands, seen by the city."""
    with as_city():
        return ExportRequest.objects.get(pk=request)
