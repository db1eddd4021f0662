"""Nobody erases by a statement of their own, nobody writes a list, and every model of persons falls under a kind."""

from __future__ import annotations

import uuid

import pytest
from django.apps import apps
from psycopg import errors

from apps.bookings.models import Booking
from shared.retention import Erase, Fate, Wipe, exempt, kinds, touched_models
from shared.retention_sql import wiped
from tests import factories
from tests.apps.compliance import disposing
from tests.isolation.test_descriptions import TELLTALE, about_a_person
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import BUNKA, CHUO

OTHERS = {"accounts.portalaccount", "outbox.message", "staff.signinevent", "vault.exportedperson",
          "compliance.personrequest", "compliance.personrequestact", "compliance.affectedperson",
          "compliance.incidentletter", "intake.rejectedrow", "intake.chunk"}  # fmt: skip
"""Models that keep something of a person and point to no registrant by a key."""
ASK = (
    "INSERT INTO compliance_disposal (id, tenant, kind, fiscal_year, serial, due_on, asked_at, asked_kind, asked_by,"
    " asked_login, asked_name, decision, decided_login, decided_name, decision_note, listed, held, done, dropped)"
    " VALUES (%s, %s, 'bookings', 2025, %s, %s, now(), %s, gen_random_uuid(), 'a', 'a', '', '', '', '', 0, 0, 0, 0)"
)
LIST = "SELECT shared.disposal_list(%s, now())"
RUN = "SELECT * FROM shared.disposal_run(%s, 10, now())"
TENANT, CITY = f"tenant_{CHUO}", "kashikan_city"


def test_every_model_about_a_person_falls_under_a_kind_or_says_why_not() -> None:
    wanted = {model._meta.label_lower for model in about_a_person()} | OTHERS
    assert wanted - touched_models() - set(exempt()) == set()
    assert set(exempt()) & touched_models() == set()


def test_what_stays_of_a_wiped_row_names_nobody_and_every_kept_column_exists() -> None:
    for kind in kinds().values():
        for step in kind.steps:
            if isinstance(step, Wipe):
                fields = {field.name for field in apps.get_model(step.model)._meta.concrete_fields}
                assert step.keeps <= fields
                assert {name for name in step.keeps if TELLTALE.search(name)} == set(), step.model
                assert wiped(step) is not None


def test_a_new_column_of_a_wiped_model_is_wiped_unless_somebody_says_otherwise() -> None:
    """Whatever ``describes`` calls personal is wiped, but for the figures named here; a new one fails until named."""
    kept: dict[str, set[str]] = {}
    for kind in kinds().values():
        for step in kind.steps:
            if isinstance(step, Wipe):
                model = apps.get_model(step.model)
                personal = set(getattr(model, "describes").personal) if hasattr(model, "describes") else set()  # noqa: B009
                kept[model._meta.label_lower] = personal & step.keeps
    assert kept == {
        "registrants.registrant": {"number", "kind", "state", "registered_on", "valid_until"},
        "registrants.registrationact": {"at", "act", "effective_on", "until", "cause"},
        "registrants.statespan": {"state", "during"},
        "registrants.merge": {"at"},
        "registrants.card": {
            "kind", "number", "state", "qualification", "applied_on", "issued_on", "valid_from", "valid_until",
            "reviewed_on", "lapsed_on", "lapse_cause",
        },
        "registrants.cardact": {"at", "act", "effective_on"},
        "registrants.cardissue": {"cause", "made_on", "handed_over_on", "returned_on", "voided_on"},
        "registrants.visit": {"day", "at", "facility", "age_band", "residence"},
        "bookings.booking": {
            "number", "room", "day", "during", "purpose", "headcount", "state", "channel", "applied_at", "decided_at",
        },
        "bookings.bookingact": {"at", "act"},
        "bookings.document": {"kind", "serial", "issued_on"},
        "bookings.displacementhit": {
            "was", "choice", "target_day", "consent", "consent_at", "became", "paid", "refund", "told_at", "serial",
        },
        "bookings.pastbooking": {"room_name", "day", "purpose_name", "headcount", "state", "fee", "paid"},
        "bookings.userecord": {"outcome", "headcount"},
        "bookings.payment": {"serial", "amount", "method", "day"},
        "bookings.refund": {"kind", "serial", "day", "base", "percent", "amount", "rule", "article", "void_at"},
        "bookings.paymentvoid": {"day"},
        "bookings.reductionrequest": {"article", "asked_at", "ground", "evidence_at", "state", "decided_at"},
        "compliance.personrequest": set(),
        "intake.job": set(),
        "compliance.personrequestact": set(),
        "compliance.evidencepackage": set(),
    }  # fmt: skip


def test_every_kind_says_what_it_does() -> None:
    for kind in kinds().values():
        assert kind.months >= kind.least >= 1
        assert all(str(text) for text in (kind.label, kind.event, kind.source, kind.does, kind.stays))
        assert kind.fate is Fate.ARCHIVED or kind.steps
        assert (kind.fate is Fate.ERASED) == all(isinstance(step, Erase) for step in kind.steps) or any(
            isinstance(step, Wipe) for step in kind.steps
        )


