"""What a citizen sends twice at the same moment, or two citizens at once, comes about once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.registrants.models import Registrant, RegistrationAct
from apps.registrants.portal_errors import LinkedElsewhereError, WrongLinkCodeError
from apps.registrants.rules.entry import Person
from apps.registrants.services.linking import link
from apps.registrants.services.portal_codes import make_link_code, make_reset_code
from apps.registrants.services.pre_register import Wish, pre_register
from kernel.errors import DomainError
from shared.accounts.errors import DeadLinkError, LoginTakenError, WrongSlipError
from shared.accounts.models import PortalAccount
from shared.accounts.passwording import reset_by_slip
from shared.accounts.signing_up import ask_to_sign_up, open_account
from shared.actor import Actor
from shared.outbox.models import Message
from tests import factories
from tests.support.accounts import mailed_link
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")
MANY = 8
VISITOR = Actor("visitor")
PASSWORD = "kame-ga-hashiru-7"
PERSON = Person(
    family_name="架空",
    given_name="花子",
    family_kana="カクウ",
    given_kana="ハナコ",
    birth_date=dt.date(1955, 5, 6),
    postal_code="2701396",
    address="千葉県印西市大森2364-2",
    phone="0476-42-5111",
)


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """What ``MANY`` threads got that did ``act`` at the same moment: kinds of errors, and of answers."""
    ready = Gate(MANY)

    def work(number: int) -> str:
        try:
            ready.wait()
            return type(act(number)).__name__
        except DomainError as error:
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return Counter(pool.map(work, range(MANY)))


def code_for(person: Registrant) -> str:
    with as_tenant(CHUO):
        return make_link_code(actor=Actor("staff", factories.clerk().pk), registrant=person.pk).code


def linked(account: PortalAccount, number: str, code: str) -> uuid.UUID:
    with as_portal(CHUO, account.pk):
        return link(actor=Actor("citizen", account.pk), number=number, code=code)


def acts() -> int:
    with as_tenant(CHUO):
        return RegistrationAct.objects.filter(act="link").count()


def test_of_many_accounts_with_one_code_one_holds_the_registration() -> None:
    person = factories.individual()
    code, accounts = code_for(person), [factories.portal_account() for _ in range(MANY)]
    told = at_once(lambda number: linked(accounts[number], person.number, code))
    assert told == {"UUID": 1, WrongLinkCodeError.__name__: MANY - 1}
    assert acts() == 1
    with as_tenant(CHUO):
        held = Registrant.objects.get(pk=person.pk).portal_account
    assert held in {one.pk for one in accounts}


def test_one_code_sent_many_times_by_its_holder_links_once() -> None:
    person, account = factories.individual(), factories.portal_account()
    code = code_for(person)
    told = at_once(lambda _: linked(account, person.number, code))
    assert told["UUID"] == 1
    assert LinkedElsewhereError.__name__ not in told
    assert acts() == 1


def test_wrong_codes_sent_at_once_are_all_counted_and_void_the_code() -> None:
    person, account = factories.individual(), factories.portal_account()
    code = code_for(person)
    assert at_once(lambda _: linked(account, person.number, "AAAA-AAAA")) == {WrongLinkCodeError.__name__: MANY}
    with pytest.raises(WrongLinkCodeError):
        linked(account, person.number, code)


def test_a_slip_sets_one_password() -> None:
    citizen = factories.citizen_with_registration()
    with as_tenant(CHUO):
        clerk = Actor("staff", factories.clerk().pk)
        code = make_reset_code(actor=clerk, registrant=citizen.registrant.pk, document="passport").code

    def reset(number: int) -> object:
        with as_portal():
            return reset_by_slip(actor=VISITOR, code=code, password=f"{PASSWORD}{number}")

    assert at_once(reset) == {"PortalAccount": 1, WrongSlipError.__name__: MANY - 1}


def test_a_mailed_link_opens_one_account() -> None:
    with as_portal():
        ask_to_sign_up(actor=VISITOR, email="sakura@citizens.example")
    mailed = mailed_link("sign_up")

    def choose(number: int) -> object:
        with as_portal():
            return open_account(actor=VISITOR, link=mailed, login_id=f"sakura{number}", password=PASSWORD)

    assert at_once(choose) == {"PortalAccount": 1, DeadLinkError.__name__: MANY - 1}


def test_of_many_who_choose_one_id_at_once_one_gets_it() -> None:
    links = []
    for number in range(MANY):
        with as_portal():
            ask_to_sign_up(actor=VISITOR, email=f"{number}@citizens.example")
        links.append(mailed_link("sign_up"))

    def choose(number: int) -> object:
        with as_portal():
            return open_account(actor=VISITOR, link=links[number], login_id="sakura", password=PASSWORD)

    assert at_once(choose) == {"PortalAccount": 1, LoginTakenError.__name__: MANY - 1}


def test_a_form_sent_twice_at_the_same_moment_asks_once_and_tells_no_error() -> None:
    account, key = factories.portal_account(), uuid.uuid4()

    def ask(number: int) -> object:
        if number > 2:
            return None
        with as_portal(CHUO, account.pk):
            return pre_register(actor=Actor("citizen", account.pk), wish=Wish(PERSON), key=key)

    assert at_once(ask)["UUID"] == 3
    with as_tenant(CHUO):
        assert [one.pk for one in Registrant.objects.filter(state="provisional")] == [key]
        assert Message.objects.filter(template="registrants/mail/pre_registered").count() == 1
