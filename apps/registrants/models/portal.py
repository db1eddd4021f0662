"""What passes between a citizen at the portal and the facility that registers them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant
from shared.described import Described, plain


class CodePurpose(models.TextChoices):
    """What a code from the desk is for."""

    LINK = "link", _("アカウントとの結び付け")
    RESET = "reset", _("パスワードの再設定")


class LinkCode(models.Model):
    """A one-time code for the portal account of a registration (一回限りの番号). Only its keyed hash is kept.

    A trigger hands a code to reset the password on to the account that holds the registration, which the desk never
    learns.
    """

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="link_codes")
    purpose = models.CharField(max_length=5, choices=CodePurpose, default=CodePurpose.LINK)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    """Wrong codes typed for this registration while this code was open."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        plain=plain("purpose code_hash made_at made_by expires_at used_at attempts"),
    )

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "purpose"], condition=Q(used_at=None), name="one_open_code_a_purpose"
            )
        ]

    def __str__(self) -> str:
        return str(self.registrant_id)


class CitizenRequestKind(models.TextChoices):
    """What a citizen asks of the facility."""

    CORRECTION = "correction", _("登録内容の訂正")
    WITHDRAWAL = "withdrawal", _("登録の廃止")


class CitizenRequestState(models.TextChoices):
    """How far a request has come."""

    OPEN = "open", _("受付中")
    ACCEPTED = "accepted", _("対応済み")
    DECLINED = "declined", _("対応できません")


class CitizenRequest(models.Model):
    """A citizen's request about the own registration (訂正・廃止の届出), decided at the desk."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=12, choices=CitizenRequestKind)
    account = models.UUIDField()
    asked_at = models.DateTimeField()
    wishes = models.JSONField(default=dict)
    """Field -> the value that the citizen says is right."""
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=CitizenRequestState, default=CitizenRequestState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "kind": _("市民からの依頼の種類"),
            "asked_at": _("依頼の日時"),
            "wishes": _("訂正を希望する内容"),
            "note": _("依頼の説明"),
            "state": _("依頼の状態"),
            "decided_at": _("依頼に回答した日時"),
            "answer": _("依頼への回答"),
        },
        plain=plain("account decided_by"),
    )

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="open"), name="open_citizen_requests")]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "kind"], condition=Q(state="open"), name="one_open_request_a_kind"
            ),
            models.CheckConstraint(condition=~Q(state="declined", answer=""), name="a_declined_request_has_an_answer"),
        ]

    def __str__(self) -> str:
        return self.kind
