"""The tenants and what belongs to tenancy, all in the shared schema."""

from __future__ import annotations

from tenants.models.access import (
    AccessRule,
    AllowedNetwork,
    AskedWay,
    ClientCertificate,
    EmergencyGrant,
    Terminal,
)
from tenants.models.tenancy import (
    NUMBER_PREFIX,
    SCHEMA_NAME,
    ConsortiumMember,
    FeeRegime,
    Host,
    Operator,
    OperatorAssignment,
    OperatorKind,
    Tenant,
    TenantState,
)

__all__ = [
    "NUMBER_PREFIX",
    "SCHEMA_NAME",
    "AccessRule",
    "AllowedNetwork",
    "AskedWay",
    "ClientCertificate",
    "ConsortiumMember",
    "EmergencyGrant",
    "FeeRegime",
    "Host",
    "Operator",
    "OperatorAssignment",
    "OperatorKind",
    "Tenant",
    "TenantState",
    "Terminal",
]
