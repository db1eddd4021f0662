"""What must be done after signing in before anybody may work (入場の手順).

Each application names its steps in ``AppConfig.entry_steps`` as ``"module:function"``. A function takes the account and
gives the name of the address where the step is done, or an empty text when it is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string

from kernel import clock
from shared.staff.models import StaffAccount, UsedPassword
from shared.staff.policies import policy_now

Step = Callable[[StaffAccount], str]


def next_step(account: StaffAccount) -> str:
    """The name of the address of the first step that ``account`` has still to do; empty when all are done."""
    return next(filter(None, (step(account) for step in steps())), "")


@cache
def steps() -> tuple[Step, ...]:
    """The steps of all applications, in the order of the applications."""
    names = [name for config in apps.get_app_configs() for name in getattr(config, "entry_steps", ())]
    return tuple(import_string(name.replace(":", ".")) for name in names)


def password_step(account: StaffAccount) -> str:
    """A one-time password, or one that is older than the policy allows, is changed first."""
    return "own:password" if account.one_time_until is not None or _has_aged(account) else ""


def _has_aged(account: StaffAccount) -> bool:
    days = policy_now().rotation_days
    if not days:
        return False
    last = UsedPassword.objects.filter(account=account).order_by("-id").values_list("at", flat=True).first()
    return (last or account.created_at) + dt.timedelta(days=days) <= clock.now()
