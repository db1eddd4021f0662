"""The city's own IDs: opened, changed, suspended, given a new password. Nobody does so with the own one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext

from apps.compliance.roster_errors import refused
from apps.compliance.rules.roster import ONE_TIME_LIVES, one_time_password
from apps.compliance.services.roster.acting import answer, told
from apps.compliance.services.roster.grant import Slip
from kernel import clock
from shared.actor import Actor
from shared.staff.models import StaffAccount


def open_account(*, actor: Actor, name: str, title: str, roles: Sequence[str]) -> Slip:
    """A new ID with its slip. ``OfficerNeededError``."""
    password, until = one_time_password(secrets.choice), clock.now() + ONE_TIME_LIVES
    with transaction.atomic():
        hashed = make_password(password)
        login, refusal = answer("city_account_open", actor.id, name, title, list(roles), hashed, until, actor=actor)
        if refusal:
            raise refused(refusal)
    return Slip(name, gettext("市"), title, login, password, until)


def change_account(*, actor: Actor, account: UUID, roles: Sequence[str], is_active: bool) -> None:
    """Other roles, suspended or resumed. ``OwnAccountError``, ``LastOfficerError``, ``UnknownAccountError``."""
    told("city_account_change", actor.id, account, list(roles), is_active, actor=actor)


def reset_account(*, actor: Actor, account: UUID) -> Slip:
    """A new one-time password with its slip; the old password is void. ``OwnAccountError``, ``UnknownAccountError``."""
    password, until = one_time_password(secrets.choice), clock.now() + ONE_TIME_LIVES
    with transaction.atomic():
        hashed = make_password(password)
        login, refusal = answer("city_account_reset", actor.id, account, hashed, until, actor=actor)
        if refusal:
            raise refused(refusal)
        found = StaffAccount.objects.get(pk=account)
    return Slip(found.name, gettext("市"), found.title, login, password, until)
