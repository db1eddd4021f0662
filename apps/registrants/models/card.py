"""The two cards (利用者カード・登録証), their issues, the tokens of the duplicate check, and visits."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant
from shared.described import Described, plain


class CardKind(models.TextChoices):
    """Which card (Q4): two cards, two series of numbers."""

    GROUP = "group", _("利用者カード")
    SENIOR = "senior", _("老人福祉センター・老人憩いの家登録証")


class CardState(models.TextChoices):
    """State of a card (カードの状態)."""

    APPLIED = "applied", _("申請中")
    ACTIVE = "active", _("有効")
    SUSPENDED = "suspended", _("停止")
    LAPSED = "lapsed", _("失効")


class Qualification(models.TextChoices):
    """Why somebody may hold a 登録証 (資格区分)."""

    AGE = "age", _("60歳以上")
    SENIORS_CLUB = "seniors_club", _("老人クラブ会員")
    DISABILITY = "disability", _("障害者手帳等")
    COMPANION = "companion", _("付添")
    SPECIAL = "special", _("市長が特に認めた者")


class LapseCause(models.TextChoices):
    """Why a card is void (失効の事由)."""

    MOVED = "moved", _("転出")
    DIED = "died", _("死亡")
    RETURNED = "returned", _("返還")
    EXPIRED = "expired", _("期限切れ")
    TRANSFERRED = "transferred", _("移管")
    REVOKED = "revoked", _("取消し")
    CLOSED = "closed", _("登録の抹消")
    WITHDRAWN = "withdrawn", _("申請の取下げ")


class Card(models.Model):
    """A card of a registrant (利用者カード or 登録証) from its application on. Its id is the index's ``card_uid``.

    Each physical print is a ``CardIssue``: the number stays, the branch (枝番) counts up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=6, choices=CardKind)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="cards")
    number = models.CharField(max_length=20, null=True, blank=True, unique=True)
    """Given at the issue: a group's registration number, or the next of the 登録証 series. Never reused."""
    state = models.CharField(max_length=10, choices=CardState, default=CardState.APPLIED)
    branch = models.PositiveSmallIntegerField(default=0)
    """枝番 of the valid print; 0 before the first."""
    qualification = models.CharField(max_length=14, choices=Qualification, blank=True)
    special_reason = models.CharField(max_length=300, blank=True)
    """特認理由, wherever age alone is not the ground."""
    former_name = models.CharField(max_length=80, blank=True)
    """旧氏名, if the holder wants it considered; only kept for the duplicate check."""
    former_kana = models.CharField(max_length=120, blank=True)
    applied_on = models.DateField()
    consented_on = models.DateField(null=True, blank=True)
    """When the holder consented to the duplicate check, on the application; None of a card from before."""
    issued_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    """Last 現況確認."""
    lapsed_on = models.DateField(null=True, blank=True)
    lapse_cause = models.CharField(max_length=12, choices=LapseCause, blank=True)
    namesake_seq = models.PositiveSmallIntegerField(default=0)
    """0, or the number that the city gave to a true namesake (同姓同名同生年月日)."""
    source_key = models.CharField(max_length=120, null=True, blank=True, unique=True)

    describes: ClassVar[Described] = Described(
        file="cards",
        personal={
            "kind": _("カードの種類"),
            "number": _("登録証・利用者カードの番号"),
            "state": _("カードの状態"),
            "qualification": _("資格区分"),
            "special_reason": _("特に認めた理由"),
            "former_name": _("旧氏名"),
            "former_kana": _("旧氏名フリガナ"),
            "applied_on": _("カードの申請年月日"),
            "consented_on": _("重複の確認に同意した日"),
            "issued_on": _("カードの交付年月日"),
            "valid_from": _("カードの有効期間の始め"),
            "valid_until": _("カードの有効期間の終わり"),
            "reviewed_on": _("資格を確かめた日"),
            "lapsed_on": _("失効年月日"),
            "lapse_cause": _("失効の事由"),
        },
        plain=plain("branch namesake_seq source_key"),
    )

    class Meta:
        ordering = ["-applied_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "kind"], condition=~Q(state="lapsed"), name="one_card_a_registrant_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "lapsed"])
                | Q(number__isnull=False, issued_on__isnull=False, branch__gte=1),
                name="an_issued_card_has_a_number",
            ),
            models.CheckConstraint(condition=Q(state="lapsed") ^ Q(lapse_cause=""), name="a_lapsed_card_says_why"),
            models.CheckConstraint(
                condition=Q(kind="senior") ^ Q(qualification=""), name="a_senior_card_says_by_what_right"
            ),
            models.CheckConstraint(
                condition=Q(qualification__in=["", "age"]) | ~Q(special_reason=""), name="an_exception_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)


class IssueCause(models.TextChoices):
    """Why a card was printed (交付の事由)."""

    NEW = "new", _("新規")
    LOST = "lost", _("再交付（紛失）")
    DAMAGED = "damaged", _("再交付（破損）")
    CHANGE = "change", _("書換交付（記載変更）")
    RENEWAL = "renewal", _("更新")
    TRANSFER = "transfer", _("移管")
    IMPORT = "import", _("移行")


class CardIssue(models.Model):
    """One print of a card: a line of the register of issues (交付台帳)."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="issues")
    branch = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=10, choices=IssueCause)
    made_on = models.DateField()
    made_by = models.UUIDField(null=True)
    handed_over_on = models.DateField(null=True, blank=True)
    """交付した日; None while the card lies in the office (未交付)."""
    handed_over_by = models.UUIDField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    printed = models.PositiveSmallIntegerField(default=0)
    """How often it was sent to a printer, all before it was handed over."""
    face = models.JSONField(null=True, blank=True)
    """What stands on it for as long as it exists (``rules.card_face``); None of one that came from before."""

    describes: ClassVar[Described] = Described(
        file="cards",
        personal={
            "cause": _("交付の事由"),
            "made_on": _("カードの作成年月日"),
            "handed_over_on": _("カードを渡した日"),
            "returned_on": _("カードの返還年月日"),
            "voided_on": _("カードを無効にした日"),
            "face": _("カードに記した氏名・代表者・住所（町名まで）・有効期限"),
        },
        plain=plain("branch made_by handed_over_by printed"),
    )

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["card", "branch"], name="one_issue_a_branch"),
            models.UniqueConstraint(fields=["card"], condition=Q(voided_on=None), name="one_valid_print_a_card"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}-{self.branch}"


class CardDeed(models.TextChoices):
    """What was done with a card (処理の種類)."""

    APPLY = "apply", _("申請")
    ISSUE = "issue", _("交付")
    HAND_OVER = "hand_over", _("本人への手渡し")
    REISSUE = "reissue", _("再交付・書換交付")
    RENEW = "renew", _("更新")
    REVIEW = "review", _("現況確認")
    SUSPEND = "suspend", _("停止")
    RESUME = "resume", _("停止の解除")
    RETURN = "return", _("返還")
    LAPSE = "lapse", _("失効")
    IMPORT = "import", _("移行")


class ReviewWay(models.TextChoices):
    """How it was confirmed that a holder still meets the conditions (現況確認の方法)."""

    VISIT = "visit", _("来館した本人に確認")
    PHONE = "phone", _("電話で本人に確認")
    LETTER = "letter", _("郵送の回答書で確認")
    REGISTER = "register", _("市の名簿で確認")


class CardAct(models.Model):
    """An act on a card (カードの経過): who, when, from which day on, what, why. Never changed."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="acts")
    at = models.DateTimeField()
    act = models.CharField(max_length=10, choices=CardDeed)
    branch = models.PositiveSmallIntegerField()
    """枝番 of the valid print after it, or of the old one that came back."""
    effective_on = models.DateField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="cards",
        personal={
            "at": _("カードの処理の日時"),
            "act": _("カードの処理の内容"),
            "effective_on": _("カードの処理の適用日"),
            "reason": _("カードの処理の理由"),
        },
        plain=plain("branch actor_kind actor_id"),
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["card", "at"], name="card_acts")]

    def __str__(self) -> str:
        return self.act


