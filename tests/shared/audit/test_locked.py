"""When the audit is locked, what is asked for ends with an error in time, and nothing is shown or changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from apps.registrants.models import Registrant, RegistrantState
from config.settings import LOCK_PATIENCE, patient
from shared.audit.models import AuditEntry
from tests import factories
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

NAME = "架空珍名"


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual(family_name=NAME, family_kana="チンメイ")


@pytest.fixture
def _impatient(person: Registrant) -> Iterator[None]:
    """The product's connection waits for a lock as long as ever, but shorter."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


@contextmanager
def locked() -> Iterator[None]:
    """Somebody holds the audit of ``chuo``, and does not let go."""
    with raw_superuser() as holder, holder.transaction():
        holder.execute("LOCK TABLE chuo.audit_auditentry IN ACCESS EXCLUSIVE MODE")
        yield


def ended_with_a_number(client: Client, method: str, address: str, said: dict[str, object] | None = None) -> None:
    client.raise_request_exception = False
    with as_tenant(CHUO):
        before = AuditEntry.objects.count()
    with locked():
        response = getattr(client, method)(address, said or {})
    text = response.content.decode()
    assert response.status_code == 500
    assert response.headers["X-Request-Number"] in text
    assert NAME not in text
    with as_tenant(CHUO):
        assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("scope", [None, CHUO])
def test_the_products_connection_waits_for_no_lock_for_ever(database: None, scope: str | None) -> None:
    def waits() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return str(cursor.fetchone()[0])

    if scope is None:
        assert waits() == LOCK_PATIENCE
    else:
        with as_tenant(scope):
            assert waits() == LOCK_PATIENCE


def test_a_url_may_say_otherwise() -> None:
    said = patient("postgresql://someone@host/name?options=-c%20lock_timeout%3D1s")
    assert said["OPTIONS"]["options"] == f"-c lock_timeout={LOCK_PATIENCE} -c lock_timeout=1s"


@pytest.mark.usefixtures("_impatient")
def test_no_page_of_a_person_is_shown(desk: Client, person: Registrant) -> None:
    ended_with_a_number(desk, "get", f"/registrants/{person.pk}/")


@pytest.mark.usefixtures("_impatient")
def test_nothing_is_changed(manager: Client, person: Registrant) -> None:
    form = {"effective_on": "2026-11-26", "cause": "request", "reason": "本人の申出", "version": person.version}
    ended_with_a_number(manager, "post", f"/registrants/{person.pk}/close/", form)
    with as_tenant(CHUO):
        found = Registrant.objects.get(pk=person.pk)
    assert (found.state, found.version) == (RegistrantState.ACTIVE, person.version)
