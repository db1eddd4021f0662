"""What state a registration is in from when to when, and every act that changed it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant, RegistrantState
from shared.described import Described, plain


class StateSpan(models.Model):
    """A state with the days on which it holds (状態の期間). The first span is written by a trigger.

    期限切れ is never a span: it follows from the registrant's ``valid_until`` (``rules.standing.state_on``).
    """

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="spans")
    state = models.CharField(max_length=14, choices=RegistrantState)
    during = DateRangeField()
    """Half-open range of days in Asia/Tokyo, without end until something follows."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "state": _("登録の状態の経過"),
            "during": _("登録の状態の期間"),
        },
    )

    class Meta:
        ordering = ["registrant_id", "during"]
        constraints = [
            ExclusionConstraint(
                name="one_state_at_a_time",
                expressions=[("registrant", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=~Q(state=RegistrantState.EXPIRED), name="expiry_is_no_span"),
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id}: {self.state}"


class Act(models.TextChoices):
    """What was done to a registration (処理の種類)."""

    REGISTER = "register", _("登録")
    PRE_REGISTER = "pre_register", _("仮登録")
    COMPLETE = "complete", _("本登録")
    REVIEW = "review", _("審査開始")
    APPROVE = "approve", _("承認")
    REFUSE = "refuse", _("不承認")
    CHANGE = "change", _("変更")
    SUSPEND = "suspend", _("利用停止")
    LIFT = "lift", _("停止解除")
    EXPIRE = "expire", _("期限切れ")
    RENEW = "renew", _("更新")
    CLOSE = "close", _("抹消")
    PUT_OFF = "put_off", _("抹消の見合わせ")
    REOPEN = "reopen", _("抹消の取消し")
    MERGE = "merge", _("統合")
    UNMERGE = "unmerge", _("統合の取消し")
    LINK = "link", _("市民アカウントとの結び付け")
    UNLINK = "unlink", _("市民アカウントとの結び付けの解除")
    IMPORT = "import", _("移行")
    STOP_ONLINE = "stop_online", _("インターネット予約の停止")
    ALLOW_ONLINE = "allow_online", _("インターネット予約の再開")


class CloseCause(models.TextChoices):
    """Why a registration is closed (抹消の事由)."""

    WITHDRAWN = "withdrawn", _("本人による廃止")
    EX_OFFICIO = "ex_officio", _("職権")
    DIED = "died", _("死亡")
    MOVED = "moved", _("転出")
    EXPIRED = "expired", _("期限切れ")
    MERGED = "merged", _("統合")


class RegistrationAct(models.Model):
    """An act on a registration (経過): who, when, from which day on, what, why. Never changed."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="acts")
    at = models.DateTimeField()
    act = models.CharField(max_length=14, choices=Act)
    effective_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    """The last day on which it holds (a suspension), if it ends by itself."""
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=12, choices=CloseCause, blank=True)
    """抹消の事由, of a closing only."""
    reason = models.CharField(max_length=500, blank=True)
    changes = models.JSONField(default=dict)
    """Field -> [before, after], of a change. Personal: no role but the tenant's reads it."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "at": _("登録の処理の日時"),
            "act": _("登録の処理の内容"),
            "effective_on": _("登録の処理の適用日"),
            "until": _("利用停止の最後の日"),
            "cause": _("抹消の事由"),
            "reason": _("登録の処理の理由"),
            "changes": _("変更の前と後の内容"),
        },
        plain=plain("actor_kind actor_id"),
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["registrant", "at"], name="registration_acts"),
            models.Index(fields=["registrant"], condition=Q(act="put_off"), name="closings_put_off"),
        ]

    def __str__(self) -> str:
        return self.act


class IdentityDocument(models.TextChoices):
    """What was shown (本人確認書類). Neither numbers nor copies are kept."""

    DRIVING_LICENCE = "driving_licence", _("運転免許証")
    MY_NUMBER_CARD = "my_number_card", _("マイナンバーカード")
    HEALTH_CERTIFICATE = "health_certificate", _("資格確認書")
    RESIDENCE_CARD = "residence_card", _("在留カード")
    PASSPORT = "passport", _("旅券")
    OTHER = "other", _("その他の公的な書類")


class IdentityCheck(models.Model):
    """That a person showed who they are (本人確認): what was shown, when, to whom."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="identity_checks")
    document = models.CharField(max_length=20, choices=IdentityDocument)
    on = models.DateField()
    by = models.UUIDField()
    """The staff account that saw it."""
    at = models.DateTimeField()

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "document": _("本人確認書類の種類"),
            "on": _("本人確認をした日"),
        },
        plain=plain("by at"),
    )

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.document} {self.on}"
