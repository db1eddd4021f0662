"""The people of a group (団体の構成員)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant
from shared.described import Described, plain


class Residence(models.TextChoices):
    """How a person belongs to the city (居住区分)."""

    RESIDENT = "resident", _("市内在住")
    WORKER = "worker", _("市内在勤")
    STUDENT = "student", _("市内在学")
    OUTSIDE = "outside", _("市外")


class GroupMember(models.Model):
    """A member of a group (構成員) as the group's roster names them; the representative stands on the registrant."""

    group = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    kana = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=160)
    """What finds the same person in another group: the folded key of the kana, else the written name."""
    birth_date = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    """満年齢 as told on the day of the roster, where no birth date was given."""
    told_on = models.DateField(null=True, blank=True)
    """The day on which ``age`` was told."""
    residence = models.CharField(max_length=8, choices=Residence)
    is_contact = models.BooleanField(default=False)
    """Whether this is a 連絡担当者, who then has a telephone number."""
    phone = models.CharField(max_length=20, blank=True)
    phone_key = models.CharField(max_length=20, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "name": _("構成員の氏名"),
            "kana": _("構成員のフリガナ"),
            "birth_date": _("構成員の生年月日"),
            "age": _("構成員の年齢"),
            "residence": _("構成員の居住の区分"),
            "is_contact": _("連絡責任者の別"),
            "phone": _("構成員の電話番号"),
        },
        plain=plain("position name_key told_on phone_key"),
    )

    class Meta:
        ordering = ["group_id", "position"]
        indexes = [
            models.Index(fields=["name_key"], name="member_by_name"),
            models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="member_by_phone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "position"], name="one_member_a_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(is_contact=False) | ~Q(phone=""), name="a_contact_has_a_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}/{self.position}"


class GroupKeys(models.Model):
    """What finds groups that may be this one (団体の照合キー). Derived, by ``services.group_keys``."""

    group = models.OneToOneField(Registrant, on_delete=models.CASCADE, primary_key=True, related_name="group_keys")
    names = ArrayField(models.CharField(max_length=41), default=list)
    """``rules.group_names.keys_of`` the name."""
    representative = models.CharField(max_length=160)
    """``rules.roster.person_key`` of the representative."""
    address = models.CharField(max_length=200)
    """``rules.similarity.address_key`` of the address."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        plain=plain("names representative address"),
    )

    class Meta:
        indexes = [
            GinIndex(fields=["names"], name="group_by_name_keys", fastupdate=False),
            models.Index(fields=["representative"], name="group_by_representative"),
            models.Index(fields=["address"], condition=~Q(address=""), name="group_by_address"),
        ]

    def __str__(self) -> str:
        return str(self.group_id)


class RosterSummary(models.Model):
    """What remains of a roster whose names were discarded after the requirements were judged (名簿の廃棄)."""

    group = models.OneToOneField(Registrant, on_delete=models.CASCADE, primary_key=True, related_name="roster_summary")
    discarded_on = models.DateField()
    count = models.PositiveSmallIntegerField()
    by_residence = models.JSONField(default=dict)
    """``Residence`` -> how many."""
    by_age_band = models.JSONField(default=dict)
    """First age of a band of ten years -> how many; ages as of ``discarded_on``."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "count": _("構成員の数"),
            "by_residence": _("構成員の居住の内訳"),
            "by_age_band": _("構成員の年齢の内訳"),
        },
        plain=plain("discarded_on"),
    )

    def __str__(self) -> str:
        return f"{self.group_id}: {self.count}"
