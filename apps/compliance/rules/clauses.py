"""How a text of law or agreement is changed, and what differs between two of its versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from apps.compliance.agreement_errors import ClauseForThePastError, ClauseUnchangedError


@dataclass(frozen=True, slots=True)
class Wording:
    """A title and a body, one paragraph or article a line."""

    title: str
    body: str

    def tidied(self) -> Wording:
        """Line ends as ``\\n``, without space at the ends of lines and of the whole."""
        lines = [line.rstrip() for line in self.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        return Wording(self.title.strip(), "\n".join(lines).strip("\n"))


class Fate(StrEnum):
    """What became of a line from one version to another."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the old or the new text."""

    fate: Fate
    text: str


def check_new_version(*, before: Wording, after: Wording, first: dt.date, today: dt.date) -> None:
    """``ClauseForThePastError``, ``ClauseUnchangedError``."""
    if first < today:
        raise ClauseForThePastError(field="in_force_from")
    if before.tidied() == after.tidied():
        raise ClauseUnchangedError(field="body")


def differences(before: Wording, after: Wording) -> list[Line]:
    """Both texts line by line, the titles first: what is gone stands before what took its place."""
    old = [before.title, *before.body.split("\n")]
    new = [after.title, *after.body.split("\n")]
    found: list[Line] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Line(Fate.KEPT, text) for text in old[i:j]]
        else:
            found += [Line(Fate.GONE, text) for text in old[i:j]]
            found += [Line(Fate.NEW, text) for text in new[k:m]]
    return found
