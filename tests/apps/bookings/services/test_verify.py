"""Finding a document by its code: what anybody is told, what nobody is, and keys that change."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from pytest_django import Settings

from apps.bookings.documents.data import PermitSheet
from apps.bookings.documents.stored import from_stored
from apps.bookings.models import Booking, Document, DocumentKind, PaperMark, Payment, PaymentMethod, Refund
from apps.bookings.paper_errors import NoSuchCodeError
from apps.bookings.rules.paper_codes import Coded, code_of
from apps.bookings.rules.paper_standing import Standing
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.decide import permit, refuse, revoke
from apps.bookings.services.displacement.choosing import Choice
from apps.bookings.services.displacement.notices import print_notices
from apps.bookings.services.fees.receiving import receive, void
from apps.bookings.services.fees.refund_printing import print_claim
from apps.bookings.services.fees.refunding import decide_refund, withdraw_refund
from apps.bookings.services.marks import keys
from apps.bookings.services.printing import print_document
from apps.bookings.services.verify import FROM_ONE_CLIENT, Found, verify
from shared.actor import Actor
from shared.throttle import TooOftenError
from tenants.models import Tenant
from tests import factories
from tests.apps.bookings.services.displacement.acts import carried_out, chosen, hit_of, looked_for
from tests.support.fees import fee_tables
from tests.support.fixtures import Freeze
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff", id=uuid4())


@pytest.fixture(autouse=True)
def spring(freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")


def permitted() -> tuple[Booking, str]:
    """A permitted booking and the code on its permit."""
    booking = factories.permitted_booking()
    with as_tenant(CHUO):
        document = Document.objects.get(booking=booking)
    check = from_stored(PermitSheet, document.content).check
    assert check is not None
    return booking, check.code


def told(code: str, client: str = "192.0.2.1") -> Found:
    with as_portal():
        return verify(code=code, client=client)


def test_anybody_is_told_kind_number_day_facility_and_office() -> None:
    booking, code = permitted()
    found = told(code)
    place = f"架空市{booking.room.facility.name}"
    assert (found.kind, found.number, found.issued_on) == ("permit", "架総福セ指令第1号", dt.date(2026, 4, 1))
    assert (found.facility, found.issuer) == (place, "架空市社協・見本会共同事業体　理事長")
    assert (found.standing, found.reprints) == (Standing.VALID, 0)


def test_nothing_about_a_person_or_the_use_is_kept_with_the_mark() -> None:
    booking, _ = permitted()
    with as_tenant(CHUO):
        row = PaperMark.objects.values().get()
    kept = " ".join(str(value) for value in row.values())
    registrant = booking.registrant
    for private in (
        registrant.number,
        registrant.person_name,
        registrant.address,
        registrant.phone,
        booking.event_name or "会議",
    ):
        assert private not in kept


def test_it_tells_what_became_of_it() -> None:
    booking, code = permitted()
    with as_tenant(CHUO):
        for _ in range(3):
            print_document(actor=STAFF, booking=booking.pk, kind=DocumentKind.PERMIT)
        assert told_at_desk(code).reprints == 2
        revoke(actor=STAFF, booking=booking.pk, reason="管理上の支障")
    assert told(code).standing is Standing.REVOKED
    other, again = permitted()
    with as_tenant(CHUO):
        cancel_by_staff(actor=STAFF, booking=other.pk, reason="申出による")
    assert told(again).standing is Standing.ENDED


def told_at_desk(code: str) -> Found:
    return verify(code=code, client="192.0.2.2", at_desk=True)


def test_a_receipt_that_is_void_says_so() -> None:
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        payment = receive(actor=STAFF, booking=booking.pk, amount=500, method=PaymentMethod.CASH)
        code = str(Payment.objects.get().content["check"]["code"])
    assert (told(code).kind, told(code).standing) == ("receipt", Standing.VALID)
    with as_tenant(CHUO):
        void(actor=STAFF, payment=payment.pk, reason="金額の誤り")
    assert told(code).standing is Standing.VOID


def test_another_facilitys_desk_is_told_what_the_portal_tells() -> None:
    _, code = permitted()
    with as_tenant(SPORTS):
        assert told_at_desk(code) == verify(code=code, client=None, at_desk=True)


def test_an_altered_code_and_one_of_nothing_are_told_alike() -> None:
    _, code = permitted()
    with as_tenant(CHUO):
        tenant = Tenant.objects.get(schema_name=CHUO).pk
    altered = ("1" if code[0] != "1" else "2") + code[1:]
    for wrong in (altered, code_of(Coded(tenant, "00" * 8), keys()[0]), code_of(Coded(60_000, "00" * 8), keys()[0])):
        with pytest.raises(NoSuchCodeError):
            told(wrong)


def test_a_code_made_with_the_key_of_before_is_still_known(settings: Settings) -> None:
    _, code = permitted()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a key that came later, for this test alone"
    assert told(code).standing is Standing.VALID
    _, newer = permitted()
    assert told(newer).number == "架総福セ指令第2号"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NoSuchCodeError):
        told(code)


def test_nobody_tries_codes_without_end() -> None:
    for _ in range(FROM_ONE_CLIENT.tries):
        with pytest.raises(NoSuchCodeError):
            told("0" * 24, client="198.51.100.9")
    with pytest.raises(TooOftenError):
        told("0" * 24, client="198.51.100.9")
    _, code = permitted()
    assert told(code, client="198.51.100.10").number


def test_a_permit_issued_by_hand_has_a_code_of_its_own() -> None:
    booking = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        permit(actor=STAFF, booking=booking.pk)
        assert PaperMark.objects.filter(document__booking=booking).count() == 1


def refunded() -> Refund:
    """Money that was decided to go back, of a booking that was refused."""
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        receive(actor=STAFF, booking=booking.pk, amount=500, method=PaymentMethod.CASH)
        refuse(actor=STAFF, booking=booking.pk, reason="点検のため")
        return decide_refund(actor=STAFF, booking=booking.pk)


def test_a_claim_for_a_refund_is_told_until_the_decision_is_withdrawn() -> None:
    refund = refunded()
    code = str(refund.content["check"]["code"])
    found = told(code)
    assert (found.kind, found.number, found.standing) == ("refund", "還付第2026-00001号", Standing.VALID)
    assert (found.facility, found.issued_on) == (f"架空市{refund.booking.room.facility.name}", dt.date(2026, 4, 1))
    with as_tenant(CHUO):
        for _ in range(2):
            print_claim(actor=STAFF, refund=refund.pk)
        assert told_at_desk(code).reprints == 1
        withdraw_refund(actor=STAFF, refund=refund.pk, reason="金額の誤り")
    assert told(code).standing is Standing.VOID


def test_a_decision_by_which_nothing_goes_back_has_no_mark() -> None:
    room = factories.meeting_room()
    fee_tables(room)
    booking = factories.booking_awaiting_permit(factories.citizen_with_registration(), room)
    with as_tenant(CHUO):
        receive(actor=STAFF, booking=booking.pk, amount=500, method=PaymentMethod.CASH)
        refuse(actor=STAFF, booking=booking.pk, reason="点検のため")
        decide_refund(actor=STAFF, booking=booking.pk, percent=0, reason="申請者の申出による")
        assert not PaperMark.objects.filter(kind="refund").exists()


def test_notices_of_a_public_use_are_told_and_replace_the_permit_that_was_moved() -> None:
    at = factories.facility()
    room = factories.meeting_room(at=at)
    factories.meeting_room(at=at)
    moved, cancelled = factories.permitted_booking(room=room), factories.permitted_booking(room=room, slots=[2])
    with as_tenant(CHUO):
        found = looked_for(room)
        chosen(found, a=(moved, Choice("move", 0, "phone")), b=(cancelled, Choice("cancel")))
        carried_out(found)
        print_notices(actor=STAFF, displacement=found.pk)
        print_notices(actor=STAFF, displacement=found.pk)
        notices = [hit_of(found, one).notice for one in (moved, cancelled)]
        permits = [Document.objects.get(booking=one).content for one in (moved, cancelled)]
        assert PaperMark.objects.filter(kind="displacement").count() == 2
    answers = [told(str(one["check"]["code"])) for one in notices if one]
    assert [(one.kind, one.standing, one.reprints) for one in answers] == [("displacement", Standing.VALID, 1)] * 2
    assert [one.number for one in answers] == [one["number"] for one in notices if one]
    standings = [told(str(one["check"]["code"])).standing for one in permits]
    assert standings == [Standing.REPLACED, Standing.ENDED]
