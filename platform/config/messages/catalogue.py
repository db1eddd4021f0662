"""The catalogues, English and やさしい日本語: brought up to date with the source, checked, and compiled.

English has every text. やさしい日本語 must have those of the citizens' path (``EASY_SOURCES``) and may have others;
what it lacks is shown in plain Japanese.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import polib

from config.messages.source import FOLDERS, Text, marked_texts

ROOT: Final = Path(__file__).resolve().parents[3]
CATALOGUE: Final = Path("shared/wording/en/LC_MESSAGES/django.po")
EASY: Final = Path("shared/wording/ja_Easy/LC_MESSAGES/django.po")
EASY_SOURCES: Final = (
    "apps/bookings/templates/bookings/citizen/*",
    "apps/bookings/templates/bookings/mail/*",
    "apps/bookings/templatetags/booking_mail.py",
    "apps/bookings/web/citizen/*.py",
    "apps/registrants/portal_texts.py",
    "apps/registrants/templates/frame/signin_portal.html",
    "apps/registrants/templates/registrants/_sections.html",
    "apps/registrants/templates/registrants/citizen/*",
    "apps/registrants/web/citizen/*.py",
    "apps/registrants/web/fields.py",
    "apps/registrants/web/forms.py",
    "shared/accounts/templates/accounts/mail/*",
    "shared/accounts/texts.py",
    "shared/frame/marks.py",
    "shared/frame/templates/frame/_errors.html",
    "shared/frame/templates/frame/_footer.html",
    "shared/frame/templates/frame/_header.html",
    "shared/frame/templates/frame/_legend.html",
    "shared/frame/templates/frame/_month.html",
    "shared/frame/templates/frame/_pagination.html",
    "shared/frame/templates/frame/_requirement.html",
    "shared/frame/templates/frame/_timer.html",
    "shared/frame/templates/frame/base.html",
    "shared/frame/templates/frame/errors/*",
    "shared/frame/templates/frame/mail/*",
    "shared/frame/templates/frame/signin.html",
    "shared/web/signin.py",
)
"""Account and registration, search, hold, application, own bookings, cancelling, and the mails about them."""
WORDING: Final = "shared/frame/wording/*/LC_MESSAGES/django.po"
"""Django's own sentences, said our way in both languages; no text of the source is in them."""
HEADER: Final = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
EASY_HEADER: Final = HEADER | {"Language": "ja-easy", "Plural-Forms": "nplurals=1; plural=0;"}
PLACE: Final = re.compile(r"%\((\w+)\)[a-z]|(?<!\{)\{(\w*)\}(?!\})")
"""Where a value is put into a text: ``%(name)s`` or ``{name}``."""


def compile_catalogues(root: Path = ROOT) -> None:
    """Write beside each catalogue the .mo file that Django reads, unless it is newer."""
    for source in (root / CATALOGUE, root / EASY, *root.glob(WORDING)):
        target = source.with_suffix(".mo")
        if source.exists() and not (target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns):
            whole = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(whole))
            whole.replace(target)


def collect(root: Path = ROOT) -> tuple[int, int]:
    """Add the texts that are new and drop those that are gone; how many of each.

    Entries are grouped by file, so that two people's changes seldom meet. Translations in an application's own
    catalogue are taken over, and that catalogue is removed: there is one place to look.
    """
    old = _entries(root / CATALOGUE)
    for other in strays(root):
        old = _entries(other) | {text: entry for text, entry in old.items() if entry.translated()}
        shutil.rmtree(other.parents[2])
    marked = marked_texts(root)
    _write(root / CATALOGUE, HEADER, marked, old, forms=2)
    easy = {text: entry for text, entry in _entries(root / EASY).items() if text in marked}
    wanted = {text: files for text, files in marked.items() if text in easy or is_for_citizens(files)}
    _write(root / EASY, EASY_HEADER, wanted, easy, forms=1)
    return len(marked.keys() - old.keys()), len(old.keys() - marked.keys())


