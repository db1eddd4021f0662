"""How an entry of the audit is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.compliance.log_texts import ACTORS, OBJECTS
from apps.compliance.texts import LookupPurpose
from shared.audit.models import Action
from shared.staff.models import Role

register = template.Library()


@register.filter
def second(at: dt.datetime) -> str:
    """9:05:07."""
    local = localtime(at)
    return f"{local.hour}:{local:%M:%S}"


@register.filter
def act_word(action: str) -> str:
    """閲覧."""
    return str(Action(action).label) if action in Action.values else action


@register.filter
def object_word(kind: str) -> str:
    """利用者; a kind without a word stands as it is."""
    return str(OBJECTS.get(kind, kind)) or "－"


@register.filter
def actor_word(kind: str) -> str:
    """市民."""
    return str(ACTORS.get(kind, kind))


@register.filter
def role_words(roles: Collection[str]) -> str:
    """窓口・会計."""
    return _("・").join(str(Role(one).label) for one in roles if one in Role.values)


@register.filter
def purpose_words(purpose: str) -> str:
    """The purpose with its label, where it was kept as a code."""
    code, colon, note = purpose.partition("：")
    return f"{LookupPurpose(code).label}{colon}{note}" if colon and code in LookupPurpose.values else purpose


@register.filter
def detail_words(detail: Mapping[str, Any]) -> str:
    """Codes and counts: ``found=3 by=kana``."""
    return " ".join(f"{name}={_value(value)}" for name, value in sorted(detail.items()))


def _value(value: Any) -> str:
    return "・".join(map(str, value)) if isinstance(value, list) else str(value)
