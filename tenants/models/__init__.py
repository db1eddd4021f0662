"""The tenants and what belongs to tenancy, all in the shared schema."""

from __future__ import annotations

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
    "ConsortiumMember",
    "FeeRegime",
    "Host",
    "Operator",
    "OperatorAssignment",
    "OperatorKind",
    "Tenant",
    "TenantState",
]
