"""Figures of registrants and cards for the monthly monitoring. Counts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import CardIssue, CitizenRequest, CitizenRequestState
from kernel import clock
from shared.facts import Fact, Month

OLD: Final = dt.timedelta(days=14)
"""A request that has waited so long should have been answered [D]."""


def of_month(_schema: str, month: Month) -> Iterator[Fact]:
    """Cards that lay in the office at the month's end, requests that were open then; three statements."""
    _begin, end = month.span
    last = month.following - dt.timedelta(days=1)
    lying = Q(handed_over_on=None) | Q(handed_over_on__gt=last)
    valid = Q(voided_on=None) | Q(voided_on__gt=last)
    kept = CardIssue.objects.filter(lying, valid, made_on__lte=last).count()
    yield Fact("cards_unhanded", kept, _("月末に未交付のカード・登録証は{value}枚です。"), bool(kept))
    waiting = CitizenRequest.objects.filter(
        Q(state=CitizenRequestState.OPEN) | Q(decided_at__gte=end), asked_at__lt=end
    )
    old = waiting.filter(asked_at__lt=clock.at(last, dt.time()) - OLD).count()
    text = _("月末に未処理の訂正・廃止の届出は{value}件です（うち14日を超えたもの{old}件）。")
    yield Fact("requests_open", waiting.count(), text, bool(old), {"old": old})
