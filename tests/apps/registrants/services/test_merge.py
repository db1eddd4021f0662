"""Two records become one, and are two again: exactly as before."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from apps.bookings.models import Booking
from apps.registrants.errors import (
    BothHaveAccountError,
    BothHaveCardError,
    DifferentKindsError,
    MergedOnError,
    OpenRequestError,
    PartedTooLateError,
    SameRecordError,
    StaleRegistrationError,
    UnknownProposalError,
    WrongStateError,
)
from apps.registrants.models import (
    Card,
    DuplicateProposal,
    EmergencyContact,
    Merge,
    Registrant,
    RegistrationAct,
    StateSpan,
    Visit,
)
from apps.registrants.queries.merging import merges_of, open_proposals
from apps.registrants.rules.merging import pair
from apps.registrants.services.merge import dismiss, merge, unmerge
from apps.registrants.services.moving import movables, pointing
from apps.registrants.services.suspend import suspend
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
CLERK = Actor(kind="staff")
DAY = dt.timedelta(days=1)
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
    with pytest.raises(OpenRequestError):
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


def test_everything_that_points_to_a_registrant_moves_or_is_named_as_staying() -> None:
    assert {one.label for one in movables()} >= {
        "bookings.booking.registrant",
        "registrants.card.registrant",
        "registrants.visit.registrant",
    }
    stays = {label for config in apps.get_app_configs() for label in getattr(config, "stays_at_merge", ())}
    assert stays <= {one.label for one in pointing()}


def test_the_tenants_role_may_move_whatever_moves() -> None:
    person = factories.individual()
    with as_tenant(CHUO):
        for one in movables():
            assert one.rows(person.pk).order_by().update(**{one.field: person.pk}) == 0
