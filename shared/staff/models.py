"""Staff accounts: a facility's in its own schema, the city's in the shared one. The same table twice."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from shared.sessions import AccountSession


class StaffAccountManager(BaseUserManager["StaffAccount"]):
    """Finds accounts by their personal ID, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> StaffAccount:
        return self.get(login_id=(username or "").lower())


class StaffAccount(AbstractBaseUser):
    """One person's ID (個々のID) at one facility's desk, or at the city."""

    USERNAME_FIELD = "login_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    """氏名, shown beside what this person did."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = StaffAccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(login_id=Lower("login_id")), name="staff_id_is_lower_case")
        ]


class StaffSession(AccountSession):
    """A staff member's session at one site."""

    account = models.ForeignKey(StaffAccount, null=True, on_delete=models.CASCADE, related_name="+")