def is_for_citizens(files: Iterable[str]) -> bool:
    """Whether a text that stands in ``files`` must be there in やさしい日本語."""
    return any(fnmatch(file, pattern) for file in files for pattern in EASY_SOURCES)


def faults(root: Path = ROOT) -> list[str]:
    """What is wrong with the catalogue, a line each: texts that are missing, stale, untranslated or ill translated."""
    entries, marked = _entries(root / CATALOGUE), marked_texts(root)
    missing = [
        f"{files[0]}: not in the catalogue: {text.text}" for text, files in marked.items() if text not in entries
    ]
    stale = [f"{CATALOGUE}: no longer used: {text.text}" for text in entries.keys() - marked.keys()]
    ill = [fault for text in entries.keys() & marked.keys() for fault in _faults_of(text, entries[text])]
    easy = _faults_of_easy(_entries(root / EASY), marked) if (root / EASY).exists() else []
    apart = [f"{path.relative_to(root)}: belongs into {CATALOGUE}" for path in strays(root)]
    return sorted([*missing, *stale, *ill, *easy, *apart])


def strays(root: Path) -> list[Path]:
    """Catalogues beside the one: Django would read them, and nobody would know which translation wins."""
    return sorted(path for folder in FOLDERS for path in (root / folder).glob("**/locale/en/LC_MESSAGES/django.po"))


def _entries(path: Path) -> dict[Text, polib.POEntry]:
    if not path.exists():
        return {}
    entries = (entry for entry in polib.pofile(str(path)) if not entry.obsolete)
    return {Text(text=entry.msgid, context=entry.msgctxt, plural=entry.msgid_plural): entry for entry in entries}


def _faults_of_easy(entries: Mapping[Text, polib.POEntry], marked: Mapping[Text, list[str]]) -> list[str]:
    """Texts of the citizens' path that やさしい日本語 lacks, texts that are gone, and values that were lost."""
    lacks = [
        f"{files[0]}: not in やさしい日本語: {text.text}"
        for text, files in marked.items()
        if is_for_citizens(files) and not (text in entries and entries[text].translated())
    ]
    stale = [f"{EASY}: no longer used: {text.text}" for text in entries.keys() - marked.keys()]
    lost = [
        f"{EASY}: does not have the same values as the text: {text.text}"
        for text, entry in entries.items()
        if entry.translated() and _places(entry.msgstr_plural.get(0, "") or entry.msgstr) != _places(text.text)
    ]
    return [*lacks, *stale, *lost]


def _write(
    path: Path, header: Mapping[str, str], texts: Mapping[Text, list[str]], old: Mapping[Text, Any], *, forms: int
) -> None:
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = dict(header)
    for text, files in sorted(texts.items(), key=lambda item: (item[1], item[0].text, item[0].context or "")):
        fresh.append(_entry(text, files, old.get(text), forms=forms))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))


def _entry(text: Text, files: list[str], old: polib.POEntry | None, *, forms: int) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=text.text,
        msgctxt=text.context,
        occurrences=[(file, "") for file in files],
        comment=old.comment if old else "",
        tcomment=old.tcomment if old else "",
    )
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old else dict.fromkeys(range(forms), "")
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def _faults_of(text: Text, entry: polib.POEntry) -> Iterator[str]:
    translations = [entry.msgstr_plural.get(form, "") for form in (0, 1)] if text.plural else [entry.msgstr]
    if not all(translations):
        yield f"{CATALOGUE}: not translated: {text.text}"
    elif text.plural and any(_places(word) - _places(text.plural) for word in translations):
        yield f"{CATALOGUE}: names a value that the text does not have: {text.text}"
    elif not text.plural and _places(entry.msgstr) != _places(text.text):
        yield f"{CATALOGUE}: does not have the same values as the text: {text.text}"


def _places(text: str) -> set[str]:
    return {match.group() for match in PLACE.finditer(text)}
