"""A file that is taken in, its bytes until then, how its columns are read, and the rows that could not be read."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a file has come (取込みの状態). The sets that matter are carried by the class."""

    RECEIVED = "received", _("項目の対応付け待ち")
    TO_CHECK = "to_check", _("点検待ち")
    CHECKING = "checking", _("点検中")
    CHECKED = "checked", _("点検済み（取込み待ち）")
    TO_RUN = "to_run", _("取込みの順番待ち")
    RUNNING = "running", _("取込み中")
    DONE = "done", _("取込み済み")
    FAILED = "failed", _("失敗（何も取り込まれていません）")
    DISCARDED = "discarded", _("取りやめ")

    @classmethod
    def for_worker(cls) -> frozenset[JobState]:
        """What a worker has to do, or had begun when it died."""
        return frozenset({cls.TO_CHECK, cls.CHECKING, cls.TO_RUN, cls.RUNNING})

    @classmethod
    def waiting(cls) -> frozenset[JobState]:
        """What no worker has begun."""
        return frozenset({cls.TO_CHECK, cls.TO_RUN})

    @classmethod
    def for_clerk(cls) -> frozenset[JobState]:
        """What waits for a person: columns may be chosen again, and the file given up."""
        return frozenset({cls.RECEIVED, cls.CHECKED, cls.FAILED})


class Job(models.Model):
    """A file of another system that is taken in (取込み)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    """Which target reads it: ``shared.intake.targets``."""
    source = models.CharField(max_length=40)
    """The system that it comes from, as the clerk calls it: begins every source key."""
    filename = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    size = models.PositiveBigIntegerField()
    lines = models.PositiveIntegerField()
    encoding = models.CharField(max_length=10)
    delimiter = models.CharField(max_length=1)
    header = models.JSONField()
    """The columns' names, in order."""
    shapes = models.JSONField(default=list)
    """How the first rows' cells look, column by column, without what they say."""
    state = models.CharField(max_length=10, choices=JobState, default=JobState.RECEIVED)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    """rows, new, changed, unchanged, kept, refused, known (refused, and on the list before)."""
    warnings = models.JSONField(default=list)
    """``[{code, field, count, lines}]``: the first lines only."""
    texts = models.JSONField(default=dict)
    """Field -> text of the file that stands for a choice -> in how many rows: as the check saw them, the first ones
    only, and until the file is gone."""
    rows_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often a worker has begun what is asked for now."""
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    asked_by = models.UUIDField(null=True)
    """Who asked for the check or the run."""
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["to_check", "checking", "to_run", "running"]),
                name="intake_for_worker",
            ),
            models.Index(fields=["digest"], name="intake_by_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_checked(self) -> bool:
        """Whether a check has gone through the file with the columns as they are chosen now."""
        return bool(self.counts)


class Chunk(models.Model):
    """A piece of the file (ファイルの一部), kept in the tenant's own schema until the run is done or given up."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="one_chunk_a_position")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.position}"


class ColumnMapping(models.Model):
    """How the files of one kind and source are read (項目の対応), as it was last chosen."""

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind"], name="one_mapping_a_source_and_kind")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind}"


class RowState(models.TextChoices):
    """What became of a row that could not be read."""

    FOUND = "found", _("点検で見つかった行")
    OPEN = "open", _("未処理")
    TAKEN = "taken", _("取り込んだ")
    DISMISSED = "dismissed", _("取り込まない")


class RejectedRow(models.Model):
    """A row that could not be taken in (取り込めなかった行): kept as it was until a clerk has worked it off."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="rejected")
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=40)
    line = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """Of the row as it was: the same row of the same source is worked off once."""
    key = models.CharField(max_length=120, blank=True)
    """The source key, as far as it could be read: when a later file brings the record, the row is done with."""
    cells = models.JSONField()
    """The row as it stood in the file. Emptied once it was taken in."""
    values = models.JSONField(default=dict)
    """Field -> cell, as the columns were chosen; then as the clerk corrected them."""
    problems = models.JSONField()
    """``[{code, field, params}]``."""
    state = models.CharField(max_length=10, choices=RowState)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["job_id", "line", "id"]
        indexes = [
            models.Index(fields=["job", "line"], name="rejected_by_line"),
            models.Index(fields=["source", "key"], condition=Q(state="open"), name="rejected_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "digest"], condition=~Q(state="found"), name="a_row_is_worked_off_once"
            ),
            models.CheckConstraint(condition=~Q(state="dismissed", reason=""), name="a_dismissed_row_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.line}"
