"""Files with hundreds of columns, and with more texts to choose meanings for than one form may have fields."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as own_settings
from django.test import Client

from shared.intake.models import Job
from shared.intake.services.work import work
from tests.shared.intake.files import PEOPLE_HEADER, TARO, checked, csv_of, handed_over
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

FIELDS = len(PEOPLE_HEADER.split(","))


def wide(columns: int, *rows: str) -> bytes:
    more = range(columns - FIELDS)
    header = PEOPLE_HEADER + "".join(f",余分な項目{number}" for number in more)
    return csv_of(*(row + ",1" * len(more) for row in rows), header=header)


def said(page: Any, **told: str) -> dict[str, str]:
    """What a browser sends of the page as it stands."""
    form = page.context["form"]
    return {name: str(form[name].initial or "") for name in form.fields} | told


@pytest.mark.parametrize("columns", [400, 600, 1000])
def test_a_wide_file_is_mapped_on_its_page(desk: Client, columns: int) -> None:
    job = handed_over(wide(columns, TARO))
    page = desk.get(f"/intake/{job.pk}/mapping/")
    assert page.content.count(b"<select") == columns + len(page.context["form"].constants())
    told = said(page, **{f"column{columns - 1}": "online_why"})
    assert desk.post(f"/intake/{job.pk}/mapping/", told).status_code == 302
    with as_tenant(CHUO):
        work()
        found = Job.objects.get(pk=job.pk)
    assert (found.counts["new"], len(found.warnings)) == (1, columns - FIELDS)  # a remark of 不可事由, one column fewer


def test_a_page_asks_for_no_more_than_may_be_sent_and_brings_the_rest_afterwards(desk: Client, settings: Any) -> None:
    rows = [f"{TARO.replace('1001', str(number)).replace('有効', f'甲{number:02}')}" for number in range(60)]
    job = checked(csv_of(*rows))
    whole = desk.get(f"/intake/{job.pk}/mapping/").context["form"]
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = len(whole.fields) - (len(rows) + 1) + 20 + 25
    page = desk.get(f"/intake/{job.pk}/mapping/")
    form = page.context["form"]
    texts = {one["field"].name: "active" for one in form.unknown()}
    assert (len(texts), form.texts_left, "ほかに" in page.text) == (25, len(rows) + 1 - 25, True)
    assert desk.post(f"/intake/{job.pk}/mapping/", said(page, **texts)).status_code == 302
    with as_tenant(CHUO):
        work()
    assert len(desk.get(f"/intake/{job.pk}/mapping/").context["form"].unknown()) == 25
    with as_tenant(CHUO):
        assert Job.objects.get(pk=job.pk).counts["new"] == 25


def test_the_widest_file_leaves_room_for_texts_in_one_form(desk: Client) -> None:
    page = desk.get(f"/intake/{handed_over(wide(1000, TARO)).pk}/mapping/")
    assert len(page.context["form"].fields) + 160 < own_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert "selected>氏名（姓と名の間に空白）</option>" in page.text


def test_what_a_browser_sent_stays_chosen_on_a_page_that_tells_of_an_error(desk: Client) -> None:
    job = handed_over(csv_of(TARO.replace("架空町", "架空町<1>")))
    told = said(desk.get(f"/intake/{job.pk}/mapping/"), column0="", column1="address_rest")
    answer = desk.post(f"/intake/{job.pk}/mapping/", told)
    assert (answer.status_code, answer.text.count('<option value="address_rest" selected>')) == (422, 1)
