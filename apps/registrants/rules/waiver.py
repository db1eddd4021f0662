"""Registering a group although a requirement is not met: the manager's word, with a reason (特に認める場合)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.registrants.group_errors import RequirementsUnmetError, WaiverNotAllowedError
from apps.registrants.rules.requirements import Finding
from apps.registrants.rules.standing import check_reason


@dataclass(frozen=True, slots=True)
class Waiver:
    """That somebody registers a group all the same, and why; ``is_allowed`` tells whether they have the right to."""

    reason: str
    is_allowed: bool


def check_requirements(findings: Sequence[Finding], waiver: Waiver | None) -> str:
    """The reason to keep, empty where everything is met.

    ``RequirementsUnmetError``, ``WaiverNotAllowedError``, ``ReasonMissingError``, ``ReasonTooLongError``.
    """
    if not findings:
        return ""
    if waiver is None:
        raise RequirementsUnmetError(count=len(findings))
    if not waiver.is_allowed:
        raise WaiverNotAllowedError
    return check_reason(waiver.reason)
