"""What can be wrong with a registration: stable codes, told by ``apps.registrants.texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class RegistrantError(DomainError):
    """Any rule of registration that was not met."""


class UnknownRegistrantError(RegistrantError):
    """No such registrant here."""

    code = "no_such_registrant"
    status = 404
