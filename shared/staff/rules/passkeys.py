"""What a passkey's count of uses says (署名カウンタ). WebAuthn, section 6.1.1."""

from __future__ import annotations

from typing import Final

MOST: Final = 10
"""Passkeys of one account: some devices, and one in the safe."""


def shows_copy(*, kept: int, told: int) -> bool:
    """Whether ``told`` by the device has not gone up from what was ``kept``; a device that says 0 does not count."""
    return (kept > 0 or told > 0) and told <= kept
