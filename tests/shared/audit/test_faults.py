"""When the audit cannot be written, nothing is shown and nothing is changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client

from apps.bookings.models import Booking
from apps.registrants.models import Registrant, RegistrantState
from shared.audit.models import AuditEntry
from shared.staff.models import StaffAccount, StaffSession
from tests import factories
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

NAME = "架空珍名"
FAULTS = {
    "no right": (
        "REVOKE INSERT (at) ON chuo.audit_auditentry FROM tenant_chuo",
        "GRANT INSERT (at) ON chuo.audit_auditentry TO tenant_chuo",
    ),
    "disk full": (
        (
            "CREATE FUNCTION chuo.no_space() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;"
            " CREATE TRIGGER no_space BEFORE INSERT ON chuo.audit_auditentry EXECUTE FUNCTION chuo.no_space()"
        ),
        "DROP TRIGGER no_space ON chuo.audit_auditentry; DROP FUNCTION chuo.no_space()",
    ),
}


@pytest.fixture
def person(database: None) -> Registrant:
    return factories.individual(family_name=NAME, family_kana="チンメイ")


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest, person: Registrant) -> Iterator[None]:
    """The audit of ``chuo`` takes no row."""
    begin, end = FAULTS[request.param]
    with raw_superuser() as connection:
        connection.execute(begin)
    yield
    with raw_superuser() as connection:
        connection.execute(end)


def refused(client: Client, ask: Callable[[Client], object]) -> None:
    """``ask`` gets an error page with the request's number, and nothing of the person."""
    client.raise_request_exception = False
    response = ask(client)
    assert response.status_code == 500  # type: ignore[attr-defined]
    text = response.content.decode()  # type: ignore[attr-defined]
    assert response.headers["X-Request-Number"] in text  # type: ignore[attr-defined]
    assert NAME not in text
    with as_tenant(CHUO):
        assert AuditEntry.objects.count() == 0


@pytest.mark.usefixtures("fault")
@pytest.mark.parametrize("page", ["/registrants/{}/", "/registrants/{}/change/", "/registrants/{}/past-use/"])
def test_no_page_of_a_person_is_shown(desk: Client, person: Registrant, page: str) -> None:
    refused(desk, lambda client: client.get(page.format(person.pk)))


@pytest.mark.usefixtures("fault")
def test_a_page_for_which_the_net_writes_the_entry_is_not_shown(manager: Client, person: Registrant) -> None:
    refused(manager, lambda client: client.get(f"/registrants/{person.pk}/close/"))


@pytest.mark.usefixtures("fault")
def test_no_search_is_answered(desk: Client) -> None:
    refused(desk, lambda client: client.post("/registrants/", {"q": "チンメイ"}))


@pytest.mark.usefixtures("fault")
def test_nothing_is_changed(manager: Client, person: Registrant) -> None:
    form = {"effective_on": "2026-11-26", "cause": "request", "reason": "本人の申出", "version": person.version}
    refused(manager, lambda client: client.post(f"/registrants/{person.pk}/close/", form))
    with as_tenant(CHUO):
        found = Registrant.objects.get(pk=person.pk)
    assert (found.state, found.version) == (RegistrantState.ACTIVE, person.version)


@pytest.fixture
def applied(database: None, person: Registrant) -> Booking:
    room = factories.meeting_room()
    return factories.counter_booking(person, room)


@pytest.mark.usefixtures("applied")
class TestPrinting:
    """The booking is there before the fault."""

    def test_nothing_is_printed(self, desk: Client, applied: Booking, fault: None) -> None:
        with raw_superuser() as connection:
            before = connection.execute("SELECT count(*) FROM chuo.audit_auditentry").fetchone()
        desk.raise_request_exception = False
        response = desk.post(f"/bookings/{applied.pk}/documents/application/")
        assert response.status_code == 500
        assert not response.content.startswith(b"%PDF")
        with raw_superuser() as connection:
            assert connection.execute("SELECT count(*) FROM chuo.audit_auditentry").fetchone() == before


@pytest.mark.usefixtures("fault")
def test_nobody_is_let_in(desk_client: Callable[[str], Client]) -> None:
    someone: StaffAccount = factories.clerk(login_id=f"x{uuid.uuid4().hex[:8]}")
    client = desk_client(CHUO)
    said = {"login_id": someone.login_id, "password": factories.PASSWORD}
    refused(client, lambda browser: browser.post("/login/", said))
    with as_tenant(CHUO):
        assert StaffSession.objects.filter(account=someone).count() == 0
    assert not client.cookies.get(settings.SESSION_COOKIE_NAMES["desk"])
