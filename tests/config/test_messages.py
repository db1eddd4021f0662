"""Catalogues: what is collected from code and templates, what the check finds, what Django then reads."""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

import polib
import pytest

from config.messages.catalogue import CATALOGUE, collect, compile_catalogues, faults
from config.messages.source import MarkError, Text, marked_texts

CODE = """
title = _("施設" "予約")
count = ngettext("{n}件", "{n}件の予約", n)
sunday = translation.pgettext_lazy("曜日", "日")
other = call(title, "印を付けない文")
"""
TEMPLATE = """<h1 title="it's">{% translate "空き状況" %}</h1> {{ y|default:_('未定)') }}
{% blocktranslate trimmed count n=rooms|length %}
  {{ n }}室が "100%" 空いています
{% plural %}{{ n }}室が空いています{% endblocktranslate %}
{% translate "月" context "曜日" %}{# _("書き置き") #}
"""

OWN = "apps/bookings/locale/en/LC_MESSAGES/django.po"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "apps/bookings/templates").mkdir(parents=True)
    (tmp_path / "apps/bookings/migrations").mkdir()
    (tmp_path / "apps/bookings/code.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "apps/bookings/migrations/first.py").write_text('_("移行")', encoding="utf-8")
    (tmp_path / "apps/bookings/templates/page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / "apps/bookings" / name).write_text(text, encoding="utf-8")


def translate(root: Path, **words: str) -> None:
    """Translate every entry, as ``words`` say or by a word with the same values."""
    catalogue = polib.pofile(str(root / CATALOGUE))
    for entry in catalogue:
        word = words.get(entry.msgid, f"English {entry.msgid}")
        if entry.msgid_plural:
            entry.msgstr_plural = {0: word, 1: word}
        else:
            entry.msgstr = word
    catalogue.save()


def test_marked_texts_of_code_and_templates_are_found(root: Path) -> None:
    assert set(marked_texts(root)) == {
        Text("施設予約"),
        Text("{n}件", plural="{n}件の予約"),
        Text("日", context="曜日"),
        Text("空き状況"),
        Text("未定)"),
        Text('%(n)s室が "100%%" 空いています', plural="%(n)s室が空いています"),
        Text("月", context="曜日"),
    }


def test_a_text_knows_every_file_it_stands_in(root: Path) -> None:
    write(root, "more.py", '_("空き状況")')
    assert marked_texts(root)[Text("空き状況")] == ["apps/bookings/more.py", "apps/bookings/templates/page.html"]


def test_a_text_that_is_put_together_is_refused_with_its_place(root: Path) -> None:
    write(root, "more.py", "\n_(title)")
    with pytest.raises(MarkError) as caught:
        marked_texts(root)
    assert str(caught.value).startswith("apps/bookings/more.py:2: ")


def test_a_full_catalogue_has_no_faults(root: Path) -> None:
    collect(root)
    translate(root)
    assert faults(root) == []


def test_a_text_without_a_catalogue_entry_is_a_fault(root: Path) -> None:
    collect(root)
    translate(root)
    write(root, "more.py", '_("新しい文")')
    assert faults(root) == ["apps/bookings/more.py: not in the catalogue: 新しい文"]


def test_an_entry_that_no_text_uses_is_a_fault(root: Path) -> None:
    collect(root)
    translate(root)
    write(root, "templates/page.html", '{% translate "空き状況" %}')
    assert [fault for fault in faults(root) if "no longer used: 月" in fault]


def test_an_entry_without_translation_is_a_fault(root: Path) -> None:
    collect(root)
    translate(root, 月="")
    assert faults(root) == [f"{CATALOGUE}: not translated: 月"]


def test_a_translation_that_loses_a_value_is_a_fault(root: Path) -> None:
    write(root, "more.py", '_("{opens_on}から")')
    collect(root)
    translate(root, **{"{opens_on}から": "from {opens}"})
    assert faults(root) == [f"{CATALOGUE}: does not have the same values as the text: {{opens_on}}から"]


def test_a_plural_that_names_an_unknown_value_is_a_fault(root: Path) -> None:
    collect(root)
    translate(root, **{"{n}件": "{m} bookings"})
    assert faults(root) == [f"{CATALOGUE}: names a value that the text does not have: {{n}}件"]


def test_collecting_again_keeps_translations_and_counts_changes(root: Path) -> None:
    assert collect(root) == (7, 0)
    translate(root)
    write(root, "code.py", '_("新しい文")')
    assert collect(root) == (1, 3)
    assert faults(root) == [f"{CATALOGUE}: not translated: 新しい文"]


def test_collecting_twice_writes_the_same_file(root: Path) -> None:
    collect(root)
    translate(root)
    collect(root)
    first = (root / CATALOGUE).read_bytes()
    collect(root)
    assert (root / CATALOGUE).read_bytes() == first


def test_the_compiled_catalogue_is_what_gettext_reads(root: Path) -> None:
    collect(root)
    translate(root, 空き状況="Vacancies", 日="Sunday")
    compile_catalogues(root)
    catalogue = gettext.translation("django", (root / CATALOGUE).parents[2], ["en"])
    assert catalogue.gettext("空き状況") == "Vacancies"
    assert catalogue.pgettext("曜日", "日") == "Sunday"
    assert catalogue.ngettext("{n}件", "{n}件の予約", 2) == "English {n}件"


def test_a_changed_catalogue_is_compiled_again(root: Path) -> None:
    collect(root)
    translate(root, 空き状況="Vacancies")
    compile_catalogues(root)
    translate(root, 空き状況="Availability")
    compile_catalogues(root)
    compiled = BytesIO((root / CATALOGUE).with_suffix(".mo").read_bytes())
    assert gettext.GNUTranslations(compiled).gettext("空き状況") == "Availability"


def test_an_applications_own_catalogue_is_taken_over_and_removed(root: Path) -> None:
    collect(root)
    translate(root)
    own = root / OWN
    own.parent.mkdir(parents=True)
    (root / CATALOGUE).rename(own)
    assert f"{OWN}: belongs into {CATALOGUE}" in faults(root)
    assert collect(root) == (0, 0)
    assert not (root / "apps/bookings/locale").exists()
    assert faults(root) == []
