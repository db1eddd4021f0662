"""The course of an incident (漏えい等の事故): which steps there are, and which may come next (domain handbook 7.4).

Where an incident stands is never written anywhere: it follows from the acts that were recorded, which nobody changes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """A step, in the order of the handbook."""

    NOTICED = "noticed"
    """発覚"""
    REPORTED = "reported"
    """一次報告"""
    ACCEPTED = "accepted"
    """市受理"""
    SURVEYED = "surveyed"
    """影響調査"""
    PROMPT = "prompt"
    """速報"""
    FINAL = "final"
    """確報"""
    NOTIFIED = "notified"
    """本人通知"""
    PREVENTED = "prevented"
    """再発防止"""
    CLOSED = "closed"
    """完了"""


ORDER: Final = tuple(Step)
OWED_ONLY: Final = frozenset({Step.PROMPT, Step.FINAL, Step.NOTIFIED})
"""Steps that only an incident with a duty to report must go through."""
BEFORE: Final = {
    Step.REPORTED: frozenset({Step.NOTICED}),
    Step.ACCEPTED: frozenset({Step.REPORTED}),
    Step.SURVEYED: frozenset({Step.ACCEPTED}),
    Step.PROMPT: frozenset({Step.ACCEPTED}),
    Step.FINAL: frozenset({Step.SURVEYED, Step.PROMPT}),
    Step.NOTIFIED: frozenset({Step.ACCEPTED}),
    Step.PREVENTED: frozenset({Step.SURVEYED}),
}
"""What must have been done before. 速報 and 本人通知 wait for no survey: both are due 速やかに."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where an incident stands: ``reached`` with all that is owed before it, and what may be recorded ``next``."""

    reached: Step
    next: tuple[Step, ...]
    open: tuple[Step, ...]
    """What is still owed, in order."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.reached is Step.CLOSED


def course(done: Collection[Step], *, is_owed: bool) -> Course:
    """The course of an incident whose ``done`` steps are recorded; ``is_owed``: the city must report it."""
    owed = [step for step in ORDER if is_owed or step not in OWED_ONLY]
    open_steps = tuple(step for step in owed if step not in done)
    if Step.CLOSED in done:
        return Course(Step.CLOSED, (), ())
    reached = Step.NOTICED
    for step in ORDER:
        if step in done:
            reached = step
        elif step in owed:
            break
    return Course(reached, tuple(step for step in ORDER if _may(step, done, open_steps)), open_steps)


def _may(step: Step, done: Collection[Step], open_steps: tuple[Step, ...]) -> bool:
    if step in done or step is Step.NOTICED:
        return False
    if step is Step.CLOSED:
        return open_steps == (Step.CLOSED,)
    return BEFORE[step] <= set(done)
