"""From where each tenant's desk is reached, as the city sees it. A fixed number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from apps.compliance.access_errors import UnknownTenantError
from apps.compliance.access_texts import AccessAct
from kernel import clock
from shared.audit.models import AuditEntry
from shared.staff.models import StaffAccount
from tenants.access import Address, Grant, Policy, Range, Shown, Way, judge, read_address
from tenants.models import (
    AccessRule,
    AllowedNetwork,
    AskedWay,
    ClientCertificate,
    EmergencyGrant,
    Tenant,
    TenantState,
    Terminal,
)

READABLE = [
    "tenant_id", "name", "asset_number", "place", "is_lent", "is_fixed", "code_until", "added_at", "enrolled_at",
    "seen_on", "revoked_at",
]  # fmt: skip
"""The columns of a terminal that the city may read."""
HISTORY = 50
SUBJECTS: Final[Mapping[str, QuerySet[Any, Any]]] = {
    "network": AllowedNetwork.objects.values_list("cidr", "note"),
    "terminal": Terminal.objects.values_list("name", "place", "asset_number"),
    "certificate": ClientCertificate.objects.values_list("name", "fingerprint"),
    "given": EmergencyGrant.objects.values_list("cidr", "reason"),
}
"""By the name of the parameter: the words that tell which one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An address from which the desk was used, or refused, in the last days."""

    address: Address
    last_at: dt.datetime
    is_refused: bool
    comes_in: bool
    """Whether the address alone lets it in now."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of who may come in, and by whom."""

    at: dt.datetime
    act: str
    what: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessPage:
    """All about from where one tenant's desk is reached."""

    tenant: Tenant
    policy: Policy
    networks: list[AllowedNetwork]
    terminals: list[Terminal]
    certificates: list[ClientCertificate]
    grants: list[EmergencyGrant]
    seen: list[Seen]
    history: list[HistoryLine]


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One tenant in the list of all."""

    tenant: Tenant
    ways: frozenset[Way]
    needs_all: bool
    networks: int
    terminals: int
    certificates: int
    is_granted: bool


def tenant_called(schema: str) -> Tenant:
    """The tenant of ``schema``. ``UnknownTenantError``."""
    found: Tenant | None = Tenant.objects.filter(schema_name=schema).first()
    if found is None:
        raise UnknownTenantError
    return found


def subject_of(schema: str, **about: UUID) -> str:
    """What a change of one range, terminal, certificate or grant is about, in words; empty if there is none such."""
    for kind, key in about.items():
        row = SUBJECTS[kind].filter(tenant__schema_name=schema, pk=key).first()
        if row:
            return " ".join(str(value) for value in row if value)
    return ""


def kept_policy(tenant: Tenant) -> Policy:
    """What the tenant asks, without terminals and certificates: enough to judge an address. Three statements."""
    rule = AccessRule.objects.filter(tenant=tenant).first()
    networks = AllowedNetwork.objects.filter(tenant=tenant, removed_at=None)
    return _policy(rule, networks, EmergencyGrant.objects.filter(tenant=tenant, ended_at=None, ends_at__gt=clock.now()))


def registered_ways(tenant: Tenant) -> set[Way]:
    """The ways by which somebody could come in today, as something of the kind is registered. Three statements."""
    lasts = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    found = {
        Way.NETWORK: AllowedNetwork.objects.filter(lasts, tenant=tenant, removed_at=None),
        Way.TERMINAL: Terminal.objects.filter(tenant=tenant, revoked_at=None).exclude(enrolled_at=None),
        Way.CERTIFICATE: ClientCertificate.objects.filter(lasts, tenant=tenant, removed_at=None),
    }
    return {way for way, rows in found.items() if rows.exists()}


def seen_addresses(schema: str) -> list[tuple[Address, dt.datetime, bool]]:
    """Addresses of the last days, the latest first: when last, and whether they were refused. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT address, last_at, is_refused FROM city_desk_address WHERE tenant = %s"
            " ORDER BY last_at DESC LIMIT 200",
            [schema],
        )
        rows = cursor.fetchall()
    read = [(read_address(str(text).partition("/")[0]), at, is_refused) for text, at, is_refused in rows]
    return [(address, at, is_refused) for address, at, is_refused in read if address is not None]


