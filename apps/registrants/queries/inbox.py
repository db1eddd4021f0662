"""Registrations that wait for the desk: 仮登録 for their completion, others for a decision (審査), and closings that
something stands in the way of (抹消の見合わせ)."""

from __future__ import annotations

from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from apps.registrants.models import Act, Registrant, RegistrantState, RegistrationAct

WAITING: Final = (RegistrantState.UNDER_REVIEW, RegistrantState.PROVISIONAL)
PUT_OFF: Final = "put_off"
"""How the list of ``put_off`` is asked for."""


def waiting(state: str) -> QuerySet[Registrant]:
    """Registrations in ``state``, those that have waited longest first."""
    return Registrant.objects.filter(state=state).order_by("registered_on", "number")


def put_off() -> QuerySet[Registrant]:
    """Registrations whose closing is put off until all is settled, in the order of their numbers.

    The last that was said of the closing is that it is put off. Looked for by those few acts (``closings_put_off``).
    """
    about = RegistrationAct.objects.filter(registrant=OuterRef("pk"), act__in=[Act.CLOSE, Act.PUT_OFF, Act.REOPEN])
    ever = RegistrationAct.objects.filter(act=Act.PUT_OFF).values("registrant")
    found = Registrant.objects.filter(pk__in=ever).exclude(state=RegistrantState.CLOSED)
    found = found.alias(said=Subquery(about.order_by("-at", "-id").values("act")[:1])).filter(said=Act.PUT_OFF)
    return found.order_by("number")
