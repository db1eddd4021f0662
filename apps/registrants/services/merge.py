"""Two records of one person or group become one (統合), and are parted again (統合の取消し)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.registrants.errors import WrongStateError
from apps.registrants.merging_errors import MergedOnError, UnknownProposalError
from apps.registrants.models import (
    Act,
    CloseCause,
    DuplicateProposal,
    Merge,
    ProposalState,
    Registrant,
    RegistrantState,
)
from apps.registrants.queries.merging import side_of
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.merging import check_merge, check_parting, inherited, pair
from apps.registrants.rules.standing import CLOSED, Span, changed, check_reason, state_on
from apps.registrants.services.acting import leave_trace, registrant_for, write, write_spans
from apps.registrants.services.hooks import Merging, run_at_merge
from apps.registrants.services.moving import lock_rows, move_back, move_rows
from apps.registrants.services.retokening import follow_holders
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


def merge(
    *,
    actor: Actor,
    kept: UUID,
    gone: UUID,
    reason: str,
    seen_versions: tuple[int, int] | None = None,
) -> None:
    """Let ``kept`` stand for both: all that ``gone`` had moves to it, and ``gone`` is closed as merged.

    A suspension of ``gone`` goes on at ``kept``. What ``kept`` has already and can have only once (a place in the same
    line, a proposed measure) stays at ``gone``.

    ``seen_versions`` are those of ``kept`` and ``gone``. Raises the errors of ``registrant_for``, ``check_reason`` and
    ``rules.merging.check_merge``; nothing is changed then.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        lock_rows(gone)
        stays, goes = _both(Act.MERGE, kept, gone, seen_versions)
        check_merge(side_of(stays), side_of(goes))
        moved = _move(stays, goes)
        follow_holders([kept])
        now = clock.now()
        run_at_merge(Merging(kept, gone, now, moved["rows"]))
        Merge.objects.create(kept=stays, gone=goes, at=now, by=actor.id, reason=cleaned, moved=moved)
        _decide(actor, kept, gone, ProposalState.MERGED)
        leave_trace(actor, kept, Act.MERGE, reason=cleaned)
        leave_trace(actor, gone, Act.MERGE, cause=CloseCause.MERGED, reason=cleaned)


