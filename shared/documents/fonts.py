"""Which fonts an official document is set in, and where they are (docs/decisions/0003-japanese-font.md)."""

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_jp
from typst import Fonts

FONT_DIR_VARIABLE = "KASHIKAN_FONT_DIR"
MINCHO = "Noto Serif JP"
GOTHIC = "Noto Sans JP"
LATIN = "Libertinus Serif"
"""Comes inside the compiler, and has the letters of European names that the Japanese fonts lack (Ł, ř, ű)."""

UD_DIRECTORIES = (
    Path(sys.prefix) / "share" / "fonts" / "bizud-gothic",
    Path("/usr/share/fonts/truetype/bizud-gothic"),
)
"""Where BIZ UDゴシック may lie: beside the wheels (``.ci/font``), or as the system's package installs it."""

_LOOKS_UD = re.compile(r"\bUD|ＵＤ|ユニバーサル")
_LOOKS_GOTHIC = re.compile(r"gothic|sans|ゴシック", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FontSet:
    """Fonts that are loaded, and the order in which each face looks for a character.

    ``mincho`` (明朝), ``gothic`` (ゴシック) and ``ud`` (ユニバーサルデザイン書体, for cards) are family names, first
    choice first. Behind the UD fonts stands the gothic, for the characters that they lack.
    """

    loaded: Fonts
    mincho: tuple[str, ...]
    gothic: tuple[str, ...]
    ud: tuple[str, ...]


def bundled_directory() -> Path:
    """Where the fonts lie that come as a dependency."""
    return pylopdf_fonts_jp.serif_path().parent


def ud_directory() -> str:
    """Where the font of universal design lies; empty if there is none, and cards are set in the gothic."""
    return next((str(one) for one in UD_DIRECTORIES if one.is_dir()), "")


def installed() -> FontSet:
    """The fonts of this installation: those of ``KASHIKAN_FONT_DIR`` before the ones that come with the product.

    Raises FileNotFoundError when the variable names no directory, so that a slip shows at start and not in a name.
    """
    return load(os.environ.get(FONT_DIR_VARIABLE, ""))


@cache
def load(directory: str = "") -> FontSet:
    """The fonts of ``directory``, then the bundled ones; those of ``ud_directory`` for the UD face alone.

    An empty name means none. Read once for each directory.
    """
    if directory and not Path(directory).is_dir():
        raise FileNotFoundError(f"{FONT_DIR_VARIABLE} is not a directory: {directory}")
    own = families(directory) if directory else ()
    own_gothic = tuple(name for name in own if _LOOKS_GOTHIC.search(name))
    own_mincho = tuple(name for name in own if name not in own_gothic)
    beside = ud_directory()
    ud = (*(name for name in own if _LOOKS_UD.search(name)), *(families(beside) if beside else ()))
    gothic = (*own_gothic, GOTHIC, *own_mincho)
    return FontSet(
        loaded=_fonts(filter(None, [directory, str(bundled_directory()), beside]), latin=True),
        mincho=(*own_mincho, MINCHO, *own_gothic),
        gothic=gothic,
        ud=tuple(dict.fromkeys((*ud, *gothic))),
    )


def families(directory: str | Path) -> tuple[str, ...]:
    """The names of the font families in ``directory``, sorted."""
    return tuple(sorted(_fonts([str(directory)], latin=False).families()))


def _fonts(directories: Iterable[str], *, latin: bool) -> Fonts:
    return Fonts(include_system_fonts=False, include_embedded_fonts=latin, font_paths=list(directories))
