"""What can be wrong with a rule about from where a desk is reached. The sentences are in ``access_texts``."""

from __future__ import annotations

from kernel.errors import DomainError


class NotANetworkError(DomainError):
    """The text is no address and no network."""

    code = "access_not_a_network"


class HostBitsError(DomainError):
    """The address is not the first of its network; ``network`` is what may be meant."""

    code = "access_host_bits"


class MappedNetworkError(DomainError):
    """An IPv4 network in IPv6 clothes."""

    code = "access_mapped_network"


class WideNetworkError(DomainError):
    """The network holds very many addresses, and nobody has confirmed it."""

    code = "access_wide_network"


class LocksOutError(DomainError):
    """The change would lock out addresses that were at work in the last days, and nobody has confirmed it."""

    code = "access_locks_out"
    status = 409


class NobodyLeftError(DomainError):
    """Nobody could meet what is asked, since nothing of the kind is registered, and nobody has confirmed it."""

    code = "access_nobody_left"
    status = 409


class ListedAlreadyError(DomainError):
    """The range or certificate is listed already."""

    code = "access_listed_already"
    status = 409


class NotListedError(DomainError):
    """There is no such thing in force, or it has ended already."""

    code = "access_not_listed"
    status = 409


class NotAFingerprintError(DomainError):
    """The text is no SHA-256 fingerprint."""

    code = "access_not_a_fingerprint"


class DaysBackwardsError(DomainError):
    """The last day lies before the first, or before today."""

    code = "access_days_backwards"


class GrantTooLongError(DomainError):
    """An emergency grant is to last longer than is allowed."""

    code = "access_grant_too_long"


class ReasonTooShortError(DomainError):
    """The reason says too little to be checked later."""

    code = "access_reason_too_short"


class WrongTerminalCodeError(DomainError):
    """The one-time code is unknown, used or over."""

    code = "access_wrong_code"


class UnknownTenantError(DomainError):
    """There is no such tenant."""

    code = "access_no_such_tenant"
    status = 404
