"""The registers that an operator keeps (特記事項の台帳): rows are added and never changed; a correction is a new row.

No registrant's name stands in them: what is named is the kind of papers, and who keeps or witnessed them.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Medium(models.TextChoices):
    """What personal data stand on (媒体)."""

    PAPER = "paper", _("紙")
    USB = "usb", _("USBメモリ等の可搬媒体")
    DISK = "disk", _("ハードディスク・SSD")
    OPTICAL = "optical", _("CD・DVD")
    OTHER = "other", _("その他")


class Fate(models.TextChoices):
    """What became of a copy (複写物の扱い)."""

    KEPT = "kept", _("保管中")
    RETURNED = "returned", _("返還")
    DESTROYED = "destroyed", _("廃棄")


class Ending(models.TextChoices):
    """What is certified (返還・廃棄の別)."""

    RETURNED = "returned", _("返還")
    DESTROYED = "destroyed", _("廃棄")


class RegisterRow(models.Model):
    """What every register's row has: whose it is, its number, who wrote it, and which row it corrects."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField(max_length=63, editable=False)
    serial = models.PositiveIntegerField(_("番号"), editable=False)
    """Gapless in the tenant's register."""
    recorded_at = models.DateTimeField(_("記録日時"), editable=False)
    recorded_by = models.UUIDField(editable=False)
    recorded_name = models.CharField(_("記録者"), max_length=60, editable=False)
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="correction", editable=False
    )
    correction_reason = models.CharField(_("訂正の理由"), max_length=140, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["tenant", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "serial"], name="one_%(class)s_a_number"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) ^ ~Q(correction_reason=""), name="a_%(class)s_corrects_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.serial}"


class CopyRecord(RegisterRow):
    """A copy of papers or data (複写), which the city has to consent to."""

    copied_on = models.DateField(_("複写した日"))
    what = models.CharField(_("複写したもの"), max_length=140)
    why = models.CharField(_("複写の理由"), max_length=140)
    copies = models.PositiveIntegerField(_("部数"))
    consent_number = models.CharField(_("市の承諾番号"), max_length=40)
    fate = models.CharField(_("複写物の扱い"), max_length=10, choices=Fate, default=Fate.KEPT)
    fate_on = models.DateField(_("返還・廃棄した日"), null=True, blank=True)

    class Meta(RegisterRow.Meta):
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(fate="kept", fate_on__isnull=True) | ~Q(fate="kept") & Q(fate_on__gte=F("copied_on")),
                name="a_copy_that_is_gone_has_its_day",
            ),
            models.CheckConstraint(condition=Q(copies__gte=1), name="one_copy_at_least"),
        ]


class MediumRecord(RegisterRow):
    """Where personal data are kept (媒体): name, medium, number, place, lock, key."""

    what = models.CharField(_("個人情報の名称"), max_length=140)
    medium = models.CharField(_("媒体"), max_length=10, choices=Medium)
    copies = models.PositiveIntegerField(_("部数"))
    place = models.CharField(_("保管場所"), max_length=140)
    is_locked = models.BooleanField(_("施錠できる"), default=False)
    key_keeper = models.CharField(_("鍵の管理者"), max_length=60, blank=True)
    checked_on = models.DateField(_("現物を確かめた日"))

    class Meta(RegisterRow.Meta):
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(condition=Q(is_locked=False) | ~Q(key_keeper=""), name="a_lock_has_a_key_keeper"),
        ]


class SubcontractRecord(RegisterRow):
    """The city's consent to a subcontractor (再委託の承諾)."""

    contractor = models.CharField(_("再委託先"), max_length=100)
    work = models.CharField(_("再委託する業務"), max_length=140)
    handles_data = models.BooleanField(_("個人情報を扱う"), default=False)
    first = models.DateField(_("期間の始め"))
    last = models.DateField(_("期間の終わり"))
    consent_number = models.CharField(_("市の承諾番号"), max_length=40)
    consented_on = models.DateField(_("承諾の日"))

    class Meta(RegisterRow.Meta):
        constraints = [
            *RegisterRow.Meta.constraints,
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_subcontract_ends_after_it_begins"),
        ]


class DisposalRecord(RegisterRow):
    """That data were returned or destroyed (返還・廃棄の証明)."""

    ending = models.CharField(_("返還・廃棄の別"), max_length=10, choices=Ending)
    what = models.CharField(_("項目"), max_length=140)
    medium = models.CharField(_("媒体"), max_length=10, choices=Medium)
    quantity = models.CharField(_("数量"), max_length=40)
    method = models.CharField(_("方法"), max_length=140)
    done_on = models.DateField(_("返還・廃棄した日"))
    witness = models.CharField(_("立会人"), max_length=60)
    control_number = models.CharField(_("持出しの管理番号"), max_length=20, blank=True)

    class Meta(RegisterRow.Meta):
        constraints = [*RegisterRow.Meta.constraints]
