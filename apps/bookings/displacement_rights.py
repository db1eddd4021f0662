"""Which role may do what with the tables of ``models.displacement``; no citizen's request reaches them."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights

HIT_CHANGED: Final = (
    "(seen_version, was, proposals, choice, target_room_id, target_day, target_slots, consent, consent_at, consent_by,"
    " became, paid, refund, told_at, fiscal_year, serial, notice, texts, printed)"
)
DISPLACEMENT_CHANGED: Final = (
    "(occasion, detail, article, reason, spans, state, found_at, carried_at, carried_by, figures, ended_at, ended_by,"
    " end_reason, version)"
)
DISPLACEMENT_RIGHTS: Final = {
    "bookings_displacement": Rights(tenant=f"SELECT, INSERT, UPDATE {DISPLACEMENT_CHANGED}"),
    "bookings_displacement_rooms": Rights(tenant="SELECT, INSERT, DELETE"),
    "bookings_displacementhit": Rights(tenant=f"SELECT, INSERT, UPDATE {HIT_CHANGED}, DELETE"),
}
