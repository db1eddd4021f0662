"""What a tenant collects, and by which numbers of its own ordinance it registers people."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.rules.policy import SIMILAR_BY


def similar_by_all() -> list[str]:
    """All grounds on which groups are shown as similar."""
    return list(SIMILAR_BY)


class ItemPolicy(models.Model):
    """Whether the tenant collects a further item, and for what (収集の制限, 利用目的). No row: not collected."""

    item = models.CharField(max_length=40, primary_key=True)
    """Code of the item in ``rules.items``."""
    is_collected = models.BooleanField(default=True)
    is_required = models.BooleanField(default=False)
    purpose_of_use = models.CharField(max_length=200)
    """利用目的, shown beside the field to whoever is asked."""
    since = models.DateField()

    class Meta:
        ordering = ["item"]
        constraints = [
            models.CheckConstraint(condition=Q(is_collected=False) | ~Q(purpose_of_use=""), name="a_purpose_of_use")
        ]

    def __str__(self) -> str:
        return self.item


class Renewal(models.TextChoices):
    """When a registration ends (有効期間)."""

    NEVER = "never", _("期限なし")
    YEARS = "years", _("登録日から一定の年数")
    FISCAL_YEAR = "fiscal_year", _("年度末")


class RegistrationPolicy(models.Model):
    """The numbers by which a tenant registers people, from a day on (登録の基準). The newest that has begun holds."""

    valid_from = models.DateField(unique=True)
    needs_review = models.BooleanField(default=False)
    """Whether a completed registration still waits for an approval (審査)."""
    renewal = models.CharField(max_length=12, choices=Renewal, default=Renewal.NEVER)
    validity_years = models.PositiveSmallIntegerField(default=3)
    """For ``YEARS``: how many; for ``FISCAL_YEAR``: the how-manieth 31 March from the registration on."""
    reminder_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    """Days before the end on which a reminder is sent, e.g. [60, 30, 7]."""
    grace_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Days after the end until the registration is closed by itself (猶予); None: never."""
    provisional_days = models.PositiveSmallIntegerField(default=30)
    """Days that a 仮登録 waits for its completion."""
    least_members = models.PositiveSmallIntegerField(default=1)
    """構成員 with the representative, at least."""
    least_city_percent = models.PositiveSmallIntegerField(default=0)
    """Share of members who live, work or study in the city (在住・在勤・在学), at least, in hundredths."""
    exceeds_city_percent = models.BooleanField(default=False)
    """Whether the share must be greater than that, not only reach it (50 and this: 過半数)."""
    least_member_age = models.PositiveSmallIntegerField(default=0)
    excludes_pupils = models.BooleanField(default=False)
    """Whether nobody may be a pupil of a middle school or younger (中学生を除く)."""
    least_representative_age = models.PositiveSmallIntegerField(default=0)
    consent_of_members = models.BooleanField(default=False)
    """Whether guardians agree for every minor of the group, not only for its representative."""
    barring_shared_members = models.PositiveSmallIntegerField(default=0)
    """From so many members in common with one other group on, a group is not registered (二重登録防止); 0: never."""
    similar_by = ArrayField(models.CharField(max_length=20), default=similar_by_all)
    """Beside shared members, the grounds on which a group is shown as similar."""
    most_shared_members = models.PositiveSmallIntegerField(default=3)
    """From so many members in common on, two groups are shown as perhaps the same; 0: never."""
    most_groups_a_person = models.PositiveSmallIntegerField(default=0)
    """How many groups one person may belong to; 0: any number."""
    senior_age = models.PositiveSmallIntegerField(default=60)
    senior_ahead_days = models.PositiveSmallIntegerField(default=30)
    """Days before the birthday from which a 登録証 may be applied for."""
    senior_validity_years = models.PositiveSmallIntegerField(null=True, blank=True)
    """None: a 登録証 has no last day."""
    senior_review_years = models.PositiveSmallIntegerField(default=3)
    """Every so many years the holder's circumstances are confirmed (現況確認); 0: never."""

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(least_city_percent__lte=100), name="a_share_is_at_most_all"),
            models.CheckConstraint(condition=Q(validity_years__gte=1), name="a_validity_is_a_year_at_least"),
        ]

    def __str__(self) -> str:
        return str(self.valid_from)
