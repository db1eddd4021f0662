"""Birth dates in boxes of either calendar, or typed in one go."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from shared.web.birth_date import BirthDateField, BirthDateWidget
from tests.support.fixtures import Freeze

BORN = dt.date(1948, 4, 1)


class BornForm(forms.Form):
    """One birth date."""

    born = BirthDateField(label="生年月日")


def posted(*boxes: str) -> BornForm:
    return BornForm({f"born_{name}": text for name, text in zip(("era", "year", "month", "day"), boxes, strict=False)})


@pytest.fixture(autouse=True)
def _today(freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")


@pytest.mark.parametrize(
    "boxes",
    [
        ("昭和", "23", "4", "1"),
        ("昭和", "２３年", "４月", "０１日"),
        ("western", "1948", "4", "1"),
        ("", "S23.4.1", "", ""),
        ("", "s23/4/1", "", ""),
        ("", "S230401", "", ""),
        ("", "昭和23年4月1日", "", ""),
        ("", "1948-04-01", "", ""),
        ("昭和", "19480401", "", ""),
    ],
)
def test_a_birth_date_is_read_from_boxes_or_in_one_go(boxes: tuple[str, ...]) -> None:
    form = posted(*boxes)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == BORN


@pytest.mark.parametrize("year", ["元", "1", "元年"])
def test_the_first_year_of_an_era_is_read(year: str) -> None:
    form = posted("平成", year, "1", "8")
    assert form.is_valid()
    assert form.cleaned_data["born"] == dt.date(1989, 1, 8)


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        (("", "", "", ""), "required"),
        ((), "required"),
        (("昭和", "", "", ""), "required"),
        (("昭和", "23", "", ""), "incomplete"),
        (("", "23", "4", "1"), "incomplete"),
        (("昭和", "23", "4", ""), "incomplete"),
        (("昭和", "二三", "4", "1"), "unreadable"),
        (("昭和", "23", "－4", "1"), "unreadable"),
        (("昭和", "23", "2", "30"), "no_such_date"),
        (("昭和", "65", "1", "1"), "outside_era"),
        (("平成", "元", "1", "7"), "outside_era"),
        (("令和", "元", "4", "30"), "before_era"),
        (("", "昭和65年1月1日", "", ""), "outside_any_era"),
        (("令和", "8", "11", "27"), "in_future"),
        (("western", "1896", "11", "26"), "too_long_ago"),
        (("western", "<b>", "1", "1"), "unreadable"),
        (("robot", "23", "4", "1"), "unreadable"),
        (("昭和", "9" * 5000, "4", "1"), "unreadable"),
    ],
)
def test_what_is_no_birth_date_is_refused(boxes: tuple[str, ...], code: str) -> None:
    assert [error.code for error in posted(*boxes).errors.as_data()["born"]] == [code]


def test_a_day_outside_its_era_is_told_until_when_the_era_lasted() -> None:
    told = "昭和は昭和元年12月25日から昭和64年1月7日までです。元号と年月日を確かめてください。"
    assert posted("昭和", "64", "1", "8").errors["born"] == [told]
    with translation.override("en"):
        assert "25 Dec 1926" in posted("昭和", "64", "1", "8").errors["born"][0]


def test_a_date_begins_in_the_boxes_of_its_era() -> None:
    assert BirthDateWidget().decompress(BORN) == ["昭和", "23", "4", "1"]
    assert BirthDateWidget().decompress(dt.date(1850, 1, 1)) == ["western", "1850", "1", "1"]
    assert BirthDateWidget().decompress(None) == ["", "", "", ""]


def test_what_was_typed_stays_in_the_boxes() -> None:
    shown = str(posted("昭和", "65", "１", "1")["born"])
    assert 'value="65"' in shown
    assert 'value="１"' in shown
    assert '<option value="昭和" selected>' in shown


def test_each_box_has_a_name_of_its_own_for_who_hears_the_page() -> None:
    shown = str(BornForm()["born"])
    assert all(f'aria-label="{name}"' in shown for name in ("元号", "年", "月", "日"))


def test_a_date_that_was_not_touched_has_not_changed() -> None:
    field = BirthDateField()
    assert not field.has_changed(BORN, ["昭和", "23", "4", "1"])
    assert field.has_changed(BORN, ["昭和", "24", "4", "1"])


def test_it_may_be_left_out_where_it_is_not_required() -> None:
    assert BirthDateField(required=False).clean(["", "", "", ""]) is None


def test_a_value_of_another_shape_is_refused() -> None:
    with pytest.raises(ValidationError):
        BirthDateField().clean("x")
