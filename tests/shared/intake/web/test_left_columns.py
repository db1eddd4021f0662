"""Columns that are not taken, on the page of the check and in its list."""

from __future__ import annotations

from django.test import Client

from tests.apps.bookings.web.staff.asking import text_of
from tests.shared.intake.files import PEOPLE_HEADER, TARO, checked, csv_of

WIDE = f"{PEOPLE_HEADER},血液型"


def test_the_page_and_the_list_to_save_tell_the_columns_apart_from_the_remarks(desk: Client) -> None:
    job = checked(csv_of(f"{TARO},A", header=WIDE))
    page = desk.get(f"/intake/{job.pk}/")
    assert [(one["name"], one["count"]) for one in page.context["left"]] == [("血液型", 1)]
    assert page.context["warnings"] == []
    assert "取り込まない列" in text_of(page)
    saved = desk.get(f"/intake/{job.pk}/problems.csv").content.decode("utf-8-sig")
    assert ",血液型,取り込まない列です（書かれている行：1行）。" in saved
