"""The session store of desk and city; the search path decides in which schema."""

from __future__ import annotations

from shared.sessions import AccountSessionStore
from shared.staff.models import StaffSession


class StaffSessionStore(AccountSessionStore):
    """Sessions of staff."""

    model_class = StaffSession
