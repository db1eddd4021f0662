"""What stands among the things of strangers, and nowhere else."""

from __future__ import annotations

from typing import Final

SECRET: Final = "秘守町"
"""Stands in the address of everybody among the strangers and in the names of their things."""
