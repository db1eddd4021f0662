"""How rosters and IDs are shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import gettext as _

from apps.compliance.roster_texts import STANDING_WORDS
from apps.compliance.rules.roster import Standing
from kernel import clock
from shared.staff.models import Role, Suspension

register = template.Library()


@register.inclusion_tag("frame/_badge.html")
def roster_badge(standing: Standing) -> dict[str, str]:
    """Where a submission stands."""
    word, tone = STANDING_WORDS[standing]
    return {"word": str(word), "tone": tone}


@register.filter
def role_words(roles: list[str]) -> str:
    """窓口・会計."""
    return "・".join(str(Role(role).label) for role in roles if role in Role.values)


@register.inclusion_tag("frame/_badge.html")
def account_badge(account: Any) -> dict[str, str]:
    """Whether an ID may be used today: of a ``StaffAccount`` or a ``CityAccount``."""
    today: dt.date = clock.today()
    if not account.is_active:
        why = Suspension(account.suspended_why).label if account.suspended_why else ""
        return {"word": _("停止（{why}）").format(why=why) if why else _("停止"), "tone": "danger"}
    if account.starts_on and account.starts_on > today:
        return {"word": _("開始前"), "tone": "quiet"}
    if account.ends_on and account.ends_on < today:
        return {"word": _("終了"), "tone": "quiet"}
    if account.one_time_until is not None:
        return {"word": _("初回ログイン前"), "tone": "warning"}
    return {"word": _("有効"), "tone": "success"}
