"""Registering a group although a requirement is not met: the manager's word, with a reason (特に認める場合)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from apps.registrants.errors import RequirementsUnmetError, WaiverNotAllowedError
from apps.registrants.rules.requirements import Finding
from apps.registrants.rules.standing import check_reason

MAY_WAIVE: Final = "facility_manager"
"""The role (``shared.staff.models.Role``) that may."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """That somebody with ``roles`` registers a group all the same, and why."""

    reason: str
    roles: Collection[str]


def may_waive(roles: Collection[str]) -> bool:
    """Whether one with ``roles`` may register a group that does not meet its requirements."""
    return MAY_WAIVE in roles


def check_requirements(findings: Sequence[Finding], waiver: Waiver | None) -> str:
    """The reason to keep, empty where everything is met.

    ``RequirementsUnmetError``, ``WaiverNotAllowedError``, ``ReasonMissingError``, ``ReasonTooLongError``.
    """
    if not findings:
        return ""
    if waiver is None:
        raise RequirementsUnmetError(count=len(findings))
    if not may_waive(waiver.roles):
        raise WaiverNotAllowedError
    return check_reason(waiver.reason)
