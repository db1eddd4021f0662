"""Registrant (利用者登録): an individual or a group known to one tenant.

The columns are exactly the personal items of the 2017 document (Q3): an individual's name, address, birth date,
phone and family contact; a group's representative with address and phone. Whatever else a tenant collects
stands in ``extras``, each item with its purpose of use (``models.items.ItemPolicy``).
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Collate, Concat, StrIndex, Substr, Upper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.described import Described, plain


class RegistrantKind(models.TextChoices):
    """Individual (個人) or group (団体)."""

    INDIVIDUAL = "individual", _("個人")
    GROUP = "group", _("団体")


class RegistrantState(models.TextChoices):
    """State of a registration (登録の状態)."""

    PROVISIONAL = "provisional", _("仮登録")
    UNDER_REVIEW = "under_review", _("審査中")
    ACTIVE = "active", _("有効")
    SUSPENDED = "suspended", _("利用停止")
    EXPIRED = "expired", _("期限切れ")
    CLOSED = "closed", _("抹消")
    REFUSED = "refused", _("不承認")


NOTHING_PERSONAL: Final[dict[str, Any]] = {
    "portal_account": None,
    "group_name": "",
    "group_kana": "",
    "family_name": "",
    "given_name": "",
    "family_kana": "",
    "given_kana": "",
    "birth_date": None,
    "postal_code": "0000000",
    "address": "",
    "phone": "",
    "kana_key": "",
    "phone_key": "",
    "extras": {},
}
"""What stands in place of personal data that were deleted."""
STATES_OF_THE_FORGOTTEN: Final = (RegistrantState.REFUSED, RegistrantState.CLOSED, RegistrantState.EXPIRED)
"""A 仮登録 that nobody completed, or what was kept for as long as it is kept."""


WRITTEN: Final = Concat("family_name", "given_name")
CHARACTERS: Final = Func(
    Upper("group_name"),
    models.Value(""),
    function="regexp_split_to_array",
    output_field=ArrayField(models.TextField()),
)
OLD_NUMBER: Final = Substr("source_key", StrIndex("source_key", models.Value(":")) + models.Value(1))
"""What the desk's search compares (``queries.search`` says the very same), each with an index."""


