"""The city's catalogue of facilities (公共施設一覧): what exists, where, and whether it can be reserved here."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class Category(models.TextChoices):
    """Kind of facility (施設分類)."""

    SPORTS = "sports", _("スポーツ")
    CULTURE = "culture", _("文化・ホール")
    COMMUNITY = "community", _("公民館・コミュニティ")
    WELFARE = "welfare", _("福祉")
    OTHER = "other", _("その他")


class CatalogueFacility(models.Model):
    """A public facility (公共施設), in the columns of the municipal open data set.

    Bookable here only when a tenant is named; the others are listed for information.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, null=True, blank=True, on_delete=models.PROTECT, related_name="facilities")
    slug = models.SlugField(max_length=60, unique=True)
    category = models.CharField(max_length=12, choices=Category, default=Category.OTHER)
    area = models.CharField(max_length=40, blank=True)
    """地域, e.g. 木下 or 本埜: one of the ways to search."""
    municipality_code = models.CharField(max_length=6)
    number = models.CharField(max_length=20)
    """NO: unique within the municipality; the key when the file is loaded again."""
    prefecture = models.CharField(max_length=10)
    municipality = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    name_kana = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    common_name = models.CharField(max_length=100, blank=True)
    poi_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=150)
    building = models.CharField(max_length=100, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    corporate_number = models.CharField(max_length=13, blank=True)
    organisation = models.CharField(max_length=100, blank=True)
    open_days = models.CharField(max_length=40, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    hours_note = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    accessibility = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    url = models.URLField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name_kana", "id"]
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "number"], name="one_number_a_municipality")
        ]

    def __str__(self) -> str:
        return self.name
