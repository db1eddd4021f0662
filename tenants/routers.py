"""Database router: migrations run on the owner's connection only, each application where it belongs."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings

from tenants.scope import OWNER, SHARED_SCHEMA, scoped_connection


class OwnerRouter:
    """Shared applications migrate in the shared schema, tenant applications in every tenant's."""

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if db != OWNER:
            return False
        wanted = settings.SHARED_APPS if scoped_connection(db).scope.schema == SHARED_SCHEMA else settings.TENANT_APPS
        return None if apps.get_app_config(app_label).name in wanted else False
