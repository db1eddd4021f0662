"""The pairs of records that may be of one person or group are worked off by a clerk."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client

from apps.registrants.models import DuplicateProposal, ProposalState, Registrant, RegistrantState
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.registrants.web.staff.registering import shown
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

PAGE = "/registrants/proposals/"


def proposed(first: Registrant, second: Registrant, *grounds: str) -> DuplicateProposal:
    one, other = sorted([first, second], key=lambda registrant: registrant.pk)
    with as_tenant(CHUO):
        return DuplicateProposal.objects.create(
            one=one, other=other, grounds=list(grounds or ("phone",)), found_at=clock.now()
        )


def test_a_pair_is_shown_with_its_grounds_and_masked(receptionist: Client) -> None:
    pair = proposed(factories.group(phone="0476-00-4321"), factories.group(), "group_name", "phone")
    page = shown(receptionist.get(PAGE))
    assert all(text in page for text in (pair.one.number, pair.other.number, "団体名が似ています、電話番号が同じです"))
    assert "0476-00-4321" not in page


@pytest.mark.parametrize("ground", ["name_and_birth", "phone", "address", "group_name", "members"])
def test_every_ground_has_its_words(receptionist: Client, ground: str) -> None:
    proposed(factories.individual(), factories.individual(), ground)
    assert receptionist.get(PAGE).status_code == 200


def test_a_pair_that_is_two_is_gone_from_the_list_and_recorded(receptionist: Client) -> None:
    pair = proposed(factories.individual(), factories.individual())
    answer = receptionist.post(f"{PAGE}{pair.pk}/dismiss/", follow=True)
    assert "候補はありません" in shown(answer)
    with as_tenant(CHUO):
        pair.refresh_from_db()
        audited = AuditEntry.objects.get(object_type="duplicate_proposal", object_id=str(pair.pk))
    assert (pair.state, pair.decided_by is not None) == (ProposalState.DISMISSED, True)
    assert audited.detail == {"act": "dismiss"}


def test_what_was_decided_is_not_decided_again(receptionist: Client) -> None:
    pair = proposed(factories.individual(), factories.individual())
    answers = [receptionist.post(f"{PAGE}{pair.pk}/dismiss/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 404]
    assert "この組は、すでに確認されています。" in shown(answers[1])


def test_a_pair_of_which_one_is_closed_needs_nobody(receptionist: Client) -> None:
    proposed(factories.individual(), factories.individual(state=RegistrantState.CLOSED))
    assert "候補はありません" in shown(receptionist.get(PAGE))


def test_nobody_without_the_role_sees_or_decides(desk: Client) -> None:
    pair = proposed(factories.individual(), factories.individual())
    assert desk.get(PAGE).status_code == 403
    assert desk.post(f"{PAGE}{pair.pk}/dismiss/").status_code == 403


@pytest.mark.parametrize("number", [2, 6])
def test_it_takes_as_many_statements_for_any_number_of_pairs(receptionist: Client, number: int) -> None:
    people = [factories.individual() for _ in range(number)]
    for one, other in pairwise(people):
        proposed(one, other)
    with count_statements() as statements:
        receptionist.get(PAGE)
    assert statements.count == 6, statements
