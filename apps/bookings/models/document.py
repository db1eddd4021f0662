"""Official documents that were made, and their gapless numbers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.booking import Booking
from shared.described import Described, plain


class DocumentKind(models.TextChoices):
    """Kind of document that has a number (文書の種類)."""

    PERMIT = "permit", _("使用許可書")
    REFUSAL = "refusal", _("不許可通知書")
    REVOCATION = "revocation", _("使用許可取消通知書")
    CHANGE = "change", _("使用変更許可書")
    REDUCTION = "reduction", _("減免決定通知書")
    GIVEN_UP = "given_up", _("使用取消承認通知書")


class NumberSeries(models.Model):
    """The last number given in a fiscal year (文書番号): gapless, since it is taken under a row lock."""

    fiscal_year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"


class Document(models.Model):
    """A permit or notice as it was issued (文書). Its content never changes; a reprint says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind)
    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    issued_on = models.DateField()
    content = models.JSONField()
    """The sheet as it was issued (``apps.bookings.documents.data``), with the versions of its texts."""
    texts = ArrayField(models.UUIDField(), default=list)
    """The facility's own versions of texts that it was made with (``TextVersion``)."""
    printed = models.PositiveSmallIntegerField(default=0)
    """How often it was printed; from the second time on it is marked 再交付."""

    describes: ClassVar[Described] = Described(
        file="registrants",
        personal={
            "kind": _("許可書等の種類"),
            "serial": _("許可書等の番号"),
            "issued_on": _("許可書等の発行年月日"),
            "content": _("許可書等の記載事項"),
        },
        plain=plain("fiscal_year printed texts"),
    )

    class Meta:
        ordering = ["fiscal_year", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_document_a_number"),
            models.UniqueConstraint(
                fields=["booking", "kind"],
                condition=~Q(kind__in=["change", "reduction"]),
                name="one_document_a_kind_and_booking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.serial}"
