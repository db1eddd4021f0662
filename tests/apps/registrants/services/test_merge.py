"""Two records become one, and are two again: exactly as before."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Field

from apps.bookings.models import Booking
from apps.registrants.errors import StaleRegistrationError, WrongStateError
from apps.registrants.merging_errors import (
    BothHaveAccountError,
    BothHaveCardError,
    DifferentKindsError,
    MergedOnError,
    NotYetRegisteredError,
    PartedTooLateError,
    SameRecordError,
    UnansweredRequestError,
    UnknownProposalError,
)
from apps.registrants.models import (
    Card,
    CardToken,
    DuplicateProposal,
    EmergencyContact,
    Merge,
    Registrant,
    RegistrationAct,
    StateSpan,
    UseStop,
    Visit,
)
from apps.registrants.queries.merging import merges_of, open_proposals
from apps.registrants.queries.registrants import use_stop_of
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.merging import pair
from apps.registrants.services.merge import dismiss, merge, unmerge
from apps.registrants.services.moving import counts_of, movables, pointing, words
from apps.registrants.services.retokening import retoken_all
from apps.registrants.services.suspend import lift, suspend
from kernel import clock
from shared.accounts.models import PortalLink
from shared.actor import Actor
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.scopes import as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)
WITHOUT_KEY = {
    # What was done, shown, exported or lost is said of the record of then, and stays so.
    "chuo.audit_auditentry.persons",
    "shared.audit_auditentry.persons",
    "shared.city_audit.persons",
    "shared.compliance_logsample.persons",
    "chuo.vault_exportedperson.person",
    "chuo.vault_vaultfile.subject",
    "shared.compliance_affectedperson.registrant",
    "shared.compliance_incidentletter.registrant",
    # A request is about the record that was asked about; carrying it out follows ``merged_into``.
    "shared.compliance_personrequest.registrant",
    # Written by a trigger with the registrant's account.
    "shared.accounts_portallink.registration",
}
"""Columns that name a registrant, or may, without a foreign key."""
WATCHED = (Registrant, StateSpan, Booking, Card, Visit, EmergencyContact)


def merged(kept: Registrant, gone: Registrant, **said: Any) -> None:
    with as_tenant(CHUO):
        merge(actor=CLERK, kept=kept.pk, gone=gone.pk, reason="同じ人の二重登録", **said)


def parted(gone: Registrant) -> None:
    with as_tenant(CHUO):
        unmerge(actor=CLERK, registrant=gone.pk, reason="別の人と分かったため")


def now_of(person: Registrant) -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get(pk=person.pk)


def card(person: Registrant, **values: Any) -> Card:
    said = {"kind": "senior", "qualification": "age", "applied_on": clock.today()} | values
    with as_tenant(CHUO):
        return Card.objects.create(registrant=person, **said)


def visit(person: Registrant) -> None:
    with as_tenant(CHUO):
        Visit.objects.create(registrant=person, day=clock.today(), at=clock.now(), facility=person.pk)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows but versions, acts, audit and the merge itself, and spans without their own ids."""
    found = {}
    with as_tenant(CHUO), connection.cursor() as cursor:
        for model in WATCHED:
            left_out = {"version"} | ({"id"} if model is StateSpan else set())
            columns = [str(one.column) for one in model._meta.concrete_fields if one.column not in left_out]
            cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table} ORDER BY 1, 2, 3")
            found[model.__name__] = cursor.fetchall()
    return found


def test_bookings_cards_and_visits_move_and_the_other_is_closed() -> None:
    kept, gone = factories.individual(), factories.individual()
    booking = factories.counter_booking(gone, factories.meeting_room())
    application = card(gone)
    visit(gone)
    merged(kept, gone)
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=booking.pk).registrant_id == kept.pk
        assert Card.objects.get(pk=application.pk).registrant_id == kept.pk
        assert Visit.objects.get().registrant_id == kept.pk
        assert [one.gone for one in merges_of(kept.pk)] == [gone]
        told = list(RegistrationAct.objects.order_by("id").values_list("registrant", "act", "cause"))
    after = now_of(gone)
    assert (after.state, after.merged_into_id) == ("closed", kept.pk)
    assert told == [(kept.pk, "merge", ""), (gone.pk, "merge", "merged")]


