"""What a registrant's page says of the registration, to whom."""

from __future__ import annotations

from apps.registrants.models import Registrant
from apps.registrants.queries.registration import Registration, registration_of
from apps.registrants.queries.standing import Standing
from shared.staff.models import StaffAccount
from shared.staff.rights import Right, rights_of


def shown_to(account: StaffAccount | None, found: Registrant, standing: Standing) -> Registration:
    """The rest of the registration, with the acts that ``account`` may do; context ``registration``."""
    held = rights_of(account.roles) if account else frozenset()
    works, decides = Right.REGISTRANTS_KEEP in held, Right.REGISTRANTS_DECIDE in held
    return registration_of(found, standing, works=works, decides=decides)