class Registrant(models.Model):
    """A person or group that may reserve at this tenant's facilities (利用者).

    The names are the individual's, or those of the group's representative (代表者). ``*_key`` columns are
    derived for search by the service that writes the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=RegistrantKind)
    state = models.CharField(max_length=14, choices=RegistrantState, default=RegistrantState.ACTIVE)
    """The state as of the last change or sweep, for lists. What holds on a day stands in ``StateSpan``."""
    portal_account = models.UUIDField(null=True, blank=True, db_index=True)
    """Opaque id of the portal account that holds this registration, if any."""
    group_name = models.CharField(max_length=100, blank=True)
    group_kana = models.CharField(max_length=150, blank=True)
    family_name = models.CharField(max_length=40)
    given_name = models.CharField(max_length=40)
    family_kana = models.CharField(max_length=60)
    given_kana = models.CharField(max_length=60)
    birth_date = models.DateField(null=True, blank=True)
    postal_code = models.CharField(max_length=7)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    kana_key = models.CharField(max_length=160)
    """Search key of the kana: the group's, or the individual's family and given name."""
    phone_key = models.CharField(max_length=20)
    registered_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    """登録期限: the last day of the registration, None for one without end. After it the state is 期限切れ."""
    is_counter_only = models.BooleanField(default=False, db_default=False)
    """インターネット利用不可: it reserves at the counter, not on the portal. Why stands in the act."""
    extras = models.JSONField(default=dict, blank=True)
    """Further items (収集項目) by their code in ``rules.items``: only those that the tenant collects."""
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    """The record that stands for this one since the two were merged (統合)."""
    source_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    """``<source>:<key>`` of the system that a record from before came from."""
    forgotten_on = models.DateField(null=True, blank=True)
    """The day on which the personal data were deleted (個人情報の消去): of a 仮登録 that was never completed, or of a
    registration whose period of keeping was over."""
    version = models.PositiveIntegerField(default=1)
    """Counts changes: a page made from an older version is stale."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "number": _("登録番号"),
            "kind": _("個人・団体の別"),
            "state": _("登録の状態"),
            "group_name": _("団体名"),
            "group_kana": _("団体名フリガナ"),
            "family_name": _("氏名（姓）"),
            "given_name": _("氏名（名）"),
            "family_kana": _("フリガナ（姓）"),
            "given_kana": _("フリガナ（名）"),
            "birth_date": _("生年月日"),
            "postal_code": _("郵便番号"),
            "address": _("住所"),
            "phone": _("電話番号"),
            "registered_on": _("登録年月日"),
            "valid_until": _("登録の有効期限"),
            "is_counter_only": _("インターネット予約の利用の可否"),
            "extras": _("施設が目的を定めて収集する項目"),
            "portal_account": _("インターネット予約の利用の有無"),
        },
        plain=plain("kana_key phone_key merged_into source_key forgotten_on version"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["kana_key"], opclasses=["text_pattern_ops"], name="registrant_by_kana"),
            models.Index(fields=["phone_key"], name="registrant_by_phone"),
            models.Index(fields=["birth_date"], name="registrant_by_birth_date"),
            models.Index(fields=["valid_until"], name="registrant_by_valid_until"),
            models.Index(Collate("kana_key", "C"), Collate("number", "C"), name="registrant_in_order"),
            models.Index(fields=["phone_key"], opclasses=["text_pattern_ops"], name="registrant_by_phone_start"),
            models.Index(OpClass(WRITTEN, "text_pattern_ops"), name="registrant_by_written"),
            models.Index(OLD_NUMBER, name="registrant_by_old_number"),
            GinIndex(CHARACTERS, condition=Q(kind="group"), name="group_by_characters"),
            models.Index(
                fields=["state"], condition=Q(state__in=["under_review", "provisional"]), name="registrant_waits"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RegistrantKind.GROUP) ^ Q(group_name="") | Q(forgotten_on__isnull=False),
                name="a_group_and_only_a_group_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(kind=RegistrantKind.GROUP) ^ Q(birth_date__isnull=False) | Q(forgotten_on__isnull=False),
                name="an_individual_and_only_an_individual_has_a_birth_date",
            ),
            models.CheckConstraint(condition=Q(postal_code__regex=r"^\d{7}$"), name="postal_code_has_seven_digits"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state=RegistrantState.CLOSED),
                name="a_merged_record_is_closed",
            ),
            models.UniqueConstraint(
                fields=["portal_account"],
                condition=Q(state=RegistrantState.PROVISIONAL),
                name="one_provisional_registration_an_account",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_on__isnull=True) | Q(state__in=STATES_OF_THE_FORGOTTEN, **NOTHING_PERSONAL),
                name="what_is_forgotten_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def display_name(self) -> str:
        """The group's name, or the individual's full name; a sign for one that was forgotten."""
        if self.forgotten_on is not None:
            return gettext("（個人情報を消去した登録）")
        return self.group_name or self.person_name

    @property
    def person_name(self) -> str:
        """氏名 of the individual or of the representative."""
        return f"{self.family_name}　{self.given_name}"


class EmergencyContact(models.Model):
    """A family member to be called (緊急連絡先). A third person's data: no role but the tenant's reads it."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="emergency_contacts")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)
    relation = models.CharField(max_length=20, blank=True)
    """続柄, e.g. 長女."""
    phone = models.CharField(max_length=20)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "name": _("緊急連絡先の氏名"),
            "relation": _("緊急連絡先の続柄"),
            "phone": _("緊急連絡先の電話番号"),
        },
        plain=plain("position"),
    )

    class Meta:
        ordering = ["registrant_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["registrant", "position"], name="one_contact_a_position"),
            models.CheckConstraint(condition=Q(position__in=[1, 2]), name="one_or_two_contacts"),
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id}/{self.position}"
