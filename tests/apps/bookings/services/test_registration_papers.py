"""Notices about a registration: numbered once, kept as issued, with reason and 教示 where that is owed."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.bookings.errors import UnknownDocumentError
from apps.bookings.models import PaperMark, RegistrationPaper
from apps.bookings.services.registration_papers import print_registration_paper
from apps.bookings.services.verify import verify
from apps.registrants.models import Act, CloseCause, Registrant, RegistrationAct
from apps.registrants.services.acting import leave_trace
from apps.registrants.services.close import close, reopen
from apps.registrants.services.suspend import lift, suspend
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
REASON = "集会室を無断で使わなかったことが重なったため"


@pytest.fixture
def person() -> Registrant:
    factories.facility()
    return factories.individual(address="架空市架空町9番地")


def suspended(person: Registrant) -> int:
    with as_tenant(CHUO):
        today = clock.today()
        suspend(actor=CLERK, registrant=person.pk, first=today, last=factories.soon(), reason=REASON)
        return act_of(person, Act.SUSPEND)


def registered(person: Registrant) -> int:
    with as_tenant(CHUO):
        leave_trace(CLERK, person.pk, Act.REGISTER)
        return act_of(person, Act.REGISTER)


def act_of(person: Registrant, act: Act) -> int:
    return RegistrationAct.objects.filter(registrant=person, act=act).latest("id").pk


def printed(person: Registrant, act: int) -> str:
    with as_tenant(CHUO):
        pdf = print_registration_paper(actor=CLERK, registrant=person.pk, act=act)
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_suspension_is_told_with_span_reason_and_instruction(person: Registrant) -> None:
    text = printed(person, suspended(person))
    for told in ("利用停止通知書", REASON, "停止の期間", "審査請求", "を被告として", person.number, person.family_name):
        assert told in text


def test_a_registration_is_told_without_instruction(person: Registrant) -> None:
    text = printed(person, registered(person))
    assert "利用者登録決定通知書" in text
    assert "有効期限期限なし" in text
    assert "審査請求" not in text


def test_a_second_print_is_the_same_document_and_says_so(person: Registrant) -> None:
    act = suspended(person)
    first = printed(person, act)
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=person.pk).update(family_name="改姓")
    second = printed(person, act)
    assert "再交付" in second
    assert "再交付" not in first
    assert person.family_name in second
    with as_tenant(CHUO):
        paper = RegistrationPaper.objects.get()
        assert (paper.kind, paper.printed, PaperMark.objects.get(act=act).kind) == ("suspended", 2, "registration")
        assert AuditEntry.objects.filter(action=Action.PRINT, object_id=person.pk).count() == 2


def test_a_withdrawal_and_what_does_not_belong_to_the_person_have_no_notice(person: Registrant) -> None:
    other = suspended(factories.individual())
    with as_tenant(CHUO):
        close(
            actor=CLERK,
            registrant=person.pk,
            cause=CloseCause.WITHDRAWN,
            reason="届出による",
            effective_on=clock.today(),
        )
        closing = act_of(person, Act.CLOSE)
    for act in (closing, other, 10**12):
        with pytest.raises(UnknownDocumentError):
            printed(person, act)
    with as_tenant(CHUO):
        assert RegistrationPaper.objects.count() == 0


def standing(act: int) -> str:
    with as_tenant(CHUO):
        code = RegistrationPaper.objects.get(act=act).content["check"]["code"]
        return verify(code=code, client=None, at_desk=True).standing.value


def test_anybody_is_told_whether_the_notice_still_holds(person: Registrant) -> None:
    granted, stopped = registered(person), suspended(person)
    printed(person, granted)
    printed(person, stopped)
    assert (standing(granted), standing(stopped)) == ("valid", "valid")
    with as_tenant(CHUO):
        lift(actor=CLERK, registrant=person.pk, effective_on=clock.today(), reason="事情が分かったため")
    assert (standing(granted), standing(stopped)) == ("valid", "ended")
    with as_tenant(CHUO):
        close(actor=CLERK, registrant=person.pk, cause=CloseCause.EX_OFFICIO, reason=REASON, effective_on=clock.today())
        struck = act_of(person, Act.CLOSE)
    assert "利用者登録抹消通知書" in printed(person, struck)
    assert (standing(granted), standing(struck)) == ("ended", "valid")
    with as_tenant(CHUO):
        reopen(actor=CLERK, registrant=person.pk, reason="誤りのため")
    assert (standing(granted), standing(struck)) == ("valid", "ended")


@pytest.mark.race
def test_four_first_prints_at_once_make_one_document(person: Registrant) -> None:
    act = suspended(person)
    together(4, lambda _number: printed(person, act))
    with as_tenant(CHUO):
        assert [one.printed for one in RegistrationPaper.objects.all()] == [4]


def test_the_page_offers_the_notice_and_prints_it(person: Registrant, desk: Client) -> None:
    act = suspended(person)
    page = desk.get(f"/registrants/{person.pk}/")
    assert "未交付" in page.content.decode()
    pdf = desk.post(f"/registrants/{person.pk}/papers/{act}/", {"facility": "no id"})
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert "交付済み" in desk.get(f"/registrants/{person.pk}/").content.decode()
    assert desk.post(f"/registrants/{person.pk}/papers/{act + 1}/").status_code == 404
