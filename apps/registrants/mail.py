"""What a mail about a registration says: the facility and a way on, neither name nor number."""

from __future__ import annotations

from tenants.models import Tenant
from tenants.scope import scoped_connection


def facility_context() -> dict[str, str]:
    """The template context for ``registrants/mail/*``: ``facility_name``, ``facility_name_en``, ``path``."""
    schema = scoped_connection().scope.schema
    tenant = Tenant.objects.only("name", "name_en").get(schema_name=schema)
    return {"facility_name": tenant.name, "facility_name_en": tenant.name_en, "path": "/registrations/"}
