"""The facilities' own wording of official documents, and print jobs of many documents at once."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.bookings.models.booking import Booking
from apps.bookings.models.displacement import DisplacementHit
from apps.bookings.models.document import Document
from apps.bookings.models.payments import Payment
from apps.bookings.models.refunds import Refund
from apps.bookings.models.room import Facility
from shared.described import Described, plain
from shared.vault.printing.model import PrintJobBase, job_constraints, waiting_index


class TextVersion(models.Model):
    """One version of one block of wording (文言の版), from a day on. The newest that has begun holds.

    A row is never changed; one that has been in force, or that a document was made with, is not deleted either: the
    database's trigger refuses it. A facility's own goes before the one for all of the tenant's facilities.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    """The block (``apps.bookings.rules.wording_texts``)."""
    number = models.PositiveIntegerField()
    """Counts the tenant's versions of a block; 1 is the standard that comes with the product."""
    valid_from = models.DateField()
    paragraphs = ArrayField(models.CharField(max_length=600))
    note = models.CharField(max_length=100, blank=True)
    """Why: 令和8年規則第3号."""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        plain=plain("key number valid_from paragraphs note entered_at entered_by")
    )

    class Meta:
        ordering = ["key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="one_text_a_number"),
            models.CheckConstraint(condition=Q(number__gt=1), name="the_standard_text_is_no_row"),
        ]

    def __str__(self) -> str:
        return f"{self.key}/{self.number}"


class PaperOptions(models.Model):
    """How a facility makes its documents from a day on (文書の定め). The newest that has begun holds."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    one_sheet = models.BooleanField(default=False)
    """申請書兼許可書: application and permit on one sheet."""
    with_reduction = models.BooleanField(default=False)
    """許可書兼減免決定通知書: what was granted as a reduction stands on the permit."""
    always_instructs = models.BooleanField(default=False)
    """教示 also on a permit without conditions."""
    wide_numerals = models.BooleanField(default=False)
    """Numbers of dates in full width."""
    approvals = ArrayField(models.CharField(max_length=10), default=list)
    """決裁欄: the offices whose seals it has room for."""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    describes: ClassVar[Described] = Described(
        plain=plain(
            "valid_from one_sheet with_reduction always_instructs wide_numerals approvals entered_at entered_by"
        )
    )

    class Meta:
        ordering = ["facility", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "valid_from"], name="one_set_of_options_a_first_day")
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.valid_from}"


class PaperMark(models.Model):
    """What anybody may be told of a document that was issued, found by the code on it (確認番号). It names nobody.

    A row is never changed. It stays when the document's own content is erased.
    """

    mark = models.CharField(primary_key=True, max_length=16)
    """Eight random bytes, which the code on the document carries."""
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    facility = models.CharField(max_length=100)
    issuer = models.CharField(max_length=200)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    refund = models.ForeignKey(Refund, null=True, on_delete=models.PROTECT, related_name="+")
    hit = models.ForeignKey(DisplacementHit, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose notice it is, of a public use."""
    measure = models.UUIDField(null=True, unique=True)
    """No foreign key: a measure is erased after its years, and what was issued stays issued."""
    act = models.BigIntegerField(null=True, unique=True)
    """The act on a registration that it is the notice of; likewise."""

    describes: ClassVar[Described] = Described(
        file="registrants", plain=plain("mark kind number issued_on facility issuer measure act")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document"], name="one_mark_a_document"),
            models.UniqueConstraint(fields=["payment"], name="one_mark_a_payment"),
            models.UniqueConstraint(fields=["refund"], name="one_mark_a_refund"),
            models.UniqueConstraint(fields=["hit"], name="one_mark_a_hit"),
        ]

    def __str__(self) -> str:
        return self.number


class PrintJob(PrintJobBase):
    """Permits of many bookings as one file (一括印刷), made by a worker; it goes on where it was interrupted."""

    describes: ClassVar[Described] = Described(plain=plain("state ordered_at ordered_by finished_at tries file"))

    class Meta(PrintJobBase.Meta):
        indexes = [waiting_index("print_jobs_waiting")]
        constraints = job_constraints(ends_once="a_print_job_ends_once", has_its_file="what_is_ready_has_its_file")


class PrintJobItem(models.Model):
    """One booking of a print job: its document once that is issued, or why it is left out."""

    job = models.ForeignKey(PrintJob, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    left_out = models.CharField(max_length=30, blank=True)
    """Code of the error that kept it out of the file."""

    describes: ClassVar[Described] = Described(file="registrants", plain=plain("position left_out"))

    class Meta:
        ordering = ["job", "position"]
        constraints = [models.UniqueConstraint(fields=["job", "booking"], name="a_booking_is_once_in_a_print_job")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.position}"
