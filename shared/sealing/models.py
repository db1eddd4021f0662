"""What the city keeps of the seals of all facilities (封印); in the shared schema, beyond every tenant's reach."""

from __future__ import annotations

from django.db import models


class DaySeal(models.Model):
    """Where the seals of one schema stood at the end of a day: printed, it finds even what the owner has changed."""

    tenant = models.CharField(max_length=40)
    """A tenant's schema, or the shared one."""
    day = models.DateField()
    """In Asia/Tokyo; the day of sealing, some minutes after the act."""
    block = models.BigIntegerField()
    """Number of the day's last block; 0 before the first."""
    rows = models.BigIntegerField()
    """Entries sealed on that day."""
    root = models.BinaryField()

    class Meta:
        db_table = "audit_dayseal"
        ordering = ["-day", "tenant"]
        constraints = [models.UniqueConstraint(fields=["tenant", "day"], name="one_seal_a_day_and_tenant")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.day}"


class Verification(models.Model):
    """One run of the check (検証): of which schema, over how many entries, and the first fault."""

    at = models.DateTimeField()
    tenant = models.CharField(max_length=40)
    first_block = models.BigIntegerField()
    last_block = models.BigIntegerField()
    rows = models.BigIntegerField()
    fault = models.CharField(max_length=20, blank=True)
    """Empty when all was as it was sealed."""
    fault_block = models.BigIntegerField(null=True)
    fault_row = models.BigIntegerField(null=True)

    class Meta:
        db_table = "audit_verification"
        ordering = ["-id"]
        indexes = [models.Index(fields=["tenant", "-id"], name="verification_by_tenant")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.fault or 'good'}"


class AuditArchive(models.Model):
    """A day's sealed entries that were written to a file (保管ファイル), and whether they have left the table."""

    tenant = models.CharField(max_length=40)
    day = models.DateField()
    first_block = models.BigIntegerField()
    last_block = models.BigIntegerField()
    rows = models.BigIntegerField()
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    chain = models.BinaryField()
    """The chain's value at the last block: what follows goes on from it."""
    archived_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_archive"
        ordering = ["tenant", "day"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "day"], name="one_archive_a_day_and_tenant"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="an_archive_has_its_hash"),
        ]

    def __str__(self) -> str:
        return self.name
