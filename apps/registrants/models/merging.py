"""Two records of one person: proposed, merged, and parted again within 30 days."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant
from shared.described import Described, plain


class Merge(models.Model):
    """That one record was merged into another (統合), and all that is needed to undo it."""

    kept = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="gone_in")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500)
    moved = models.JSONField(default=dict)
    """``rows``: ``app.model.field`` -> ids of the rows that were moved from ``gone`` to ``kept``; of ``gone`` before:
    ``spans`` and ``account``; ``takes_account``: whether ``kept`` took that account over."""
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "at": _("登録を統合した日時"),
            "reason": _("登録を統合した理由"),
        },
        plain=plain("by moved undone_at undone_by"),
    )

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="merged_once_at_a_time"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="nobody_is_merged_into_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} -> {self.kept_id}"


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("未確認")
    MERGED = "merged", _("統合した")
    DISMISSED = "dismissed", _("別人・別団体")


class DuplicateProposal(models.Model):
    """Two records that may be of one person or group (重複の候補). A person decides; what was dismissed stays so."""

    one = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    grounds = ArrayField(models.CharField(max_length=20))
    """Codes: ``name_and_birth``, ``phone``, ``address``, ``group_name``, ``members``."""
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        file="registrants",
        plain=plain("grounds state found_at decided_at decided_by"),
    )

    class Meta:
        ordering = ["-found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_proposal_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} / {self.other_id}"
