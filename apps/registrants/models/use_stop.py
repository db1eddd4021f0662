"""個人情報の利用停止: a mark that the city's decision puts on a registrant."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.registrant import Registrant
from shared.described import Described, plain


class UseStop(models.Model):
    """From when on a person's data are not to be used but for what the law asks for (法98条). Lifted, never removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="use_stops")
    request = models.UUIDField()
    """The request that was granted, in the shared schema."""
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lift_reason = models.CharField(max_length=500, blank=True)
    """Why it does not hold any more: the person's own word, or that its cause is gone."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "since": _("利用停止の始期"),
            "lifted_at": _("利用停止の解除の日時"),
            "lift_reason": _("利用停止を解除した理由"),
        },
        plain=plain("request by lifted_by"),
    )

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant"], condition=Q(lifted_at__isnull=True), name="one_use_stop_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lift_reason="") | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="a_use_stop_is_lifted_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.registrant_id)
