"""Catalogues of translated texts, without GNU gettext on the machine.

Japanese is the source language: its texts are the msgids, and ``shared/wording/en`` translates them. The catalogue
(.po) is in the repository; what Django reads (.mo) is compiled from it before every run.
"""

from __future__ import annotations

from config.messages.catalogue import compile_catalogues

__all__ = ["compile_catalogues"]
