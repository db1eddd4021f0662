"""A facility's month as JSON: room, day and slot with a status code, for anybody, without personal data."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.bookings.queries.availability import Vacancies, days_of_month, vacancies
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.rules.availability import DayMark, Mark
from kernel import clock
from kernel.remembered import Remembered
from shared.web.dates import month_from
from shared.web.problem_schema import problem

SLUG: Final = "^[-a-zA-Z0-9_]+$"
YEAR_AND_MONTH: Final = "^([0-9]{4}-(0[1-9]|1[0-2]))?$"
DAY: Final = {
    "type": "object",
    "required": ["mark", "slots"],
    "properties": {
        "mark": {"type": "string", "enum": [mark.value for mark in Mark]},
        "slots": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {}}},
    },
}
MONTH: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["facility", "month", "rooms"],
    "properties": {
        "facility": {"type": "string", "format": "uuid"},
        "month": {"type": "string", "pattern": YEAR_AND_MONTH},
        "rooms": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["room", "name", "days"],
                "properties": {
                    "room": {"type": "string", "format": "uuid"},
                    "name": {"type": "string"},
                    "days": {"type": "object", "additionalProperties": DAY},
                },
            },
        },
    },
}
"""The answer, for the schema of the interface."""

_bodies: Final[Remembered[bytes]] = Remembered(at_most=300)


class FacilityMonth(APIView):
    """空き状況: what of a facility is free in a month."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=[
            OpenApiParameter("tenant", {"type": "string", "pattern": SLUG}, OpenApiParameter.PATH),
            OpenApiParameter(
                "month",
                {"type": "string", "pattern": YEAR_AND_MONTH},
                description="The present month if left out; one that is years away is refused",
            ),
        ],
        responses={200: MONTH} | problem(400, "No such month") | problem(404, "No such facility at this place"),
    )
    def get(self, request: Request, tenant: str, facility: UUID) -> HttpResponse:
        """``rooms``: each with ``days``: day -> ``mark`` and ``slots``, pairs of number and mark."""
        month = month_from(request.query_params.get("month", ""), default=clock.today())
        offers = [offer for offer in offers_of_facility(facility) if offer.tenant == tenant]
        if not offers:
            raise Http404
        found = vacancies(offers, days_of_month(month))
        body = _bodies.get(found.key) or _bodies.put(found.key, month_json(facility, month, found))
        return HttpResponse(body, content_type="application/json")


def month_json(facility: UUID, month: dt.date, found: Vacancies) -> bytes:
    """The answer's body."""
    rooms = [
        {"room": str(one.offer.room), "name": one.offer.name, "days": dict(map(day_json, one.days))}
        for one in found.rooms
    ]
    answer = {"facility": str(facility), "month": f"{month:%Y-%m}", "rooms": rooms}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def day_json(day: DayMark) -> tuple[str, dict[str, Any]]:
    """A day as a key and its value."""
    return f"{day.day:%Y-%m-%d}", {"mark": day.mark, "slots": [[one.slot.number, one.mark] for one in day.slots]}
