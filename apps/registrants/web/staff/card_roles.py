"""Who at a desk handles cards: 登録証 only the 登録証担当, 利用者カード and visits also the counter."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from apps.registrants.models import CardKind
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, staff_of
from shared.staff.models import StaffAccount
from shared.staff.rights import Right, holds


def may_handle(account: StaffAccount | None, kind: str) -> bool:
    """Whether ``account`` may issue, replace and end cards of ``kind``."""
    right = Right.SENIOR_CARDS if kind == CardKind.SENIOR else Right.CARDS_KEEP
    return account is not None and holds(account.roles, right)


def kinds_for(account: StaffAccount | None) -> list[str]:
    """The kinds of card that ``account`` may handle."""
    return [kind for kind in CardKind.values if may_handle(account, kind)]


def check_role(request: SiteRequest, kind: str) -> None:
    """``PermissionDenied`` and an audit entry for whoever may not."""
    if not may_handle(staff_of(request), kind):
        record(actor_of(request), Action.DENIED, object_type="page", object_id="card", why="role", kind=kind)
        raise PermissionDenied