class CardToken(models.Model):
    """Keyed tokens of a 登録証 holder's name and birth date (重複確認用の符号)."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="tokens")
    name_role = models.CharField(
        max_length=8, choices=[("current", "current"), ("former", "former")], default="current"
    )
    kid = models.CharField(max_length=20)
    """Which key made them."""
    t1 = models.BinaryField(max_length=32)
    t2 = models.BinaryField(max_length=32)
    t3 = models.BinaryField(max_length=32)
    t4 = models.BinaryField(max_length=32, null=True)

    describes: ClassVar[Described] = Described(
        file="cards",
        plain=plain("name_role kid t1 t2 t3 t4"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "name_role", "kid"], name="one_token_row_a_key_and_name")
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.kid}"


class Visit(models.Model):
    """An individual's visit (個人利用の来館), by card or without one. What statistics need outlives the person."""

    day = models.DateField()
    at = models.DateTimeField()
    facility = models.UUIDField()
    """The facility in the catalogue."""
    registrant = models.ForeignKey(Registrant, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    foreign_number = models.CharField(max_length=20, blank=True)
    """The number of another facility's 登録証, which is valid here too; nothing else is known of its holder."""
    age_band = models.CharField(max_length=8, blank=True)
    """60, 65 … 85: the first age of the band; empty where no birth date is known."""
    residence = models.CharField(max_length=8, blank=True)
    recorded_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        file="cards",
        personal={
            "day": _("来館年月日"),
            "at": _("来館時刻"),
            "facility": _("来館した施設"),
            "foreign_number": _("他の施設の登録証の番号"),
            "age_band": _("年齢層"),
            "residence": _("居住の区分"),
        },
        plain=plain("recorded_by"),
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["day", "facility"], name="visits_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "day", "facility"], condition=Q(card__isnull=False), name="one_visit_a_card_and_day"
            ),
            models.UniqueConstraint(
                fields=["foreign_number", "day", "facility"],
                condition=~Q(foreign_number=""),
                name="one_visit_a_foreign_card_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.facility}"
