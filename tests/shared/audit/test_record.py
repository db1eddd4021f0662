"""What an entry says of who acted, and of whom something was shown."""

from __future__ import annotations

import uuid

import pytest
from django.conf import settings
from django.test import Client

from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO


def last() -> AuditEntry:
    with as_tenant(CHUO):
        return AuditEntry.objects.order_by("-id")[0]


def test_an_entry_takes_over_what_the_actor_is_at_that_time() -> None:
    terminal = uuid.uuid4()
    actor = Actor("staff", None, "192.0.2.1", "n", ("reception",), "架空会", terminal, "mark")
    told = entry(actor, Action.VIEW)
    assert (told.roles, told.body, told.terminal, told.session) == (["reception"], "架空会", terminal, "mark")


def test_the_object_is_among_the_persons_when_it_is_one_and_each_stands_once() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    told = entry(Actor("staff"), Action.VIEW, object_type="registrant", object_id=one, persons=[other, None, one])
    assert told.persons == sorted([one, other])
    assert entry(Actor("staff"), Action.VIEW, object_type="card", object_id=one).persons == []


def test_a_page_of_one_person_says_who_looked_and_at_whom(desk: Client, clerk: StaffAccount) -> None:
    person = factories.individual()
    desk.get(f"/registrants/{person.pk}/")
    told = last()
    assert (told.actor_id, told.roles, told.persons) == (clerk.pk, [Role.RECEPTION], [person.pk])


def test_the_session_is_told_apart_and_its_key_never_written(desk: Client, clerk: StaffAccount) -> None:
    person = factories.individual()
    desk.get(f"/registrants/{person.pk}/")
    key = desk.cookies[settings.SESSION_COOKIE_NAMES["desk"]].value
    assert last().session
    with raw_superuser() as connection:
        rows = connection.execute("SELECT to_jsonb(a)::text FROM chuo.audit_auditentry a").fetchall()
    assert [row for (row,) in rows if key in row] == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_tells_everybody_on_it(desk: Client, count: int) -> None:
    shown = [factories.individual(family_kana="カクウ", family_name="架空").pk for _ in range(count)]
    desk.post("/registrants/", {"q": "カクウ"})
    told = last()
    assert (told.action, told.object_type) == (Action.SEARCH, "registrant")
    assert told.persons == sorted(shown)


def test_the_list_of_what_waits_tells_everybody_on_it(desk: Client) -> None:
    shown = [factories.individual(state="under_review").pk for _ in range(2)]
    desk.get("/registrations/")
    assert last().persons == sorted(shown)


@pytest.mark.parametrize("act", ["renew", "close", "suspend"])
def test_a_page_that_asks_before_an_act_leaves_one_entry_though_its_view_writes_none(manager: Client, act: str) -> None:
    person = factories.individual()
    manager.get(f"/registrants/{person.pk}/{act}/")
    with as_tenant(CHUO):
        [told] = AuditEntry.objects.all()
    assert (told.action, told.persons, told.detail) == (Action.VIEW, [person.pk], {"page": act})


def test_a_page_whose_view_writes_its_entry_gets_no_second_one(desk: Client) -> None:
    person = factories.individual()
    desk.get(f"/registrants/{person.pk}/")
    with as_tenant(CHUO):
        assert AuditEntry.objects.count() == 1
