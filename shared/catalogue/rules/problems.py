"""What can be wrong with a catalogue file: stable codes, told by ``shared.catalogue.texts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect. ``line`` counts from 1 as an editor does, 0 for the file as a whole; ``column`` is the heading."""

    code: str
    line: int = 0
    column: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class UnfitError(ValueError):
    """A cell that its column cannot take. Carries the code and parameters of the problem."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class FileRefusedError(Exception):
    """The file cannot be loaded at all, or not as it is: ``problems`` says why, in order of lines."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