@pytest.mark.parametrize(
    ("has_bookings", "has_card", "account", "is_suspended"),
    list(itertools.product([False, True], [False, True], ["none", "kept", "gone", "both"], [False, True])),
)
def test_merging_and_parting_leaves_everything_as_it_was(
    *, has_bookings: bool, has_card: bool, account: str, is_suspended: bool
) -> None:
    login = factories.portal_account().pk
    kept = factories.individual(portal_account=login if account in {"kept", "both"} else None)
    gone = factories.individual(portal_account=login if account in {"gone", "both"} else None)
    if has_bookings:
        room = factories.meeting_room()
        for person, slot in ((kept, 1), (gone, 2)):
            factories.counter_booking(person, room, slots=(slot,))
    if has_card:
        card(gone)
        visit(gone)
        visit(kept)
    if is_suspended:
        with as_tenant(CHUO):
            first = clock.today() + 20 * DAY
            suspend(actor=CLERK, registrant=gone.pk, first=first, last=first, reason="無断不使用")
    before = everything()
    merged(kept, gone)
    assert everything() != before
    parted(gone)
    assert everything() == before


def test_what_came_after_the_merge_stays_with_the_record_that_was_kept() -> None:
    kept, gone, room = factories.individual(), factories.individual(), factories.meeting_room()
    before = factories.counter_booking(gone, room, slots=(1,))
    merged(kept, gone)
    after = factories.counter_booking(now_of(kept), room, slots=(2,))
    parted(gone)
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=before.pk).registrant_id == gone.pk
        assert Booking.objects.get(pk=after.pk).registrant_id == kept.pk


def test_an_account_that_was_unlinked_meanwhile_does_not_come_back() -> None:
    kept, gone = factories.individual(), factories.citizen_with_registration().registrant
    merged(kept, gone)
    assert now_of(kept).portal_account == gone.portal_account
    with as_tenant(CHUO):
        Registrant.objects.filter(pk=kept.pk).update(portal_account=None)
    parted(gone)
    assert (now_of(kept).portal_account, now_of(gone).portal_account) == (None, None)


def test_what_cannot_be_one_is_told_and_nothing_moves() -> None:
    person, club = factories.individual(), factories.group()
    linked = [factories.citizen_with_registration().registrant for _ in range(2)]
    holders = [factories.individual() for _ in range(2)]
    for one in holders:
        card(one)
    before = everything()
    for kept, gone, error in (
        (person, person, SameRecordError),
        (person, club, DifferentKindsError),
        (linked[0], linked[1], BothHaveAccountError),
        (holders[0], holders[1], BothHaveCardError),
    ):
        with pytest.raises(error):
            merged(kept, gone)
    assert everything() == before


def test_an_open_request_is_answered_first(superuser: Any) -> None:
    kept, gone = factories.individual(), factories.individual()
    superuser.execute(
        "INSERT INTO chuo.registrants_citizenrequest"
        " (registrant_id, kind, account, asked_at, wishes, note, state, answer)"
        " VALUES (%s, 'withdrawal', gen_random_uuid(), now(), '{}', '', 'open', '')",
        [gone.pk],
    )
    with pytest.raises(UnansweredRequestError):
        merged(kept, gone)


def test_a_closed_record_and_an_older_page_are_refused() -> None:
    kept, gone = factories.individual(), factories.individual()
    with pytest.raises(StaleRegistrationError):
        merged(kept, gone, seen_versions=(1, 7))
    with pytest.raises(WrongStateError):
        merged(factories.individual(state="closed"), gone)


def test_it_is_undone_within_thirty_days_only(freeze: Freeze) -> None:
    people = [factories.individual() for _ in range(3)]
    merged(people[0], people[1])
    merged(people[0], people[2])
    today = clock.today()
    freeze(f"{today + 30 * DAY} 10:00")
    parted(people[1])
    freeze(f"{today + 31 * DAY} 10:00")
    with pytest.raises(PartedTooLateError):
        parted(people[2])


def test_a_chain_is_parted_from_its_end() -> None:
    one, two, three = (factories.individual() for _ in range(3))
    merged(two, one)
    merged(three, two)
    with pytest.raises(MergedOnError):
        parted(one)
    parted(two)
    parted(one)
    assert [now_of(person).state for person in (one, two, three)] == ["active"] * 3


