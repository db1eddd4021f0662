"""The index of the 登録証 of all facilities, and what is asked of it. Nothing here names a person or a card.

No role but the owner reaches the index: what a tenant or the city may ask goes through the functions of this
application (``migrations``), which find out for themselves who asks.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class IndexStatus(models.TextChoices):
    """State of a card in the index (登録証の状態)."""

    ACTIVE = "active", _("有効")
    SUSPENDED = "suspended", _("停止")
    LAPSED = "lapsed", _("失効")


class Grade(models.IntegerChoices):
    """How well a card in the index fits the person (一致の程度), and so what is told of it."""

    EXACT = 1, _("登録あり")
    FOLDED = 2, _("要確認（読みの表記違い）")
    SIMILAR = 3, _("要確認（類似）")


class IndexRow(models.Model):
    """The tokens of one name of one card holder under one key."""

    id = models.BigAutoField(primary_key=True)
    card_uid = models.UUIDField()
    """``Card.id`` in the issuing tenant."""
    tenant = models.CharField(max_length=40)
    """Schema of the issuing tenant."""
    status = models.CharField(max_length=10, choices=IndexStatus)
    issued_year = models.SmallIntegerField(null=True)
    """交付年度."""
    lapsed_on = models.DateField(null=True)
    kid = models.CharField(max_length=20)
    name_role = models.CharField(max_length=8)
    """current, or former (旧氏)."""
    namesake = models.SmallIntegerField(default=0)
    """0, or the number that the city gave to a true namesake."""
    t1 = models.BinaryField(max_length=32, null=True)
    """None for a former name that reads like the present one."""
    t2 = models.BinaryField(max_length=32)
    t3 = models.BinaryField(max_length=32)
    t4 = models.BinaryField(max_length=32, null=True)
    loose = ArrayField(models.BinaryField(max_length=32, null=True), default=list)
    """T5 (改姓) and the three T6 (生年月日の取り違え), as far as the city wants them to be looked at."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.tenant} {self.card_uid}"


