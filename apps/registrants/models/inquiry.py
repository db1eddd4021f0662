"""What a facility keeps for itself of a 照会票 about its own card. The 照会票 itself stands in the shared schema."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.registrants.models.card import Card
from shared.described import Described, plain


class InquiryNote(models.Model):
    """How this facility came to its answer (回答の根拠). Personal: it never leaves the tenant."""

    inquiry = models.UUIDField(primary_key=True)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="inquiry_notes")
    answer = models.CharField(max_length=5)
    note = models.CharField(max_length=500)
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        file="cards",
        personal={
            "answer": _("照会への回答"),
            "note": _("照会の記録"),
        },
        plain=plain("inquiry written_at written_by"),
    )

    def __str__(self) -> str:
        return str(self.inquiry)
