"""A facility's month as JSON: room, day and slot with a status code, for anybody, without personal data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings.queries.availability import days_of_month, room_days
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.rules.availability import DayMark
from kernel import clock
from shared.web.dates import month_from


class FacilityMonth(APIView):
    """空き状況: what of a facility is free in a month."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=[OpenApiParameter("month", str, description="YYYY-MM; the present month if left out")],
        responses={200: dict[str, Any]},
    )
    def get(self, request: Request, tenant: str, facility: UUID) -> Response:
        """``rooms``: each with ``days``: day -> ``mark`` and ``slots``, pairs of number and mark."""
        month = month_from(request.query_params.get("month", ""), default=clock.today())
        offers = [offer for offer in offers_of_facility(facility) if offer.tenant == tenant]
        if not offers:
            raise Http404
        rooms = [
            {"room": str(one.offer.room), "name": one.offer.name, "days": dict(map(day_json, one.days))}
            for one in room_days(offers, days_of_month(month))
        ]
        return Response({"facility": str(facility), "month": f"{month:%Y-%m}", "rooms": rooms})


def day_json(day: DayMark) -> tuple[str, dict[str, Any]]:
    """A day as a key and its value."""
    return f"{day.day:%Y-%m-%d}", {"mark": day.mark, "slots": [[one.slot.number, one.mark] for one in day.slots]}