class SeniorCardIndex(IndexRow):
    """The index (登録証索引)."""

    class Meta:
        db_table = "senior_card_index"
        constraints = [
            models.UniqueConstraint(fields=["card_uid", "kid", "name_role"], name="one_index_row_a_key_and_name"),
            models.UniqueConstraint(
                fields=["kid", "t1", "namesake"],
                condition=Q(status__in=["active", "suspended"]),
                name="one_senior_card_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["t1"], name="senior_index_t1"),
            models.Index(fields=["t2"], name="senior_index_t2"),
            models.Index(fields=["t3"], name="senior_index_t3"),
            models.Index(fields=["t4"], name="senior_index_t4"),
            models.Index(fields=["lapsed_on"], condition=Q(status="lapsed"), name="senior_index_lapsed"),
            GinIndex(fields=["loose"], name="senior_index_loose", fastupdate=False),
        ]


class SeniorCardRebuilt(IndexRow):
    """The index made anew from the tenants, to be compared before it takes the other's place."""

    class Meta:
        db_table = "senior_card_index_rebuilt"
        constraints = [
            models.UniqueConstraint(fields=["card_uid", "kid", "name_role"], name="one_rebuilt_row_a_key_and_name")
        ]


class RebuildRun(models.Model):
    """Which run builds the index anew; what another put there does not count."""

    place = models.SmallIntegerField(primary_key=True, default=1)
    run = models.UUIDField()

    class Meta:
        db_table = "seniorcards_rebuild"
        constraints = [models.CheckConstraint(condition=Q(place=1), name="one_rebuild_at_a_time")]

    def __str__(self) -> str:
        return str(self.run)


class IndexKey(models.Model):
    """A key that tokens were made with (照合の鍵). Who asks must hold the one in use: under it stands every card."""

    kid = models.CharField(max_length=20, primary_key=True)
    proof = models.BinaryField(max_length=32, null=True)
    """Derived from the key, and tells nothing of it: another key of the same id is refused."""
    rules = models.BooleanField()
    """Whether it is the one in use."""
    first_seen_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "seniorcards_key"
        constraints = [
            models.UniqueConstraint(fields=["rules"], condition=Q(rules=True), name="one_key_in_use"),
            models.CheckConstraint(condition=Q(rules=False) | Q(retired_at=None), name="the_key_in_use_is_not_retired"),
        ]

    def __str__(self) -> str:
        return self.kid


CLERK_HOUR, TENANT_DAY, WRONG_NUMBERS = 20, 100, 5


class Terms(models.Model):
    """How often may be asked, and what is looked at beyond T1 to T4 (重複確認の決まり). One row, of the city."""

    place = models.SmallIntegerField(primary_key=True, default=1)
    clerk_hour = models.SmallIntegerField(default=CLERK_HOUR)
    """Questions of one clerk in an hour."""
    tenant_day = models.SmallIntegerField(default=TENANT_DAY)
    """Questions of one facility in a day."""
    wrong_numbers = models.SmallIntegerField(default=WRONG_NUMBERS)
    """Old numbers that do not fit, about one application in a day."""
    given_name = models.BooleanField(default=False)
    """T5: the same given name and birth date (改姓)."""
    birth_slips = models.BooleanField(default=False)
    """T6: the same name, and a birth date that differs in one part (元号・年・月・日の取り違え)."""
    changed_at = models.DateTimeField(null=True)
    changed_by = models.UUIDField(null=True)

    class Meta:
        db_table = "seniorcards_terms"
        constraints = [
            models.CheckConstraint(condition=Q(place=1), name="one_row_of_terms"),
            models.CheckConstraint(
                condition=Q(clerk_hour__range=(1, 200), tenant_day__range=(1, 2000), wrong_numbers__range=(1, 20)),
                name="terms_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clerk_hour} {self.tenant_day}"


class CallAct(models.TextChoices):
    """What was asked (照会の種類)."""

    CHECK = "check", _("重複確認")
    VERIFY = "verify", _("番号の照合")
    INQUIRE = "inquire", _("照会票の送付")
    ANSWER = "answer", _("照会票への回答")
    DECIDE = "decide", _("市の決定")


class CallPurpose(models.TextChoices):
    """Why (利用目的)."""

    NEW = "new", _("新規の交付")
    REISSUE = "reissue", _("再交付・書換交付")
    TRANSFER = "transfer", _("移管")
    INQUIRY = "inquiry", _("照会")


class Call(models.Model):
    """One question to the index (照会記録), also one that was refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    tenant = models.CharField(max_length=40)
    clerk = models.UUIDField(null=True)
    act = models.CharField(max_length=8, choices=CallAct)
    purpose = models.CharField(max_length=8, blank=True)
    card_uid = models.UUIDField(null=True)
    """The asking tenant's own card."""
    outcome = models.CharField(max_length=20)
    """asked; none, exact, folded, similar; match, no_match; same, other …; refused_<why>."""
    prefix = models.BinaryField(max_length=4, null=True)
    """The first four bytes of T1: enough to see that somebody tries one name again and again."""
    digests = ArrayField(models.BinaryField(max_length=32), null=True)
    """Of all that was asked, one for each key: the answer is given to this question alone."""
    xid = models.BigIntegerField()
    """The transaction that asked. No other can have seen the row before it was there for good."""

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["tenant", "at"], name="senior_calls_of_tenant"),
            models.Index(fields=["clerk", "at"], name="senior_calls_of_clerk"),
            models.Index(fields=["card_uid", "at"], name="senior_calls_about_card"),
            models.Index(fields=["at"], name="senior_calls_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.act} {self.outcome}"


class Hit(models.Model):
    """A card that fitted (該当). Its id is all that the asking facility learns of the card's identity."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="hits")
    card_uid = models.UUIDField()
    tenant = models.CharField(max_length=40)
    grade = models.SmallIntegerField(choices=Grade)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "card_uid"], name="one_hit_a_call_and_card")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.grade}"


class Answer(models.TextChoices):
    """What the issuing facility found (回答)."""

    SAME = "same", _("同一人")
    OTHER = "other", _("別人")


class Decision(models.TextChoices):
    """What the city decided (市の決定)."""

    NAMESAKE = "namesake", _("同姓同名の別人として承認")
    TRANSFER = "transfer", _("移管")
    DECLINED = "declined", _("承認しない")


class Inquiry(models.Model):
    """A question from one facility to the one that issued a card (照会票). Notes stay with whoever wrote them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    asking_tenant = models.CharField(max_length=40)
    asking_card = models.UUIDField()
    answering_tenant = models.CharField(max_length=40)
    answering_card = models.UUIDField()
    grade = models.SmallIntegerField(choices=Grade)
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_by_city = models.BooleanField(default=False)
    """The city answered in the facility's place, or corrected its answer."""
    closed_at = models.DateTimeField(null=True)
    """Since when nobody need answer or decide: one of the two cards is void, or is not applied for any more."""
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["asking_tenant", "opened_at"], name="senior_inquiries_asked"),
            models.Index(fields=["answering_tenant", "opened_at"], name="senior_inquiries_received"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asking_card", "answering_card"], name="one_inquiry_a_pair"),
            models.CheckConstraint(condition=Q(decision="") | ~Q(answer=""), name="the_city_decides_after_the_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.asking_tenant} {self.answering_tenant}"


class Exclusion(models.Model):
    """Two cards whose holders are two people (別人の組): the one is never told of the other again."""

    one = models.UUIDField()
    other = models.UUIDField()
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_exclusion_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="an_excluded_pair_in_order"),
        ]
        indexes = [models.Index(fields=["other"], name="senior_exclusions_of_other")]

    def __str__(self) -> str:
        return f"{self.one} {self.other}"


class Namesake(models.Model):
    """That the city lets a card stand beside another of the same name and birth date (同姓同名同生年月日の承認)."""

    card_uid = models.UUIDField(primary_key=True)
    seq = models.SmallIntegerField()
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_by = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.card_uid} {self.seq}"


class AlertKind(models.TextChoices):
    """What the city is told of (注意すべき事象)."""

    CLERK_RATE = "clerk_rate", _("職員の照会回数が上限を超えました")
    TENANT_RATE = "tenant_rate", _("施設の照会回数が上限を超えました")
    NUMBER_GUESSING = "guessing", _("番号の照合が続けて一致しませんでした")
    DUPLICATE = "duplicate", _("同じ人の有効な登録証が2枚あります")
    KEY = "key", _("照合の鍵が合わないため、重複確認ができません")


class Alert(models.Model):
    """Something out of the ordinary (注意), once an hour and kind for a tenant."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=AlertKind)
    tenant = models.CharField(max_length=40)
    clerk = models.UUIDField(null=True)
    card_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.tenant} {self.kind}"
