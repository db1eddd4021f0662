"""Outbox: messages written in the transaction of the change, sent by a worker, once."""

from __future__ import annotations

import uuid

from django.db import models


class MessageState(models.TextChoices):
    """How far a message has come."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


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
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state=MessageState.PENDING), name="outbox_pending")
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"
