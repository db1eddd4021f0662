"""What can be wrong with a file of the vault."""

from __future__ import annotations

from kernel.errors import DomainError


class FileGoneError(DomainError):
    """Nothing to fetch: never there, somebody else's, fetched before, or destroyed."""

    code = "vault_file_gone"
    status = 410
