"""A staff member's new password: what the policy asks of it, which were used before, and who is signed out by it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from django.contrib.auth.hashers import check_password as fits
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.staff.errors import (
    FewKindsError,
    GuessedError,
    NumericError,
    ShortError,
    SimilarError,
    StaffPasswordError,
    UsedBeforeError,
    WrongCurrentError,
)
from shared.staff.models import StaffAccount, StaffSession, UsedPassword
from shared.staff.policies import policy_now
from shared.staff.rules.passwords import fault, folded
from shared.staff.rules.policy import BOUNDS, Policy

ERRORS: Final[Mapping[str, type[StaffPasswordError]]] = MappingProxyType(
    {
        "short": ShortError,
        "few_kinds": FewKindsError,
        "numeric": NumericError,
        "guessed": GuessedError,
        "similar": SimilarError,
    }
)
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a one-time password is made of: nothing that is read for something else."""


def change_own_password(*, actor: Actor, account: StaffAccount, current: str, password: str) -> StaffAccount:
    """A new password for whoever is signed in; every session of the account ends, the present one too.

    ``WrongCurrentError``, or an error of ``check_new``.
    """
    with transaction.atomic():
        locked = StaffAccount.objects.select_for_update().get(pk=account.pk)
        if not locked.check_password(current):
            raise WrongCurrentError(field="current")
        check_new(password, locked, policy_now())
        _remember(locked)
        locked.set_password(password)
        locked.one_time_until = None
        locked.save(update_fields=["password", "one_time_until"])
        StaffSession.objects.filter(account=locked).delete()
        told = entry(actor, Action.CHANGE, object_type="account", object_id=locked.pk, fields=["password"])
        insert_together(UsedPassword(account=locked, hash=locked.password, at=clock.now()), told)
        _forget_older(locked)
    return locked


def check_new(password: str, account: StaffAccount, policy: Policy) -> None:
    """One of ``ERRORS``, or ``UsedBeforeError``. The error tells nothing of the password."""
    found = fault(
        password, policy, login_id=account.login_id, name=account.name, is_common=folded(password) in _common()
    )
    if found:
        raise ERRORS[found](field="password", least=policy.least_length, kinds=policy.kinds)
    former = UsedPassword.objects.filter(account=account).order_by("-id").values_list("hash", flat=True)
    if any(fits(password, one) for one in {account.password, *former[: policy.history]}):
        raise UsedBeforeError(field="password", history=policy.history)


def new_one_time_password() -> str:
    """A password for a sealed slip (仮パスワード): four groups of four, some 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _remember(account: StaffAccount) -> None:
    """The password that is about to go, if it was given and not set by a change."""
    UsedPassword.objects.get_or_create(account=account, hash=account.password, defaults={"at": account.created_at})


def _forget_older(account: StaffAccount) -> None:
    """Keep as many former passwords as any policy may forbid."""
    kept = UsedPassword.objects.filter(account=account).order_by("-id")[: BOUNDS["history"][1]].values("pk")
    UsedPassword.objects.filter(account=account).exclude(pk__in=kept).delete()


@cache
def _common() -> frozenset[str]:
    """Twenty thousand passwords that are tried first, as Django ships them."""
    return frozenset(CommonPasswordValidator().passwords)
