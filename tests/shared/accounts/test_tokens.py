"""Links that work once, and codes typed off paper."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.errors import DeadLinkError
from shared.accounts.models import AccountToken, TokenPurpose
from shared.accounts.tokens import hash_of, new_code, new_token, shown, taken, text_of, token_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_portal


@given(token=st.uuids())
def test_a_link_is_read_back(token: uuid.UUID) -> None:
    assert token_in(text_of(token)) == token


@given(text=st.text(max_size=80))
def test_a_text_that_was_never_made_is_no_link(text: str) -> None:
    with pytest.raises(DeadLinkError):
        token_in(text)


@given(token=st.uuids(), place=st.integers(0, 47), letter=st.sampled_from("AZaz09-_"))
def test_a_link_that_was_changed_is_none(token: uuid.UUID, place: int, letter: str) -> None:
    text = text_of(token)
    forged = text[:place] + letter + text[place + 1 :]
    if forged != text:
        with pytest.raises(DeadLinkError):
            token_in(forged)


@given(code=st.builds(new_code, st.just(4)))
def test_a_code_is_the_same_however_it_is_typed(code: str) -> None:
    typed = {code.lower(), f" {code} ", code.replace("-", "－"), code.replace("-", "")}
    assert {hash_of(one) for one in typed} == {hash_of(code)}
    assert hash_of(code) != hash_of(code, "A-000001-8")


def test_a_token_is_taken_once(database: None) -> None:
    with as_portal():
        token = new_token(TokenPurpose.SIGN_UP, email="sakura@citizens.example")
        token.save()
        assert shown(text_of(token.pk), TokenPurpose.SIGN_UP) == token
        with transaction.atomic():
            taken(text_of(token.pk), TokenPurpose.SIGN_UP)
        with pytest.raises(DeadLinkError):
            shown(text_of(token.pk), TokenPurpose.SIGN_UP)


def test_a_token_is_good_for_its_purpose_alone(database: None) -> None:
    with as_portal():
        token = new_token(TokenPurpose.SIGN_UP, email="sakura@citizens.example")
        token.save()
        with pytest.raises(DeadLinkError):
            shown(text_of(token.pk), TokenPurpose.RESET)


def test_a_token_ends_after_a_day(database: None, freeze: Freeze) -> None:
    clock = freeze("2026-06-01 09:00")
    with as_portal():
        token = new_token(TokenPurpose.SIGN_UP, email="sakura@citizens.example")
        token.save()
        clock.shift(dt.timedelta(hours=24))
        with pytest.raises(DeadLinkError):
            shown(text_of(token.pk), TokenPurpose.SIGN_UP)
        assert AccountToken.objects.count() == 1
