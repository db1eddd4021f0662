"""How taking in is shown on pages."""

from __future__ import annotations

from typing import Final

from django import template

from shared.intake.models import JobState
from shared.intake.targets import targets

register = template.Library()

TONES: Final = {
    JobState.RECEIVED: "warning",
    JobState.TO_CHECK: "info",
    JobState.CHECKING: "info",
    JobState.CHECKED: "warning",
    JobState.TO_RUN: "info",
    JobState.RUNNING: "info",
    JobState.DONE: "success",
    JobState.FAILED: "danger",
    JobState.DISCARDED: "quiet",
}
ENCODINGS: Final = {"utf-8-sig": "UTF-8", "cp932": "Shift_JIS（CP932）", "utf-16": "UTF-16"}


@register.inclusion_tag("frame/_badge.html")
def job_badge(state: str) -> dict[str, str]:
    """How far a file has come, in words, with its colour group."""
    known = JobState(state)
    return {"word": str(known.label), "tone": TONES[known]}


@register.simple_tag
def kind_label(kind: str) -> str:
    """What a file holds; the code itself of a kind that is no longer taken in."""
    return str(targets()[kind].label) if kind in targets() else kind


@register.filter
def encoding_name(code: str) -> str:
    """UTF-8, UTF-16 or Shift_JIS（CP932）."""
    return ENCODINGS.get(code, code)
