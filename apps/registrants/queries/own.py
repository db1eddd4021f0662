"""A citizen's own registrations. The database's row rules decide what is theirs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Card, CardState, CitizenRequest, Registrant
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.shown import CARD_SHOWN, REQUEST_SHOWN, SHOWN_TO_THE_CITIZEN
from apps.registrants.rules.standing import (
    ACTIVE,
    CLOSED,
    EXPIRED,
    PROVISIONAL,
    REFUSED,
    closing_ahead,
    held_on,
    state_told,
    suspended_until,
)
from tenants.models import Tenant, TenantState

OWN: Final = """
SELECT tenant, tenant_name, tenant_name_en, id, number, kind, state, group_name, family_name, given_name,
       registered_on, valid_until, open_requests
FROM shared.own_registrations() ORDER BY state IN ('closed', 'refused'), tenant_name, registered_on, number
"""


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """A line of the citizen's list of registrations, at any tenant."""

    today: dt.date
    tenant: str
    tenant_name: str
    tenant_name_en: str
    id: UUID
    number: str
    kind: str
    spanned: str
    group_name: str
    family_name: str
    given_name: str
    registered_on: dt.date
    valid_until: dt.date | None
    open_requests: int

    @property
    def name(self) -> str:
        """The group's name, or the individual's."""
        return self.group_name or f"{self.family_name}　{self.given_name}"

    @property
    def state(self) -> str:
        """The state of today."""
        is_over = self.valid_until is not None and self.valid_until < self.today
        return EXPIRED if self.spanned == ACTIVE and is_over else self.spanned


@dataclass(frozen=True, slots=True)
class Matter:
    """A line of what a facility holds besides (使用料・措置など): ``what`` it is, and ``text`` in words.

    ``view`` is the name of the portal's address that takes the tenant and, if there is one, ``target``.
    """

    what: str
    text: str
    view: str = ""
    target: UUID | None = None


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a facility holds of the citizen, as it is shown to them."""

    registrant: Registrant
    state: str
    until: dt.date | None
    """The last day of a suspension that ends by itself."""
    closes_on: dt.date | None
    """The day of a closing that is planned, put off, or about to be carried out."""
    cards: list[Card]
    requests: list[CitizenRequest]

    @property
    def may_ask(self) -> bool:
        """Whether a correction or a withdrawal may be asked for."""
        return self.state not in {CLOSED, REFUSED, PROVISIONAL}

    def is_open(self, kind: str) -> bool:
        """Whether a request of ``kind`` waits for its answer."""
        return any(one.kind == kind and one.state == "open" for one in self.requests)


def own_registrations(*, today: dt.date) -> list[OwnRegistration]:
    """The account's registrations at all tenants at work; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(OWN)
        return [OwnRegistration(today, *row) for row in cursor.fetchall()]


def own_registrant(registrant: UUID) -> Registrant:
    """A registration of the account here; ``UnknownRegistrantError`` for any other. One statement."""
    found = Registrant.objects.only(*SHOWN_TO_THE_CITIZEN).filter(pk=registrant).first()
    if found is None:
        raise UnknownRegistrantError
    return found


def own_here() -> list[Registrant]:
    """The account's registrations at this tenant that are not over, those that wait (仮登録) first; one statement."""
    found = Registrant.objects.only("id", "number", "kind", "state").exclude(state__in=[CLOSED, REFUSED])
    return sorted(found.order_by("number"), key=lambda one: one.state != PROVISIONAL)


def own_file(registrant: UUID, *, today: dt.date) -> OwnFile:
    """All that is shown of a registration of the account; four statements. ``UnknownRegistrantError``."""
    found = own_registrant(registrant)
    issued = Card.objects.filter(registrant=registrant).exclude(state=CardState.APPLIED)
    cards = issued.only(*_columns(CARD_SHOWN)).order_by("kind", "-issued_on")
    asked = CitizenRequest.objects.only(*_columns(REQUEST_SHOWN)).filter(registrant=registrant).order_by("-id")
    spans = spans_of(registrant)
    state = state_told(held_on(spans, today), found.state, found.valid_until, today)
    return OwnFile(
        registrant=found,
        state=state,
        until=suspended_until(spans, today),
        closes_on=closing_ahead(spans) if state != CLOSED else None,
        cards=list(cards),
        requests=list(asked[:10]),
    )


def tenants_at_work() -> list[Tenant]:
    """Those at which one may register; one statement."""
    named: Any = Tenant.objects.only("schema_name", "name", "name_en").filter(state=TenantState.ACTIVE)
    return list(named.order_by("name"))


def _columns(names: tuple[str, ...]) -> list[str]:
    return [name.removesuffix("_id") for name in names]