def access_page(schema: str) -> AccessPage:
    """Everything of one tenant. ``UnknownTenantError``."""
    tenant = tenant_called(schema)
    rule = AccessRule.objects.filter(tenant=tenant).first()
    networks = list(AllowedNetwork.objects.filter(tenant=tenant, removed_at=None))
    grants = list(EmergencyGrant.objects.filter(tenant=tenant)[:20])
    policy = _policy(rule, networks, [one for one in grants if one.ended_at is None])
    return AccessPage(
        tenant=tenant,
        policy=policy,
        networks=networks,
        terminals=list(Terminal.objects.only(*READABLE).filter(tenant=tenant).order_by("revoked_at", "added_at")),
        certificates=list(ClientCertificate.objects.filter(tenant=tenant, removed_at=None)),
        grants=grants,
        seen=_judged(policy, seen_addresses(schema)),
        history=_history(schema),
    )


def access_lines() -> list[AccessLine]:
    """Every tenant at a glance; five statements."""
    rules = {rule.tenant_id: rule for rule in AccessRule.objects.all()}
    networks = _numbers(AllowedNetwork.objects.filter(removed_at=None))
    terminals = _numbers(Terminal.objects.filter(revoked_at=None).exclude(enrolled_at=None))
    certificates = _numbers(ClientCertificate.objects.filter(removed_at=None))
    now = clock.now()
    granted = set(
        EmergencyGrant.objects.filter(ended_at=None, starts_at__lte=now, ends_at__gt=now).values_list(
            "tenant_id", flat=True
        )
    )
    return [
        AccessLine(
            tenant=tenant,
            ways=frozenset(map(Way, rules[tenant.pk].ways)) if tenant.pk in rules else frozenset(),
            needs_all=tenant.pk in rules and rules[tenant.pk].needs_all,
            networks=networks.get(tenant.pk, 0),
            terminals=terminals.get(tenant.pk, 0),
            certificates=certificates.get(tenant.pk, 0),
            is_granted=tenant.pk in granted,
        )
        for tenant in Tenant.objects.exclude(state=TenantState.CLOSED)
    ]


def _numbers(rows: object) -> dict[int, int]:
    grouped = rows.order_by().values("tenant_id").annotate(number=Count("pk"))  # type: ignore[attr-defined]
    return {row["tenant_id"]: row["number"] for row in grouped}


def _policy(rule: AccessRule | None, networks: Iterable[AllowedNetwork], grants: Iterable[EmergencyGrant]) -> Policy:
    return Policy(
        ways=frozenset(map(Way, rule.ways)) if rule else frozenset(),
        needs_all=rule.needs_all if rule else False,
        ranges=tuple(Range(one.cidr, one.starts_on, one.ends_on) for one in networks),
        grants=tuple(Grant(one.starts_at, one.ends_at, one.cidr) for one in grants),
    )


def _judged(policy: Policy, seen: Iterable[tuple[Address, dt.datetime, bool]]) -> list[Seen]:
    now, day = clock.now(), clock.today()
    return [
        Seen(address, at, is_refused, judge(policy, Shown(address), now, day).admitted)
        for address, at, is_refused in seen
    ]


def _history(schema: str) -> list[HistoryLine]:
    entries = list(AuditEntry.objects.filter(object_type="access", object_id=schema).order_by("-id")[:HISTORY])
    wanted: set[UUID] = {entry.actor_id for entry in entries if entry.actor_id}
    names = dict(StaffAccount.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [_line(entry, names) for entry in entries]


def _line(entry: AuditEntry, names: Mapping[UUID, str]) -> HistoryLine:
    ways = "・".join(str(AskedWay(way).label) for way in entry.detail.get("ways", []))
    act = str(AccessAct(entry.detail["act"]).label)
    what = entry.detail.get("what", ways)
    if "hours" in entry.detail:
        what = f"{what or _('どこからでも')}・{_('{hours}時間').format(hours=entry.detail['hours'])}"
    return HistoryLine(entry.at, act, what, names.get(entry.actor_id or UUID(int=0), ""))
