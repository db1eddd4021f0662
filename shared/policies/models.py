"""What the city asks of whoever signs in at a place (認証の方針), dated. Domain handbook 8.2."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shared.staff.rules.policy import BOUNDS, SHORTEST_ROTATION, Policy


def _within(name: str) -> models.CheckConstraint:
    low, high = BOUNDS[name]
    return models.CheckConstraint(
        condition=Q(**{f"{name}__gte": low, f"{name}__lte": high}), name=f"policy_{name}_within_bounds"
    )


class SignInPolicy(models.Model):
    """A place's policy from a day on; of several for the same day the last one holds. Never changed, only followed."""

    place = models.CharField(max_length=40)
    """A tenant's schema, or ``shared`` for the city's own site."""
    valid_from = models.DateField()
    least_length = models.PositiveSmallIntegerField()
    kinds = models.PositiveSmallIntegerField()
    rotation_days = models.PositiveSmallIntegerField()
    history = models.PositiveSmallIntegerField()
    tries = models.PositiveSmallIntegerField()
    lock_minutes = models.PositiveSmallIntegerField()
    idle_minutes = models.PositiveSmallIntegerField()
    absolute_hours = models.PositiveSmallIntegerField()
    second_factor_roles = ArrayField(models.CharField(max_length=20))
    passkey_alone = models.BooleanField(db_default=False)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "-valid_from", "-id"], name="policy_by_place")]
        constraints = [
            *(_within(name) for name in BOUNDS),
            models.CheckConstraint(
                condition=Q(rotation_days=0) | Q(rotation_days__gte=SHORTEST_ROTATION),
                name="policy_rotation_is_none_or_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.valid_from}"

    @property
    def policy(self) -> Policy:
        """The values that the rules take."""
        values = {name: getattr(self, name) for name in BOUNDS}
        return Policy(
            **values, second_factor_roles=frozenset(self.second_factor_roles), passkey_alone=self.passkey_alone
        )
