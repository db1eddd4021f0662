"""What can be taken in: the fields of a kind of record, and what a row is read as."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from shared.intake.rules.cells import UnfitError, choice, plain

R = TypeVar("R")
V = TypeVar("V")
LONGEST_KEY: Final = 120
"""Characters of a source key, as it is kept."""
LONGEST_TEXT: Final = 60
"""Characters of a text of the file that stands for a choice."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column may be read into (取込み項目)."""

    code: str
    label: object
    """A lazy text."""
    headings: tuple[str, ...] = ()
    """How other systems head it, for a first guess."""
    is_required: bool = False
    choices: tuple[tuple[str, object], ...] = ()
    """Code and label of each value, where the values are fixed."""
    meanings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Usual texts of other systems -> code of the choice."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, or to be noted of it; never with what stands in it."""

    code: str
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        return {"code": self.code, "field": self.field, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """A row that was read: the record, unless there are problems. ``key`` is the source's own, without the source."""

    key: str
    record: R | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Field -> normalised text of the row that stands for a choice."""


@dataclass(slots=True)
class Sorted(Generic[R]):
    """Records of a batch by what is to be done with them; each with its line."""

    new: list[tuple[int, R]] = dataclasses.field(default_factory=list)
    changed: list[tuple[int, R]] = dataclasses.field(default_factory=list)
    unchanged: int = 0
    kept: int = 0
    """Known here and worked on since: left as they are."""
    refused: list[tuple[int, Problem]] = dataclasses.field(default_factory=list)
    warnings: list[tuple[int, Problem]] = dataclasses.field(default_factory=list)


class Writer(Protocol[R]):
    """Reads and writes the rows of one file. Runs in the tenant's scope, inside one transaction."""

    def read(self, values: Mapping[str, str]) -> Reading[R]: ...

    def sort(self, batch: Sequence[tuple[int, R]]) -> Sorted[R]: ...

    def write(self, found: Sorted[R]) -> Mapping[int, str]: ...

    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a field that are only known in the tenant's own tables, e.g. its rooms."""

    choices: tuple[tuple[str, object], ...]
    meanings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is left to a person after a run, and the name of the page where it is done."""

    text: object
    link: object
    url_name: str


class Target(Protocol):
    """A kind of file (取込みの種類)."""

    kind: str
    label: object
    fields: tuple[Field, ...]
    """Their labels and headings; the choices that the tenant has come with ``choices``."""
    follow_up: FollowUp | None

    def choices(self) -> Mapping[str, Choices]: ...

    def left_out(self) -> frozenset[str]:
        """Codes of fields that this tenant does not take in."""
        ...

    def writer(self, context: Context) -> Writer[Any]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a writer must know of the job. ``meanings``: field -> normalised text of the file -> code of the choice."""

    source: str
    actor_kind: str
    actor_id: Any
    meanings: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    given: frozenset[str] = frozenset()
    """The fields that a column or a constant is read into: of the others the file says nothing."""
    job: Any = None
    """The id of the file's job, for the audit."""

    def key(self, own: str) -> str:
        """The key that is kept: of the source, so that two systems' numbers never meet.

        One that is too long is cut, and told from others by a digest.
        """
        whole = f"{self.source}:{own}"
        if len(whole) <= LONGEST_KEY:
            return whole
        digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{whole[: LONGEST_KEY - 1 - len(digest)]}#{digest}"


class Cells:
    """The cells of one row by field, read one by one; what is wrong is gathered, so that all of it is told at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.texts: dict[str, str] = {}

    def get(self, code: str) -> str:
        """The cell as it is; empty if no column is read into the field."""
        return self.values.get(code, "")

    def take(self, code: str, read: Callable[..., V], *args: Any, otherwise: V) -> V:
        """The value of ``code`` by ``read``; ``otherwise``, and a problem, if it cannot be read."""
        try:
            return read(self.values.get(code, ""), *args)
        except UnfitError as unfit:
            self.problems.append(Problem(unfit.code, code, unfit.params))
            return otherwise

    def lenient(self, code: str, read: Callable[..., V], *args: Any, otherwise: V) -> V:
        """Likewise, but what cannot be read is only noted."""
        try:
            return read(self.values.get(code, ""), *args)
        except UnfitError as unfit:
            self.warnings.append(Problem(unfit.code, code, unfit.params))
            return otherwise

    def leave(self, *codes: str) -> None:
        """Remark of each field in which something stands that such a record does not have."""
        self.warnings += [Problem("row_left_out", code) for code in codes if self.get(code).strip()]

    def choose(self, code: str, meanings: Mapping[str, str], default: str = "", *, otherwise: str = "") -> str:
        """The choice that the cell of ``code`` stands for; ``default`` for an empty one."""
        self.note(code, self.get(code))
        return self.take(code, choice, meanings, default, otherwise=otherwise)

    def note(self, code: str, text: str) -> None:
        """Remember what stands for a choice: a person is shown how it was understood."""
        if written := plain(text)[:LONGEST_TEXT]:
            self.texts[code] = written

    def need(self, value: V, code: str) -> V:
        """``value``; a problem if there is none and none was told of it yet."""
        if not value and not any(problem.field == code for problem in self.problems):
            self.problems.append(Problem("row_missing", code))
        return value

    def reading(self, key: str, make: Callable[[], R]) -> Reading[R]:
        """The reading of the row: ``make`` is asked only if nothing is wrong."""
        record = None if self.problems else make()
        return Reading(key, record, tuple(self.problems), tuple(self.warnings), self.texts)


def meanings_of(chosen: Field) -> dict[str, str]:
    """Normalised text -> code: what the choice's code, its label and other systems' texts mean."""
    found = {plain(code): code for code, _ in chosen.choices}
    found |= {plain(str(label)): code for code, label in chosen.choices}
    return found | {plain(text): code for text, code in chosen.meanings.items()}
