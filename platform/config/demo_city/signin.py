"""The demonstration's policy of signing in: a second factor is offered, not demanded, so that the logins just work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

from kernel import clock
from shared.policies.models import SignInPolicy
from shared.staff.rules.policy import DEFAULT
from tenants.scope import SHARED_SCHEMA, city_scope, unit_of_work

REASON: Final = "体験用のため、第二要素は任意とする（見本）"


def set_policies(schemas: Iterable[str]) -> None:
    """Of the city and of the tenants, where none is set."""
    with unit_of_work(city_scope()):
        known = set(SignInPolicy.objects.values_list("place", flat=True))
        values = asdict(DEFAULT) | {"second_factor_roles": []}
        SignInPolicy.objects.bulk_create(
            SignInPolicy(place=place, valid_from=clock.today(), reason=REASON, made_at=clock.now(), **values)
            for place in (SHARED_SCHEMA, *schemas)
            if place not in known
        )
