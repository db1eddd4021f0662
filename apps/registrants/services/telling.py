"""A registrant is told by mail what was decided about the registration (決定のお知らせ). It is no notice (通知書)."""

from __future__ import annotations

import datetime as dt
from typing import Final

from apps.registrants.mail import facility_context
from apps.registrants.models import Act, Registrant
from apps.registrants.rules.addressing import addressee
from shared.inserts import insert_together
from shared.outbox.messages import message

TEMPLATE: Final = "registrants/mail/decided"


def tell(
    found: Registrant, act: Act, *, first: dt.date | None = None, last: dt.date | None = None, reason: str = ""
) -> None:
    """Write the mail about ``act``, in the transaction of the act; nothing for whoever has no address.

    ``found`` is the registration as it became; ``first`` and ``last`` are the days that the act is about.
    """
    recipient = addressee(found.pk, found.portal_account, found.extras)
    if recipient is None:
        return
    told = {
        "act": act.value,
        "state": str(found.state),
        "number": found.number,
        "first": first.isoformat() if first else "",
        "last": last.isoformat() if last else "",
        "reason": reason,
        "by_account": found.portal_account is not None,
    }
    insert_together(message(template=TEMPLATE, recipient=recipient, context=facility_context() | told))
