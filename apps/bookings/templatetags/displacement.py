"""The alert that the city has ordered rooms (行政使用の依頼), for the pages that a desk opens first."""

from __future__ import annotations

from typing import Any

from django import template

from apps.bookings.queries.displacement import waiting_orders

register = template.Library()


@register.inclusion_tag("bookings/staff/displacement/_alert.html")
def waiting_order_alert() -> dict[str, Any]:
    """How many orders were not carried out, and whether one is an emergency; one statement."""
    orders = waiting_orders()
    return {"count": len(orders), "is_urgent": any(one.order.stops for one in orders)}
