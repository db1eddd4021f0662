"""What proves an account that has ended is not kept: passkeys, authenticator app and recovery codes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel import clock
from shared.actor import SYSTEM
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.staff.models import Authenticator, Passkey, RecoveryCode, StaffAccount, Suspension


def forget_proofs() -> int:
    """Take them away from every account of this schema that has ended; from how many. Audited, one entry each."""
    held = Q(Exists(Passkey.objects.filter(account=OuterRef("pk")))) | Q(
        Exists(Authenticator.objects.filter(account=OuterRef("pk")))
    )
    with transaction.atomic():
        ended = list(_ended().filter(held).order_by("pk").values_list("pk", flat=True))
        if not ended:
            return 0
        for model in (Passkey, Authenticator, RecoveryCode):
            model._default_manager.filter(account__in=ended).delete()
        insert_together(
            *(
                entry(
                    SYSTEM, Action.DELETE, object_type="account", object_id=one, fields=["second_factor"], why="ended"
                )
                for one in ended
            )
        )
    return len(ended)


def _ended() -> QuerySet[StaffAccount]:
    """Accounts whose last day, or whose operator's last day, is past, and those of people who have left."""
    today = clock.today()
    is_over = Q(ends_on__lt=today) | Q(term__endswith__lte=today) | Q(suspended_why=Suspension.LEAVING)
    return StaffAccount.objects.filter(is_over)
