"""What can be wrong with a look at personal data: stable codes, told by ``apps.compliance.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class PurposeError(DomainError):
    """The purpose of a look at personal data is not stated as it must be."""


class PurposeTooShortError(PurposeError):
    """The reason says too little to be checked later."""

    code = "purpose_too_short"


class PurposeNamesSomebodyError(PurposeError):
    """The reason holds a number by which a person could be found: the audit must not."""

    code = "purpose_names_somebody"
