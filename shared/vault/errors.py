"""What can be wrong with a file of the vault, and with a print job."""

from __future__ import annotations

from kernel.errors import DomainError


class FileGoneError(DomainError):
    """Nothing to fetch: never there, somebody else's, fetched before, or destroyed."""

    code = "vault_file_gone"
    status = 410


class UnknownPrintJobError(DomainError):
    """No such print job of this account."""

    code = "unknown_print_job"
    status = 404


class PrintJobOverError(DomainError):
    """The print job is done, failed, or called off."""

    code = "print_job_over"
    status = 409


class PrintJobStaleError(DomainError):
    """Something in the file may not be printed any more since it was made."""

    code = "print_job_stale"
    status = 409
