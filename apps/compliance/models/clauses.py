"""Texts of law and agreement (条文): each version stays as it was."""

from __future__ import annotations

from django.db import models


class ClauseText(models.Model):
    """One version of a text of law or agreement (条文の版): from which day it holds, who wrote it, and why.

    Append-only: a trigger refuses a change and a deletion, also of the owner, and a new version for days that are
    over. Of the versions whose first day has come the highest holds, so that a mistake in one to come is mended by
    one more.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=100)
    body = models.TextField()
    in_force_from = models.DateField()
    made_by = models.UUIDField(null=True)
    """The city's account; None for the first version, which comes with the product."""
    made_at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_text_a_version"),
            models.CheckConstraint(condition=models.Q(version__gt=0), name="versions_of_texts_begin_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
