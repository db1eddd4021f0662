"""The address is filled from the postal code: by a button, or by a script that asks."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client

from shared.web.postal import FillsAddress, PostalInput


class HomeForm(FillsAddress):
    """A person with an address."""

    name = forms.CharField(max_length=3)
    postal_code = forms.CharField(widget=PostalInput)
    address = forms.CharField()


def sent(**typed: str) -> HomeForm:
    data = QueryDict(mutable=True)
    data.update({"fill_address": "1"} | typed)
    return HomeForm(data)


def test_the_button_fills_the_address_and_judges_nothing_else() -> None:
    form = sent(name="長い名前のまま", postal_code="270-1327", address="")
    assert form.fills_address
    shown = str(form.with_address())
    assert 'value="千葉県印西市大森"' in shown
    assert 'value="長い名前のまま"' in shown
    assert "field__error" not in shown


@pytest.mark.parametrize(
    ("code", "told"),
    [("000-0000", "この郵便番号は使われていません。"), ("270", "郵便番号は7桁の数字"), ("", "郵便番号は7桁の数字")],
)
def test_a_code_without_an_address_is_told_and_the_address_stays(code: str, told: str) -> None:
    form = sent(postal_code=code, address="架空市1番地").with_address()
    assert told in form.errors["postal_code"][0]
    assert 'value="架空市1番地"' in str(form)


def test_an_ordinary_sending_fills_nothing() -> None:
    assert not HomeForm(QueryDict("postal_code=2701327")).fills_address


def test_the_script_is_told_the_address(portal_client: Client) -> None:
    answer = portal_client.post("/postal/", {"code": "２７０１３２７"})
    assert answer.json() == {"address": "千葉県印西市大森", "told": ""}


def test_the_script_is_told_of_a_code_not_in_use(desk: Client) -> None:
    assert desk.post("/postal/", {"code": "0000000"}).json()["told"].startswith("この郵便番号は使われていません。")


def test_a_code_never_stands_in_an_address(portal_client: Client) -> None:
    assert portal_client.get("/postal/", {"code": "2701327"}).status_code == 405


@pytest.mark.parametrize(
    ("code", "begins", "told"),
    [("0680546", "北海道夕張市南部", "（南部"), ("4980000", "", "（弥富市、桑名郡木曽岬町）")],
)
def test_of_a_code_that_places_share_the_beginning_is_filled_and_the_places_are_named(
    portal_client: Client, code: str, begins: str, told: str
) -> None:
    answer = portal_client.post("/postal/", {"code": code}).json()
    assert answer["address"] == begins
    assert f"この番号には複数の町域があります{told}" in answer["told"]
    shown = str(sent(postal_code=code, address="").with_address())
    assert f'value="{begins}"' in shown or not begins
    assert told in shown
    assert "field__error" not in shown
