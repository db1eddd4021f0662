"""From a Typst template and data to a PDF, in memory.

The data reach the template as JSON and are set as text: nothing in them is read as markup or code. Nothing is written
to disk, and a template can read its own directory and the package ``@kashikan/official``, and nothing else.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import typst

from shared.documents.errors import DocumentError
from shared.documents.fonts import LATIN, FontSet, installed

T = TypeVar("T")
Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

GETA = "〓"
"""The printer's mark for a character that the fonts lack (ゲタ)."""

_HERE = Path(__file__).parent
_PACKAGES = _HERE / "packages"
_PROBE = _HERE / "probe.typ"
_mark: ContextVar[Callable[[], str]] = ContextVar("mark", default=str)
_ANY_DAY = date(2000, 1, 1)
_JAPAN = timezone(timedelta(hours=9))
_NOON = time(12)  # the same day in Japan and in UTC, which the file states it in
_PLACE = re.compile(r"┌─ (\S+\.typ:\d+:\d+)")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@contextmanager
def marked(mark: Callable[[], str]) -> Iterator[None]:
    """What is rendered inside the block says who has it printed, and when: pale over the ground of a list for staff, a
    small line at the foot of a form for a citizen, as the template has it."""
    token = _mark.set(mark)
    try:
        yield
    finally:
        _mark.reset(token)


def render_pdf(template: Path, data: Mapping[str, Json], *, dated: date, fonts: FontSet | None = None) -> bytes:
    """The PDF of ``template`` filled with ``data``; the same arguments under the same mark give the same bytes.

    ``dated`` is the date that the document bears, kept as its creation date. A character that no font has is printed
    as 〓; ``unprintable`` says beforehand which these are. Raises DocumentError, which holds nothing of the data.
    """
    fonts = fonts or installed()
    tidy = _map_text(data, _tidy)
    try:
        return _compile(template, tidy, dated, fonts)
    except DocumentError:
        missing = unprintable("".join(_texts(tidy)), fonts=fonts)
        if not missing:
            raise
    marks = str.maketrans(dict.fromkeys(missing, GETA))
    return _compile(template, _map_text(tidy, lambda text: text.translate(marks)), dated, fonts)


def queried(template: Path, data: Mapping[str, Json], label: str) -> list[Any]:
    """The values of the metadata that ``template`` bears under ``label``, in order: what is measured before a document
    is laid. Raises DocumentError."""
    around = _surroundings(template, _map_text(data, _tidy), installed())
    found = _safely(template, lambda: typst.query(template, f"<{label}>", field="value", **around))
    values: list[Any] = json.loads(found)
    return values


def unprintable(text: str, *, fonts: FontSet | None = None) -> str:
    """The characters of ``text`` that no font has or that PDF/A forbids (外字), each once, sorted; mostly none."""
    return _without_glyph("".join(sorted(set(_tidy(text)))), fonts or installed())


def _without_glyph(characters: str, fonts: FontSet) -> str:
    if not characters or _can_print(characters, fonts):
        return ""
    if len(characters) == 1:
        return characters
    middle = len(characters) // 2
    return _without_glyph(characters[:middle], fonts) + _without_glyph(characters[middle:], fonts)


def _can_print(characters: str, fonts: FontSet) -> bool:
    try:
        _compile(_PROBE, {"characters": list(characters)}, _ANY_DAY, fonts)
    except DocumentError:
        return False
    return True


def _compile(template: Path, data: Json, dated: date, fonts: FontSet) -> bytes:
    def compiled() -> bytes:
        pdf: bytes = typst.compile(
            template,
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],  # kept for years, and read aloud
            timestamp=datetime.combine(dated, _NOON, tzinfo=_JAPAN),
            **_surroundings(template, data, fonts),
        )
        return pdf

    return _safely(template, compiled)


def _surroundings(template: Path, data: Json, fonts: FontSet) -> dict[str, Any]:
    return {
        "root": template.parent,
        "font_paths": fonts.loaded,
        "ignore_system_fonts": True,
        "package_path": _PACKAGES,
        "package_cache_path": _PACKAGES,
        "sys_inputs": {
            "data": json.dumps(data, ensure_ascii=False),
            "mark": _tidy(_mark.get()()),
            "faces": json.dumps({"mincho": fonts.mincho, "gothic": fonts.gothic, "ud": fonts.ud, "latin": LATIN}),
        },
    }


def _safely(template: Path, work: Callable[[], T]) -> T:
    """What ``work`` gives; DocumentError where Typst fails."""
    try:
        return work()
    except (typst.TypstError, RuntimeError) as error:  # the latter by a query
        places = tuple(_PLACE.findall(getattr(error, "diagnostic", "")))
    # Raised outside the except clause: the compiler's error quotes the text, and would travel along as the context.
    raise DocumentError(template.name, places)


def _tidy(text: str) -> str:
    """Text without what is not seen but reorders, hides or breaks: controls, direction marks, half characters."""
    return _SURROGATE.sub(GETA, _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))).replace("\t", " ")


def _map_text(data: Json, change: Callable[[str], str]) -> Json:
    match data:
        case str():
            return change(data)
        case Mapping():
            return {key: _map_text(value, change) for key, value in data.items()}
        case Sequence():
            return [_map_text(value, change) for value in data]
        case _:
            return data


def _texts(data: Json) -> Iterator[str]:
    match data:
        case str():
            yield data
        case Mapping():
            for value in data.values():
                yield from _texts(value)
        case Sequence():
            for value in data:
                yield from _texts(value)
