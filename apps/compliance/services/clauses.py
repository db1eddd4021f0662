"""A new version of a text of law or agreement, and the planting of the first ones."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import IntegrityError, transaction

from apps.compliance.agreement_errors import ClauseChangedError
from apps.compliance.clauses import seeds
from apps.compliance.models.clauses import ClauseText
from apps.compliance.queries.clauses import versions_of
from apps.compliance.rules.clauses import Wording, check_new_version
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from tenants.scope import OWNER

SINCE: Final = dt.date(2017, 4, 1)
"""The first versions hold from here on: the day on which the first designated manager took over."""


def add_version(
    *, actor: Actor, code: str, title: str, body: str, in_force_from: dt.date, why: str, seen_version: int
) -> int:
    """Write the next version, which holds from ``in_force_from``, today or later; its number.

    ``UnknownClauseError``, ``ClauseForThePastError``, ``ClauseUnchangedError``, and ``ClauseChangedError`` when a
    version newer than ``seen_version`` is there.
    """
    latest = versions_of(code)[0]
    said = Wording(title, body).tidied()
    if latest.version != seen_version:
        raise ClauseChangedError
    check_new_version(before=Wording(latest.title, latest.body), after=said, first=in_force_from, today=clock.today())
    row = ClauseText(
        code=code,
        version=latest.version + 1,
        title=said.title,
        body=said.body,
        in_force_from=in_force_from,
        made_by=actor.id,
        made_at=clock.now(),
        why=why.strip(),
    )
    trace = entry(actor, Action.CHANGE, object_type="clause", object_id=code, version=row.version)
    try:
        with transaction.atomic():
            insert_together(row, trace)
    except IntegrityError:  # somebody was faster by a moment
        raise ClauseChangedError from None
    return row.version


def plant() -> None:
    """Put in the first version of every text that is not there yet; runs as the owner, after the migrations."""
    known = set(ClauseText.objects.using(OWNER).values_list("code", flat=True))
    for seed in seeds():
        if seed.code not in known:
            ClauseText.objects.using(OWNER).create(
                code=seed.code,
                version=1,
                title=seed.title,
                body=seed.body,
                in_force_from=SINCE,
                made_at=dt.datetime.combine(SINCE, dt.time(), TOKYO),
                why="初版",
            )
