"""A policy in words, line by line, as the pages of settings show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.registrants.models import Renewal
from apps.registrants.rules.policy import Policy
from apps.registrants.web.staff.settings_forms import POLICY_LABELS, SIMILAR_LABELS


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a policy with its label and value in words."""

    name: str
    label: str | Promise
    value: str


def lines_of(policy: Policy) -> list[Line]:
    """All fields of ``policy``."""
    return [
        Line(field.name, POLICY_LABELS[field.name], _WORDS[field.name](getattr(policy, field.name)))
        for field in fields(Policy)
    ]


def _counted(unit: Callable[[], str], none: Callable[[], str]) -> Callable[[Any], str]:
    return lambda value: unit() % {"number": value} if value else none()


def _flag(on: Callable[[], str], off: Callable[[], str]) -> Callable[[Any], str]:
    return lambda value: on() if value else off()


_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "needs_review": _flag(lambda: _("する"), lambda: _("しない")),
    "renewal": lambda value: str(Renewal(value).label),
    "validity_years": _counted(lambda: _("%(number)s年"), lambda: ""),
    "reminder_days": lambda value: (
        _("%(days)s日前") % {"days": "、".join(map(str, value))} if value else _("お知らせしない")
    ),
    "grace_days": lambda value: _("自動で抹消しない") if value is None else _("%(number)s日") % {"number": value},
    "provisional_days": _counted(lambda: _("%(number)s日"), lambda: ""),
    "least_members": _counted(lambda: _("%(number)s人"), lambda: ""),
    "least_city_percent": _counted(lambda: _("%(number)s％以上"), lambda: _("問わない")),
    "exceeds_city_percent": _flag(lambda: _("求める"), lambda: _("求めない（ちょうどでよい）")),
    "least_member_age": _counted(lambda: _("%(number)s歳以上"), lambda: _("問わない")),
    "excludes_pupils": _flag(lambda: _("除く"), lambda: _("除かない")),
    "least_representative_age": _counted(lambda: _("%(number)s歳以上"), lambda: _("問わない")),
    "consent_of_members": _flag(lambda: _("求める"), lambda: _("求めない")),
    "most_groups_a_person": _counted(lambda: _("%(number)s団体まで"), lambda: _("制限しない")),
    "barring_shared_members": _counted(lambda: _("%(number)s人以上"), lambda: _("制限しない")),
    "most_shared_members": _counted(lambda: _("%(number)s人以上"), lambda: _("知らせない")),
    "similar_by": lambda value: "、".join(str(SIMILAR_LABELS[code]) for code in value) or _("知らせない"),
    "senior_age": _counted(lambda: _("%(number)s歳以上"), lambda: ""),
    "senior_ahead_days": _counted(lambda: _("誕生日の%(number)s日前から"), lambda: _("誕生日から")),
    "senior_validity_years": _counted(lambda: _("%(number)s年"), lambda: _("期限なし")),
    "senior_review_years": _counted(lambda: _("%(number)s年ごと"), lambda: _("行わない")),
}
