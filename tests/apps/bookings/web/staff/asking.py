"""What the tests of the desk look at: pages as text, versions, audit entries."""

from __future__ import annotations

import re
from typing import Any

from shared.audit.models import Action, AuditEntry
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

Response = Any


def text_of(answer: Response) -> str:
    """The page's HTML."""
    return str(answer.content.decode())


def version_in(answer: Response) -> str:
    """The version of the booking that the page was made from."""
    found = re.search(r'name="version" value="(\d+)"', text_of(answer))
    assert found is not None
    return found[1]


def audited(action: Action, object_type: str, schema: str = CHUO) -> list[AuditEntry]:
    """The audit entries of that kind, the newest first."""
    with as_tenant(schema):
        return list(AuditEntry.objects.filter(action=action, object_type=object_type))