def unmerge(*, actor: Actor, registrant: UUID, reason: str, seen_version: int | None = None) -> None:
    """Part ``registrant`` from the record that it was merged into: all is as before, as far as it is still there.

    Raises the errors of ``registrant_for`` and ``check_reason``, ``WrongStateError`` for a record that was not merged,
    ``PartedTooLateError``, ``MergedOnError``.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = _merge_of(registrant)
        lock_rows(found.kept_id)
        stays, goes = _both(Act.UNMERGE, found.kept_id, registrant, None, seen_gone=seen_version)
        check_parting(found.at.astimezone(TOKYO).date(), clock.today())
        if stays.merged_into_id is not None:
            raise MergedOnError
        _restore(stays, goes, found.moved)
        follow_holders([stays.pk, registrant])
        run_at_merge(Merging(stays.pk, registrant, found.at, found.moved["rows"], is_parting=True))
        Merge.objects.filter(pk=found.pk).update(undone_at=clock.now(), undone_by=actor.id)
        _decide(actor, stays.pk, registrant, ProposalState.OPEN)
        leave_trace(actor, stays.pk, Act.UNMERGE, reason=cleaned)
        leave_trace(actor, registrant, Act.UNMERGE, reason=cleaned)


def dismiss(*, actor: Actor, proposal: int) -> None:
    """Decide that the two records of a proposal are two (別人・別団体). ``UnknownProposalError`` if it is not open."""
    with transaction.atomic():
        found = DuplicateProposal.objects.filter(pk=proposal, state=ProposalState.OPEN)
        row = found.select_for_update().first()
        if row is None:
            raise UnknownProposalError
        _decide(actor, row.one_id, row.other_id, ProposalState.DISMISSED)
        pair_of = [row.one_id, row.other_id]
        record(actor, Action.CHANGE, object_type="duplicate_proposal", persons=pair_of, act="dismiss")


def _both(
    act: Act,
    kept: UUID,
    gone: UUID,
    seen_versions: tuple[int, int] | None,
    *,
    seen_gone: int | None = None,
) -> tuple[Registrant, Registrant]:
    """Both records under lock, taken in one order whoever stays."""
    list(Registrant.objects.select_for_update().filter(pk__in=[kept, gone]).order_by("pk").values_list("pk"))
    of_kept, of_gone = seen_versions or (None, seen_gone)
    if act == Act.UNMERGE:
        stays = Registrant.objects.get(pk=kept)
    else:
        stays = registrant_for(act, registrant=kept, seen_version=of_kept)
    return stays, registrant_for(act, registrant=gone, seen_version=of_gone)


def _move(stays: Registrant, goes: Registrant) -> dict[str, Any]:
    """Let ``stays`` have what ``goes`` had; all that is needed to undo it. The account is kept before it is let go."""
    moved = _as_it_was(goes) | {"rows": move_rows(goes.pk, stays.pk)}
    takes_account = stays.portal_account is None and goes.portal_account is not None
    write(stays, **({"portal_account": goes.portal_account} if takes_account else {}))
    inherits = _inherit(stays, goes)
    spans = changed(spans_of(goes.pk), CLOSED, clock.today())
    write_spans(goes, spans, portal_account=None, merged_into=stays)
    return moved | {"takes_account": takes_account} | inherits


def _inherit(stays: Registrant, goes: Registrant) -> dict[str, Any]:
    """Let the suspensions of ``goes`` go on; the spans of ``stays`` before and after, if that changed them."""
    before, today = spans_of(stays.pk), clock.today()
    after = inherited(before, spans_of(goes.pk), today)
    if after == before:
        return {}
    write_spans(stays, after)
    return {"kept_before": _told(before), "kept_after": _told(after)}


def _as_it_was(goes: Registrant) -> dict[str, Any]:
    account = str(goes.portal_account) if goes.portal_account else None
    return {"spans": _told(spans_of(goes.pk)), "account": account}


def _told(spans: Iterable[Span]) -> list[list[str | None]]:
    """Spans as JSON keeps them."""
    return [[span.first.isoformat(), span.until.isoformat() if span.until else None, span.state] for span in spans]


def _read(told: Iterable[Sequence[Any]]) -> list[Span]:
    return [Span(_day(first), _day(until) if until else None, state) for first, until, state in told]


def _merge_of(gone: UUID) -> Merge:
    found = Merge.objects.select_for_update().filter(gone=gone, undone_at=None).first()
    if found is None:
        raise WrongStateError
    return found


def _restore(stays: Registrant, goes: Registrant, moved: dict[str, Any]) -> None:
    """Account and suspension go back only while they are as the merge left them."""
    spans = _read(moved["spans"])
    account = UUID(moved["account"]) if moved["account"] else None
    account = account if account == stays.portal_account else None
    write(goes, merged_into=None, state=RegistrantState(state_on(spans, goes.valid_until, clock.today())))
    write_spans(goes, spans, portal_account=account)
    move_back(moved["rows"], stays.pk, goes.pk)
    if "kept_after" in moved and spans_of(stays.pk) == _read(moved["kept_after"]):
        write_spans(stays, _read(moved["kept_before"]))
    write(stays, **({"portal_account": None} if account and moved["takes_account"] else {}))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _decide(actor: Actor, one: UUID, other: UUID, state: ProposalState) -> None:
    first, second = pair(one, other)
    is_open = state == ProposalState.OPEN
    DuplicateProposal.objects.filter(Q(one=first, other=second)).update(
        state=state, decided_at=None if is_open else clock.now(), decided_by=None if is_open else actor.id
    )
