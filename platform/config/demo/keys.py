"""Secrets of the demo: made on its first run, kept in a file that only its owner can read."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import Final

NAMES: Final = ("KASHIKAN_SECRET_KEY", "KASHIKAN_OWNER_PASSWORD", "KASHIKAN_WEB_PASSWORD")

SENIOR_KEYS: Final = "KASHIKAN_SENIOR_KEYS"
PAYMENT_KEYS: Final = "KASHIKAN_PAYMENT_KEYS"
PAYS_ONLINE: Final = "fukushi"
"""The tenant of the demo that has a contract with the test provider."""


def kept_keys(path: Path) -> dict[str, str]:
    """The secrets in ``path``, one ``NAME=value`` a line; those that are missing are made and written first."""
    path.touch(mode=0o600)
    kept = dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)
    missing = {name: secrets.token_urlsafe(48) for name in NAMES if name not in kept}
    if SENIOR_KEYS not in kept:
        missing[SENIOR_KEYS] = f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    if PAYMENT_KEYS not in kept:
        missing[PAYMENT_KEYS] = ",".join(
            f"{PAYS_ONLINE}/{name}:{secrets.token_urlsafe(48)}" for name in ("api", "demo1")
        )
    if missing:
        kept |= missing
        path.write_text("".join(f"{name}={value}\n" for name, value in kept.items()), encoding="utf-8")
    return kept
