"""Outbox: messages written in the transaction of the change, sent by a worker, once."""

from __future__ import annotations

import uuid

from django.db import models


class MessageState(models.TextChoices):
    """How far a message has come."""

    PENDING = "pending"
    SENT = "sent"
    """The mail server has accepted it."""
    SKIPPED = "skipped"
    """The account has no e-mail address: nothing was to be sent."""
    FAILED = "failed"
    """Refused for good, or refused too often: somebody must look."""


class Message(models.Model):
    """A mail to be sent (送信待ちメール). Its id is the Message-ID, so that a repetition is recognised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=80)
    """Template path without language and ending, e.g. ``bookings/mail/permitted``."""
    recipient = models.UUIDField()
    """The portal account; its address and language are looked up when the mail is sent."""
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    """From when it may be sent. A worker that takes it up moves this on: nobody else takes it before then."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    """Code of the last refusal, e.g. ``smtp 550``; never its text, which may quote the address."""

    class Meta:
        indexes = [
            models.Index(
                fields=["attempts", "due_at"], condition=models.Q(state=MessageState.PENDING), name="outbox_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"
