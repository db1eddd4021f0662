"""What the policy forbids, and what must not be forgotten, over every template of the frame."""

from __future__ import annotations

import re
from pathlib import Path

import django
import polib
import pytest
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

import shared.frame

HERE = Path(shared.frame.__file__).parent
TEMPLATES = sorted(HERE.glob("templates/frame/**/*.html"))
PAGES = [path for path in TEMPLATES if path.parent.name != "mail"]
WORDINGS = sorted(HERE.glob("wording/*/LC_MESSAGES/django.po"))
DJANGO = Path(django.__file__).parent
FORBIDDEN = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]* src=)", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href|action|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(HERE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_compiles(path: Path) -> None:
    get_template(str(path.relative_to(HERE / "templates")))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_style_script_or_handler_stands_inside_a_page(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *sorted(HERE.glob("static/frame/*/*"))], ids=name)
def test_nothing_comes_from_another_origin(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text()) == []


def test_the_rules_above_would_find_an_offender() -> None:
    bad = '<p style="x" onclick="y"><script>z</script><img src="https://cdn.example/a.png">'
    assert (len(FORBIDDEN.findall(bad)), len(ELSEWHERE.findall(bad))) == (3, 1)


@pytest.mark.parametrize("path", WORDINGS, ids=name)
def test_what_we_say_instead_of_django_replaces_a_sentence_that_django_has(path: Path) -> None:
    known = {entry.msgid for entry in polib.pofile(str(DJANGO / "conf/locale/ja/LC_MESSAGES/django.po"))}
    assert [
        entry.msgid for entry in polib.pofile(str(path)) if entry.msgid not in known or not entry.translated()
    ] == []


@pytest.mark.parametrize("template", ["400", "403", "404", "429", "500", "stale"])
def test_an_english_reader_meets_no_japanese_on_an_error_page(template: str) -> None:
    with override("en"):
        shown = render_to_string(f"frame/errors/{template}.html", {"request_number": "abc"})
    assert re.findall(r"[ぁ-んァ-ヶ一-龠]+", shown) == []


def test_a_mail_has_a_text_form_without_markup() -> None:
    shown = render_to_string("frame/mail/_facts.txt", {"facts": [("団体", "A & B <会>")]})
    assert shown.strip() == "団体: A & B <会>"


def test_a_mail_page_escapes_what_people_wrote() -> None:
    shown = render_to_string("frame/mail/_facts.html", {"facts": [("団体", "A & B <会>")]})
    assert "A &amp; B &lt;会&gt;" in shown