@pytest.mark.usefixtures("database")
def test_no_role_erases_by_a_statement_of_its_own() -> None:
    with raw(TENANT, schema=CHUO) as desk:
        for table in (
            "registrants_registrant", "registrants_registrationact", "registrants_card", "registrants_cardact",
            "bookings_bookingact", "bookings_document", "bookings_staffnote", "bookings_pastbooking",
            "audit_auditentry",
            "audit_auditseal", "outbox_message", "staff_signinevent", "vault_exportedperson", "vault_vaultfile",
            "compliance_disposal", "compliance_disposalitem", "compliance_personrequest", "compliance_disposalrecord",
        ):  # fmt: skip
            with pytest.raises(errors.InsufficientPrivilege):
                desk.execute(f"DELETE FROM {table}")
    with raw(CITY, schema="shared") as city:
        for table in ("compliance_disposal", "compliance_disposalitem", "compliance_retentionperiod"):
            with pytest.raises(errors.InsufficientPrivilege):
                city.execute(f"DELETE FROM {table}")
        with pytest.raises(errors.InsufficientPrivilege):
            city.execute("UPDATE compliance_retentionperiod SET months = 1")


@pytest.mark.usefixtures("database")
def test_a_booking_is_deleted_by_nobody_and_a_closed_registration_forgotten_by_no_update(freeze: Freeze) -> None:
    who, made = disposing.old_bookings(freeze, factories.meeting_room())
    with raw(TENANT, schema=CHUO) as desk:
        desk.execute("DELETE FROM bookings_booking WHERE id = %s", [made[0].pk])
        desk.execute("UPDATE registrants_registrant SET state = 'closed' WHERE id = %s", [who.pk])
        with pytest.raises(errors.CheckViolation):
            desk.execute(
                "UPDATE registrants_registrant SET forgotten_on = now(), group_name = '', group_kana = '',"
                " family_name = '', given_name = '', family_kana = '', given_kana = '', postal_code = '0000000',"
                " address = '', phone = '', kana_key = '', phone_key = '', extras = '{}' WHERE id = %s",
                [who.pk],
            )
    with as_tenant(CHUO):
        assert Booking.objects.filter(pk=made[0].pk).exists()


@pytest.mark.usefixtures("database")
def test_nothing_is_run_that_is_not_listed_and_confirmed_by_another_hand(freeze: Freeze) -> None:
    disposing.old_bookings(freeze, factories.meeting_room())
    one = uuid.uuid4()
    with raw(TENANT, schema=CHUO) as desk, raw(CITY, schema="shared") as city:
        for tenant, hand in ((BUNKA, "staff"), (CHUO, "city")):
            with pytest.raises(errors.InsufficientPrivilege):
                desk.execute(ASK, [uuid.uuid4(), tenant, 1, "2025-05-01", hand])
        desk.execute(ASK, [one, CHUO, 1, "2025-05-01", "staff"])
        confirm = (
            "UPDATE compliance_disposal SET decision = 'confirmed', decided_at = now(), decided_by = %s,"
            " decided_login = %s, decided_name = %s, execute_on = '2025-05-01' WHERE id = %s"
        )
        with pytest.raises(errors.CheckViolation):
            city.execute(confirm, [uuid.uuid4(), "b", "b", one])
        desk.execute(LIST, [one])
        with pytest.raises(errors.CheckViolation):
            desk.execute(LIST, [one])
        with pytest.raises(errors.CheckViolation):
            desk.execute(RUN, [one])
        with pytest.raises(errors.InsufficientPrivilege):
            desk.execute(confirm, [uuid.uuid4(), "b", "b", one])
        with pytest.raises(errors.CheckViolation):
            city.execute(confirm, [uuid.uuid4(), "a", "b", one])
        with pytest.raises(errors.InsufficientPrivilege):
            desk.execute(
                "INSERT INTO compliance_disposalitem (disposal_id, tenant, object, number, since, held, outcome, why)"
                " VALUES (%s, %s, 'x', '', now(), '', '', '')",
                [one, CHUO],
            )
        for statement in (
            "UPDATE compliance_disposal SET kind = 'cards'",
            "UPDATE compliance_disposal SET listed_at = now()",
            "UPDATE compliance_disposalitem SET held = ''",
        ):
            for role in (desk, city):
                with pytest.raises(errors.InsufficientPrivilege):
                    role.execute(statement)
        city.execute(confirm, [uuid.uuid4(), "b", "b", one])
        with raw(f"tenant_{BUNKA}", schema=BUNKA) as other:
            assert other.execute("SELECT count(*) FROM compliance_disposal").fetchone() == (0,)
            with pytest.raises(errors.CheckViolation):
                other.execute(RUN, [one])
        assert desk.execute(RUN, [one]).fetchone() == (1, 0, 0)
        with pytest.raises(errors.CheckViolation):
            desk.execute(RUN, [one])


@pytest.mark.usefixtures("database")
def test_nothing_is_listed_for_a_day_to_come_or_of_a_kind_that_stands_elsewhere() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    with raw(TENANT, schema=CHUO) as desk, raw(CITY, schema="shared") as city:
        desk.execute(ASK, [one, CHUO, 1, "2999-01-01", "staff"])
        with pytest.raises(errors.CheckViolation, match="not due"):
            desk.execute(LIST, [one])
        city.execute(ASK, [other, "shared", 1, "2025-01-01", "city"])
        with pytest.raises(errors.CheckViolation, match="not due"):
            city.execute("SELECT shared.city_disposal_list(%s, now())", [other])
