"""The root of all errors that a person can cause."""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """A rule was not met. Carries a stable ``code`` and parameters; the sentence is made elsewhere.

    ``field`` names the input that it is about, or is empty when it is about the whole. The parameters are
    figures and labels of rules, never personal data.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 422

    def __init__(self, *, field: str = "", **params: object) -> None:
        super().__init__(self.code)
        self.field = field
        self.params = params


class CodedError(ValueError):
    """A refused value, told by a stable `code` that the pages turn into a sentence.

    The refused text itself may be personal data, so it is never part of the error.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
