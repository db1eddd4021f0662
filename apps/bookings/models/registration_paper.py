"""Notices about a registration (登録の通知書) as they were issued."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.bookings.models.room import Facility
from apps.registrants.models import Registrant, RegistrationAct
from shared.described import Described, plain


class RegistrationPaperKind(models.TextChoices):
    """What a notice tells (通知書の種類)."""

    GRANTED = "granted", _("利用者登録決定通知書")
    REFUSED = "refused", _("利用者登録不承認通知書")
    SUSPENDED = "suspended", _("利用停止通知書")
    STRUCK = "struck", _("利用者登録抹消通知書")


class RegistrationPaper(models.Model):
    """A notice of one act on a registration. Its content never changes; a reprint says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="papers")
    act = models.OneToOneField(RegistrationAct, on_delete=models.PROTECT, related_name="paper")
    kind = models.CharField(max_length=9, choices=RegistrationPaperKind)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    """In whose name it is signed."""
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
            "kind": _("登録の通知書の種類"),
            "serial": _("登録の通知書の番号"),
            "issued_on": _("登録の通知書の発行年月日"),
            "content": _("登録の通知書の記載事項"),
        },
        plain=plain("fiscal_year printed texts"),
    )

    class Meta:
        ordering = ["fiscal_year", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_registration_paper_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.serial}"
