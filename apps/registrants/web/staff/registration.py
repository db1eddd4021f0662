"""What a registrant's page says of the registration, to whom."""

from __future__ import annotations

from apps.registrants.models import Registrant
from apps.registrants.queries.registration import Registration, registration_of
from apps.registrants.queries.standing import Standing
from apps.registrants.web.staff.inbox import DECIDING
from apps.registrants.web.staff.register import COUNTER
from shared.staff.models import StaffAccount


def shown_to(account: StaffAccount | None, found: Registrant, standing: Standing) -> Registration:
    """The rest of the registration, with the acts that ``account`` may do; context ``registration``."""
    roles = {*account.roles} if account else set()
    return registration_of(found, standing, works=bool(roles & {*COUNTER}), decides=bool(roles & {*DECIDING}))
