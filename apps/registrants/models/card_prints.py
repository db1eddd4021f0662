"""Print jobs of many cards at once: ordered at the desk, laid on sheets by a worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.registrants.models.card import CardIssue
from shared.described import Described, plain
from shared.vault.printing.model import PrintJobBase, job_constraints, waiting_index


class CardPrintJob(PrintJobBase):
    """Cards on A4 sheets as one file (カードの一括印刷), made by a worker."""

    start = models.PositiveSmallIntegerField(default=1)
    """The place of the first card on the first sheet, 1 to 10."""

    describes: ClassVar[Described] = Described(plain=plain("state ordered_at ordered_by finished_at tries file start"))

    class Meta(PrintJobBase.Meta):
        indexes = [waiting_index("card_print_jobs_waiting")]
        constraints = [
            *job_constraints(ends_once="a_card_print_job_ends_once", has_its_file="ready_cards_have_their_file"),
            models.CheckConstraint(condition=Q(start__range=(1, 10)), name="a_sheet_has_ten_places"),
        ]


class CardPrintItem(models.Model):
    """One print of a card in a job, or why it is left out of it."""

    job = models.ForeignKey(CardPrintJob, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    issue = models.ForeignKey(CardIssue, on_delete=models.CASCADE, related_name="+")
    fit = models.PositiveSmallIntegerField(null=True)
    """How its face is set (``documents.render.fits_of``), once that is found."""
    left_out = models.CharField(max_length=30, blank=True)
    """Code of the error that kept it out of the file."""

    describes: ClassVar[Described] = Described(file="cards", plain=plain("position fit left_out"))

    class Meta:
        ordering = ["job", "position"]
        constraints = [models.UniqueConstraint(fields=["job", "issue"], name="a_card_is_once_in_a_print_job")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.position}"
