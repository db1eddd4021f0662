"""Furigana on pages in やさしい日本語, and how that tells days and hours."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shared.frame.ruby import plain, with_ruby
from shared.frame.templatetags.frame import clock, wareki

RUBY = "<ruby>施設<rp>（</rp><rt>しせつ</rt><rp>）</rp></ruby>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>施設《しせつ》を見る</p>", f"<p><span>{RUBY}を見る</span></p>"),
        ('<a aria-label="施設《しせつ》">施設《しせつ》</a>', f'<a aria-label="施設"><span>{RUBY}</span></a>'),
        ("<title>施設《しせつ》</title>", "<title>施設</title>"),
        ("<option value=x>施設《しせつ》</option>", "<option value=x>施設</option>"),
        ("<textarea>施設《しせつ》</textarea>", "<textarea>施設</textarea>"),
        ("<p>《見出し》 しせつ《しせつ》 施設《facility》</p>", "<p>《見出し》 しせつ《しせつ》 施設《facility》</p>"),
        ("<p>施設《<b>しせつ》</p>", "<p>施設《<b>しせつ》</p>"),
    ],
)
def test_a_reading_becomes_ruby_where_markup_may_stand(written: str, shown: str) -> None:
    assert with_ruby(written) == shown


@given(st.text(alphabet="施設しせつ《》<>&\"' a=/"))
def test_no_text_becomes_a_tag_that_was_not_there(text: str) -> None:
    made = with_ruby(text)
    for tag in ("<span>", "</span>", "<ruby>", "</ruby>", "<rp>", "</rp>", "<rt>", "</rt>"):
        made = made.replace(tag, "")
    assert made.count("<") == plain(text).count("<")


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        (dt.time(9), "午前9時"),
        (dt.time(13, 30), "午後1時30分"),
        (dt.time(12), "昼《ひる》の12時"),
        (dt.time(0), "夜《よる》の12時"),
        (dt.time(21), "午後9時"),
    ],
)
def test_easy_hours_are_twelve(hour: dt.time, told: str) -> None:
    with override("ja-easy"):
        assert clock(hour) == told


def test_easy_days_are_of_the_western_calendar() -> None:
    with override("ja-easy"):
        assert wareki(dt.date(2026, 4, 3)) == "2026年4月3日(金)"