def test_what_was_not_merged_or_is_parted_already_is_not_parted() -> None:
    kept, gone = factories.individual(), factories.individual()
    with pytest.raises(WrongStateError):
        parted(gone)
    merged(kept, gone)
    parted(gone)
    with pytest.raises(WrongStateError):
        parted(gone)
    with as_tenant(CHUO):
        assert Merge.objects.get().undone_at is not None


def proposal(one: Registrant, other: Registrant) -> DuplicateProposal:
    first, second = pair(one.pk, other.pk)
    with as_tenant(CHUO):
        return DuplicateProposal.objects.create(
            one_id=first, other_id=second, grounds=["name_and_birth"], found_at=clock.now()
        )


def test_a_proposal_is_decided_by_merging_and_open_again_after_parting() -> None:
    kept, gone = factories.individual(), factories.individual()
    proposal(kept, gone)
    merged(kept, gone)
    with as_tenant(CHUO):
        assert not open_proposals().exists()
    parted(gone)
    with as_tenant(CHUO):
        assert open_proposals().count() == 1


def test_two_who_are_two_are_not_proposed_again() -> None:
    found = proposal(factories.individual(), factories.individual())
    with as_tenant(CHUO):
        dismiss(actor=CLERK, proposal=found.pk)
        assert not open_proposals().exists()
        with pytest.raises(UnknownProposalError):
            dismiss(actor=CLERK, proposal=found.pk)


def staying() -> set[str]:
    return {label for config in apps.get_app_configs() for label in getattr(config, "stays_at_merge", ())}


def test_of_everything_that_points_to_a_registrant_it_is_decided_whether_it_moves() -> None:
    every = {one.label for one in pointing()}
    assert staying() | set(words()) == every, "name it in moves_at_merge or in stays_at_merge"
    assert not staying() & set(words())


def test_nothing_points_to_a_registrant_but_what_the_models_say(superuser: Any) -> None:
    """A foreign key that a migration wrote by hand would be in no list: so the catalogue is asked."""
    found = superuser.execute(
        "SELECT r.relname, a.attname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
        " WHERE c.contype = 'f' AND c.confrelid = 'chuo.registrants_registrant'::regclass"
    ).fetchall()
    columns = [(one.model._meta.db_table, one.model._meta.get_field(one.field)) for one in pointing()]
    known = {(table, field.column) for table, field in columns if isinstance(field, Field)}
    assert set(found) == known


def test_columns_that_name_a_registrant_without_a_key_are_known(superuser: Any) -> None:
    """Each is left as it was at a merge: it tells of the record of then, or is looked up through ``merged_into``."""
    found = superuser.execute(
        "SELECT c.table_schema || '.' || c.table_name || '.' || c.column_name FROM information_schema.columns c"
        " WHERE c.table_schema IN ('chuo', 'shared') AND c.udt_name IN ('uuid', '_uuid')"
        " AND c.column_name ~ '(registra|person|subject|holder)' AND NOT EXISTS ("
        "  SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)"
        "  WHERE k.contype = 'f' AND k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass"
        "  AND a.attname = c.column_name)"
    ).fetchall()
    assert {name for (name,) in found} == WITHOUT_KEY


def test_the_tenants_role_may_move_whatever_moves() -> None:
    person = factories.individual()
    with as_tenant(CHUO):
        for one in movables():
            assert one.rows(person.pk).order_by().update(**{one.field: person.pk}) == 0


def spans(person: Registrant) -> list[tuple[dt.date, dt.date | None, str]]:
    with as_tenant(CHUO):
        return [(one.first, one.until, one.state) for one in spans_of(person.pk)]


def suspending(person: Registrant, first: dt.date, last: dt.date | None) -> None:
    with as_tenant(CHUO):
        suspend(actor=CLERK, registrant=person.pk, first=first, last=last, reason="無断不使用")


@pytest.mark.parametrize("last", [10, None])
def test_nobody_escapes_a_suspension_by_a_merge(last: int | None) -> None:
    kept, gone = factories.individual(), factories.individual()
    today = clock.today()
    until = None if last is None else today + last * DAY
    suspending(gone, today, until)
    before = spans(kept)
    merged(kept, gone)
    assert now_of(kept).state == "suspended"
    assert spans(kept)[-1][2] == ("suspended" if last is None else "active")
    parted(gone)
    assert (spans(kept), now_of(kept).state) == (before, "active")
    assert now_of(gone).state == "suspended"


