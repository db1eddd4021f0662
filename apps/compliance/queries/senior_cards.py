"""What the city sees of the 登録証's duplicate check: counts, refusals, alerts, inquiries. Never a token or a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from apps.compliance.errors import UnknownInquiryError
from apps.compliance.queries.facilities import tenant_names
from kernel import clock
from shared.seniorcards import upkeep
from shared.seniorcards.models import Alert, Call, IndexKey, Inquiry, Terms
from tenants.models import Tenant

LOOKED_BACK: Final = dt.timedelta(days=30)
MOST_ALERTS: Final = 50
MOST_LETTERS: Final = 100
OPEN: Final = Q(decision="", closed_at=None)
WAITING: Final = OPEN & (Q(answer="other", grade=1) | Q(answer="same"))
"""別人 of the same reading and birth date, or 同一人, who may want another issuing facility."""
UNANSWERED: Final = OPEN & Q(answer="")


@dataclass(frozen=True, slots=True)
class TenantLine:
    """One tenant's cards by state under the key in use, and its questions of the last 30 days."""

    tenant: Tenant
    active: int
    suspended: int
    lapsed: int
    asked: int
    refused: int


@dataclass(frozen=True, slots=True)
class KeyLine:
    """How many cards stand under a key."""

    kid: str
    cards: int
    percent: int
    rules: bool
    """Whether it is the one in use."""


@dataclass(frozen=True, slots=True)
class CityLetter:
    """An inquiry with its two facilities."""

    inquiry: Inquiry
    asking: Tenant
    answering: Tenant


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page; the number of statements does not grow with the tenants."""

    lines: Sequence[TenantLine]
    keys: Sequence[KeyLine]
    alerts: Sequence[tuple[Alert, Tenant | None]]
    waiting: Sequence[CityLetter]
    unanswered: Sequence[CityLetter]
    terms: Terms
    decided: Sequence[CityLetter]


def overview() -> Overview:
    """Ten statements."""
    names, counts = tenant_names(), upkeep.counts()
    alerts = Alert.objects.all()[:MOST_ALERTS]
    return Overview(
        lines=_lines(names, counts),
        keys=_keys(counts),
        alerts=[(alert, names.get(alert.tenant)) for alert in alerts],
        waiting=_letters(names, WAITING)[:MOST_LETTERS],
        unanswered=_letters(names, UNANSWERED)[:MOST_LETTERS],
        terms=terms_now(),
        decided=_letters(names, ~Q(decision=""))[:MOST_ALERTS],
    )


def terms_now() -> Terms:
    """The terms of the duplicate check; the first ones where nobody has changed them."""
    return Terms.objects.first() or Terms()


def city_letter(inquiry: UUID) -> CityLetter:
    """One inquiry; ``UnknownInquiryError``."""
    found = _letters(tenant_names(), Q(pk=inquiry))
    if not found:
        raise UnknownInquiryError
    return found[0]


def _letters(names: dict[str, Tenant], wanted: Q) -> list[CityLetter]:
    rows = Inquiry.objects.filter(wanted)
    return [CityLetter(one, names[one.asking_tenant], names[one.answering_tenant]) for one in rows]


def _lines(names: dict[str, Tenant], counts: Sequence[upkeep.Count]) -> list[TenantLine]:
    cards: dict[tuple[str, str], int] = {}
    for one in counts:  # a card that has tokens of two keys counts once
        place = (one.tenant, one.status)
        cards[place] = max(cards.get(place, 0), one.cards)
    asked, refused = _calls(is_refused=False), _calls(is_refused=True)
    return [
        TenantLine(
            tenant=tenant,
            active=cards.get((schema, "active"), 0),
            suspended=cards.get((schema, "suspended"), 0),
            lapsed=cards.get((schema, "lapsed"), 0),
            asked=asked.get(schema, 0),
            refused=refused.get(schema, 0),
        )
        for schema, tenant in names.items()
    ]


def _calls(*, is_refused: bool) -> dict[str, int]:
    recent = Call.objects.filter(at__gte=clock.now() - LOOKED_BACK, act__in=["check", "verify"]).order_by()
    refused = Q(outcome__startswith="refused")
    rows = recent.filter(refused if is_refused else ~refused).values_list("tenant").annotate(calls=Count("id"))
    return dict(rows)


def _keys(counts: Sequence[upkeep.Count]) -> list[KeyLine]:
    cards: dict[str, int] = {}
    for one in counts:
        cards[one.kid] = cards.get(one.kid, 0) + one.cards
    most = max(cards.values(), default=0)
    in_use = IndexKey.objects.filter(rules=True).values_list("kid", flat=True).first()
    ordered = sorted(cards, key=lambda kid: (kid != in_use, kid))
    return [KeyLine(kid, cards[kid], round(100 * cards[kid] / most), kid == in_use) for kid in ordered]
