"""What waits at the desk among registrations, and where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Card, CardState, Registrant, RegistrantState
from apps.registrants.queries.due_cards import cards_that_end, cards_to_review, renewable_until
from apps.registrants.queries.inbox import PUT_OFF, WAITING, put_off
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.inquiring import is_late
from kernel import clock
from shared.reminders import Reminder
from shared.seniorcards.inquiries import letters
from shared.staff.rights import Right


def reminders(_today: dt.date) -> Iterator[Reminder]:
    """By three statements, and one more where an answer came to an inquiry."""
    counted = Registrant.objects.filter(state__in=WAITING).aggregate(
        review=Count("pk", filter=Q(state=RegistrantState.UNDER_REVIEW)),
        provisional=Count("pk", filter=Q(state=RegistrantState.PROVISIONAL)),
    )
    address = reverse("desk:registrations")
    yield Reminder(counted["review"], _("審査を待つ登録"), address, Right.REGISTRANTS_DECIDE)
    yield Reminder(
        counted["provisional"],
        _("窓口での手続を待つ仮登録"),
        f"{address}?state={RegistrantState.PROVISIONAL}",
        Right.REGISTRANTS_KEEP,
    )
    yield Reminder(
        put_off().count(),
        _("未納や予約が残り、抹消を見合わせている登録"),
        f"{address}?state={PUT_OFF}",
        Right.REGISTRANTS_DECIDE,
    )
    yield from _inquiries()


def _inquiries() -> Iterator[Reminder]:
    """照会票 that wait here, those that are late, and answers and decisions by which an application goes on.

    Two statements.
    """
    now, address = clock.now(), reverse("desk:inquiries")
    found = [one for one in letters() if one.closed_at is None or one.decision]
    asked = [one for one in found if one.is_received and not one.answer]
    late = sum(is_late(one.opened_at, now) for one in asked)
    answered = [one.card for one in found if not one.is_received and one.answer]
    applied = Card.objects.filter(pk__in=answered, state=CardState.APPLIED).count() if answered else 0
    yield Reminder(late, _("回答が遅れている照会票"), address, Right.SENIOR_CARDS, is_urgent=True)
    yield Reminder(applied, _("照会票の回答か市の決定が届いた登録証の申請"), address, Right.SENIOR_CARDS)
    yield Reminder(len(asked), _("回答を待たれている照会票"), address, Right.SENIOR_CARDS)


def cards(today: dt.date) -> Iterator[Reminder]:
    """登録証 that somebody has to look after; three statements."""
    address = reverse("desk:cards_due")
    to_review = cards_to_review(today, policy_on(today)).count()
    yield Reminder(to_review, _("現況確認の時期を過ぎた登録証"), address, Right.SENIOR_CARDS)
    ending = cards_that_end(renewable_until(today)).count()
    yield Reminder(ending, _("有効期限が近い、または過ぎた登録証"), f"{address}?list=end", Right.SENIOR_CARDS)