def test_a_suspension_that_was_changed_meanwhile_is_left_to_the_clerk() -> None:
    kept, gone = factories.individual(), factories.individual()
    suspending(gone, clock.today(), None)
    merged(kept, gone)
    with as_tenant(CHUO):
        lift(actor=CLERK, registrant=kept.pk, effective_on=clock.today() + DAY, reason="反省が見られたため")
    after = spans(kept)
    parted(gone)
    assert spans(kept) == after


@pytest.mark.parametrize("state", ["provisional", "under_review"])
def test_a_registration_is_not_merged_into_one_that_was_only_asked_for(state: str) -> None:
    kept, gone = factories.individual(), factories.individual()
    asked = factories.individual(state=state)
    with pytest.raises(NotYetRegisteredError):
        merged(asked, gone)
    merged(kept, asked)
    assert now_of(asked).state == "closed"


def test_marks_of_both_against_the_use_of_their_data_stay() -> None:
    kept, gone = factories.individual(), factories.individual()
    with as_tenant(CHUO):
        marks = [
            UseStop.objects.create(registrant=who, request=uuid.uuid4(), since=clock.now()) for who in (kept, gone)
        ]
    merged(kept, gone)
    with as_tenant(CHUO):
        assert [UseStop.objects.get(pk=one.pk).registrant_id for one in marks] == [kept.pk, gone.pk]
    other = factories.individual()
    merged(other, kept)
    with as_tenant(CHUO):
        assert use_stop_of(other.pk) is not None


def test_a_moved_card_is_found_in_the_index_by_the_name_of_the_record_it_is_with() -> None:
    gone, kept = factories.individual(), factories.individual(family_kana="マルマル")
    held = factories.senior_card(registrant=gone)

    def tokens() -> set[Any]:
        with as_tenant(CHUO):
            list(retoken_all())
            return set(CardToken.objects.filter(card=held).values_list("t1", flat=True))

    before = tokens()
    merged(kept, gone)
    assert before
    assert tokens().isdisjoint(before)
    parted(gone)
    assert tokens() == before


def test_a_visit_after_the_merge_goes_back_with_its_card() -> None:
    kept, gone = factories.individual(), factories.individual()
    held = card(gone)
    merged(kept, gone)
    with as_tenant(CHUO):
        said: dict[str, Any] = {
            "day": clock.today(),
            "at": clock.now(),
            "facility": kept.pk,
            "registrant": now_of(kept),
        }
        by_card = Visit.objects.create(card=held, **said)
        without = Visit.objects.create(**said)
    parted(gone)
    with as_tenant(CHUO):
        assert Visit.objects.get(pk=by_card.pk).registrant_id == gone.pk
        assert Visit.objects.get(pk=without.pk).registrant_id == kept.pk


def test_what_moves_is_counted_by_kinds() -> None:
    kept, gone = factories.individual(), factories.individual()
    factories.counter_booking(gone, factories.meeting_room())
    visit(kept)
    visit(gone)
    with as_tenant(CHUO):
        assert [(str(word), one, other) for word, one, other in counts_of(kept.pk, gone.pk)] == [
            ("予約", 0, 1),
            ("来館の記録", 1, 1),
        ]


def test_the_portal_shows_what_was_merged_to_the_account_that_stays() -> None:
    citizen, kept = factories.citizen_with_registration(), factories.individual()
    booking = factories.counter_booking(citizen.registrant, factories.meeting_room())
    merged(kept, citizen.registrant)
    with as_portal(CHUO, citizen.account.pk):
        assert list(Registrant.objects.values_list("pk", flat=True)) == [kept.pk]
        assert list(Booking.objects.values_list("pk", flat=True)) == [booking.pk]
        assert list(PortalLink.objects.values_list("registration", flat=True)) == [kept.pk]
    parted(citizen.registrant)
    with as_portal(CHUO, citizen.account.pk):
        assert list(PortalLink.objects.values_list("registration", flat=True)) == [citizen.registrant.pk]
