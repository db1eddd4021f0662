"""Audit entries: append-only, in the schema of whoever's data was touched."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What was done (操作の種類)."""

    LOGIN = "login", _("ログイン")
    LOGIN_FAILED = "login_failed", _("ログイン失敗")
    LOGOUT = "logout", _("ログアウト")
    SEARCH = "search", _("検索")
    VIEW = "view", _("閲覧")
    CREATE = "create", _("登録")
    CHANGE = "change", _("変更")
    DELETE = "delete", _("削除")
    PRINT = "print", _("印刷")
    EXPORT = "export", _("持出し")
    PERMISSION = "permission", _("権限の変更")
    DUPLICATE_CHECK = "duplicate_check", _("重複の確認")
    DENIED = "denied", _("拒否")


class AuditEntry(models.Model):
    """One act (使用履歴): who, when, from where, what, on which object, for what purpose.

    Holds identifiers only; a name, an address or a search text never stands here. Nobody but the database gives ``id``
    and the number of the transaction (column ``xact``), by which the rows are sealed (``shared.audit.sealing``).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    """staff, city, citizen, visitor or system."""
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=20)
    """One of ``Action``."""
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    """Counts and codes, e.g. ``{"found": 3, "by": "kana"}``."""
    address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=32, blank=True)
    roles = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    """The actor's roles at that time."""
    body = models.CharField(max_length=100, default="", db_default="", blank=True)
    """The actor's employer (所属法人) at that time."""
    terminal = models.UUIDField(null=True)
    """The registered terminal."""
    session = models.CharField(max_length=32, default="", db_default="", blank=True)
    """A keyed hash of the session's key."""
    persons = ArrayField(models.UUIDField(), default=list, db_default=[])
    """The registrants about whom it was, or who were on the page: what was shown of whom."""

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_by_object"),
            models.Index(fields=["actor_id", "id"], name="audit_by_actor"),
            models.Index(fields=["at", "id"], name="audit_by_time"),
            GinIndex(fields=["persons"], condition=~models.Q(persons=[]), name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}"


class AuditSeal(models.Model):
    """A block of entries under seal (封印). Only ``shared.audit_seal`` writes it; see ``shared.sealing``."""

    id = models.BigIntegerField(primary_key=True)
    """From 1, without a gap."""
    sealed_at = models.DateTimeField()
    to_xact = models.BigIntegerField()
    to_id = models.BigIntegerField()
    """The last (transaction, id) that belongs to the block; it begins after that of the block before."""
    rows = models.BigIntegerField()
    shift = models.BigIntegerField(default=0)
    """What is added to this cluster's numbers of transactions, after a restore into another one."""
    leaves = models.BinaryField()
    """Of each row eight bytes of its id and the SHA-256 of its canonical form."""
    root = models.BinaryField()
    chain = models.BinaryField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["sealed_at"], name="audit_seal_by_time")]

    def __str__(self) -> str:
        return str(self.pk)
