"""A column of PostgreSQL's own type ``cidr``, which refuses a network with host bits."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from django.db import models

from tenants.access import Network

if TYPE_CHECKING:
    NetworkField = models.Field[Network | str | None, Any]
else:
    NetworkField = models.Field


class CidrField(NetworkField):
    """An IPv4 or IPv6 network."""

    def db_type(self, connection: Any) -> str:
        return "cidr"

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Network | None:
        return None if value is None else ip_network(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)
