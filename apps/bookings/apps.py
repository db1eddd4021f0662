"""Django application of the bookings."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.bookings.disclosed import DISCLOSED, UNDISCLOSED
from apps.bookings.displacement_rights import DISPLACEMENT_RIGHTS
from apps.bookings.displacement_texts import DISPLACEMENT_TEXTS
from apps.bookings.fee_apps import FEE_RIGHTS
from apps.bookings.fee_texts import FEE_TEXTS
from apps.bookings.gear_rights import GEAR_RIGHTS
from apps.bookings.gear_texts import GEAR_ERROR_TEXTS
from apps.bookings.intake_texts import ROW_TEXTS
from apps.bookings.life_rights import LIFE_RIGHTS
from apps.bookings.life_texts import LIFE_ERROR_TEXTS
from apps.bookings.online_apps import ONLINE_RIGHTS
from apps.bookings.online_texts import ONLINE_TEXTS
from apps.bookings.paper_rights import PAPER_EXEMPT, PAPER_FUNCTIONS, PAPER_RIGHTS
from apps.bookings.paper_texts import PAPER_TEXTS
from apps.bookings.portal_apps import PORTAL_EXEMPT, PORTAL_RIGHTS
from apps.bookings.refund_texts import REFUND_TEXTS
from apps.bookings.texts import ERROR_TEXTS
from apps.bookings.use_texts import USE_ERROR_TEXTS
from tenants.rights import OWN_ACCOUNT, CityView, Rights, RowRule

MASTER: Final = Rights(tenant="SELECT, INSERT, UPDATE, DELETE", portal="SELECT")
OWN_REGISTRATIONS: Final = (
    "registrant_id IN (SELECT id FROM registrants_registrant"  # noqa: S608  # a constant
    f" WHERE portal_account = {OWN_ACCOUNT})"
)
CITIZENS_TO_DECIDE: Final = (
    "(state IN ('hold', 'under_review', 'cancelled') OR EXISTS (SELECT FROM bookings_room r WHERE r.id = room_id"
    " AND (r.reception, state) IN (('immediate', 'permitted'), ('tentative', 'tentative'))))"
)
OWN_BOOKING: Final = (
    "EXISTS (SELECT FROM bookings_booking b WHERE b.id = booking_id)"  # the booking's own row rule applies inside
)

CITY_BOOKING: Final = {
    "tenant": "text",
    "id": "uuid",
    "number": "varchar",
    "facility": "uuid",
    "room": "uuid",
    "room_name": "varchar",
    "day": "date",
    "slot_labels": "varchar[]",
    "state": "varchar",
    "channel": "varchar",
    "headcount": "integer",
    "purpose_name": "varchar",
    "purpose_name_en": "varchar",
    "room_name_en": "varchar",
    "starts_at": "timestamptz",
    "ends_at": "timestamptz",
    "applied_at": "timestamptz",
    "outcome": "varchar",
    "people": "integer",
}

CITY_PAST_BOOKING: Final = {
    "tenant": "text",
    "room": "uuid",
    "day": "date",
    "state": "varchar",
    "starts_at": "timestamptz",
    "ends_at": "timestamptz",
    "headcount": "integer",
}
"""Uses of before, without their persons. One whose hours are not known lasts no time: it fills no slot."""

CITY_MONTH_DEED: Final = {
    "tenant": "text",
    "facility": "uuid",
    "month": "date",
    "number": "smallint",
    "deed": "varchar",
    "reason": "varchar",
    "figures": "jsonb",
    "at": "timestamptz",
}
"""Months that the facilities closed and sent (月報), and opened again."""


class BookingsConfig(AppConfig):
    """Rooms, what they offer, bookings, documents."""

    name = "apps.bookings"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "bookings_facility": MASTER,
        "bookings_part": MASTER,
        "bookings_purpose": MASTER,
        "bookings_room": MASTER,
        "bookings_roompart": MASTER,
        "bookings_roompurpose": MASTER,
        "bookings_timetable": MASTER,
        "bookings_timetableslot": MASTER,
        "bookings_closingrule": MASTER,
        **{
            f"bookings_{table}": Rights(tenant="SELECT, INSERT, UPDATE, DELETE")
            for table in ("block", "blockseries", "roomneighbour", "window")
        },
        "bookings_purposegroup": MASTER,
        "bookings_booking": Rights(
            tenant="SELECT, INSERT, UPDATE, DELETE",
            portal="SELECT, INSERT, UPDATE",
            rows=(
                RowRule(role="portal", command="SELECT", using=OWN_REGISTRATIONS),
                RowRule(role="portal", command="INSERT", using=f"state = 'hold' AND {OWN_REGISTRATIONS}"),
                RowRule(
                    role="portal",
                    command="UPDATE",
                    using=OWN_REGISTRATIONS,
                    check=f"{CITIZENS_TO_DECIDE} AND {OWN_REGISTRATIONS}",
                ),
                RowRule(role="tenant", command="SELECT", using="true"),
                RowRule(role="tenant", command="INSERT", using="true"),
                RowRule(role="tenant", command="UPDATE", using="true"),
                RowRule(role="tenant", command="DELETE", using="state = 'hold'"),
            ),
            sequences=("bookings_receipt_seq",),
        ),
        "bookings_occupation": Rights(
            tenant="SELECT, INSERT, UPDATE, DELETE",
            portal="SELECT, INSERT, UPDATE, DELETE",
            rows=(
                RowRule(role="portal", command="SELECT", using="true"),
                RowRule(role="portal", command="INSERT", using="kind IN ('hold', 'booking')"),
                RowRule(role="portal", command="UPDATE", using=OWN_BOOKING),
                RowRule(role="portal", command="DELETE", using=f"expires_at <= now() OR {OWN_BOOKING}"),
            ),
        ),
        "bookings_bookingact": Rights(tenant="SELECT, INSERT", portal="INSERT"),
        "bookings_staffnote": Rights(tenant="SELECT, INSERT"),
        "bookings_numberseries": Rights(tenant="SELECT, INSERT, UPDATE"),
        "bookings_pastbooking": Rights(
            tenant="SELECT, INSERT, UPDATE",
            portal="SELECT (id, registrant_id, number, day, state, fee, paid, settled_on)",
            rows=(RowRule(role="portal", command="SELECT", using=OWN_REGISTRATIONS),),
        ),
        "bookings_document": Rights(tenant="SELECT, INSERT, UPDATE (printed)"),
        "bookings_counterset": Rights(tenant="SELECT, INSERT", portal="SELECT"),
        "bookings_counter": Rights(tenant="SELECT, INSERT", portal="SELECT"),
        "bookings_userecord": Rights(tenant="SELECT, INSERT, UPDATE"),
        "bookings_daycount": Rights(tenant="SELECT, INSERT, UPDATE"),
        "bookings_monthdeed": Rights(tenant="SELECT, INSERT"),
        **LIFE_RIGHTS,
        **FEE_RIGHTS,
        **PAPER_RIGHTS,
        **ONLINE_RIGHTS,
        **DISPLACEMENT_RIGHTS,
        **PORTAL_RIGHTS,
        **GEAR_RIGHTS,
    }
    function_rights = PAPER_FUNCTIONS
    disclosures = (
        "apps.bookings.disclosure:sections",
        "apps.bookings.fee_disclosure:sections",
        "apps.bookings.online_disclosure:sections",
        "apps.bookings.refund_disclosure:sections",
        "apps.bookings.displacement_disclosure:sections",
        "apps.bookings.gear_disclosure:sections",
    )
    disclosure_titles = (
        "予約",
        "予約の経過",
        "予約についての職員の記録",
        "発行した文書",
        "利用の実績",
        "以前のシステムでの利用",
        "変更の申請",
        "ペナルティ",
        "措置",
        "登録の通知書",
        "空き待ち",
        "使用料",
        "使用料の内訳",
        "減免の申請",
        "収納",
        "オンライン決済",
        "還付",
        "納付についての連絡",
        "行政使用による変更",
        "附属設備",
    )
    disclosed = DISCLOSED
    undisclosed = UNDISCLOSED
    error_texts = {
        **ERROR_TEXTS,
        **ROW_TEXTS,
        **USE_ERROR_TEXTS,
        **LIFE_ERROR_TEXTS,
        **FEE_TEXTS,
        **PAPER_TEXTS,
        **ONLINE_TEXTS,
        **REFUND_TEXTS,
        **DISPLACEMENT_TEXTS,
        **GEAR_ERROR_TEXTS,
    }
    closing_obstacles = (
        "apps.bookings.queries.obstacles:future_bookings",
        "apps.bookings.queries.obstacles:open_money",
        "apps.bookings.queries.past:unpaid_obstacles",
    )
    stays_at_merge = ("bookings.registrationpaper.registrant",)
    moves_at_merge = {
        "bookings.series.registrant": _("定期利用"),
        "bookings.booking.registrant": _("予約"),
        "bookings.wait.registrant": _("空き待ち"),
        "bookings.pastbooking.registrant": _("このシステムより前の利用"),
        "bookings.penaltypoint.registrant": _("ペナルティの点数"),
        "bookings.measure.registrant": _("措置"),
    }
    locked_after_registrant = ("bookings.wait.registrant",)
    follows_at_parting = {"bookings.penaltypoint.registrant": "booking"}
    merge_warnings = ("apps.bookings.queries.merging:clashing",)
    at_merge = ("apps.bookings.services.merging:propose_anew",)
    own_matters = (
        "apps.bookings.web.citizen.matters:money",
        "apps.bookings.web.citizen.matters:measures",
        "apps.bookings.web.citizen.matters:points",
        "apps.bookings.web.citizen.matters:waits",
    )
    handover_lists = (
        "apps.bookings.queries.handover:KINDS",
        "apps.bookings.queries.fee_handover:KINDS",
        "apps.bookings.queries.online_handover:KINDS",
        "apps.bookings.queries.gear_handover:KINDS",
    )
    intake_targets = ("apps.bookings.services.intake.uses.TARGET",)
    city_views = {
        "city_booking": CityView(
            columns=CITY_BOOKING,
            select=(
                "SELECT {tenant}::text, b.id, b.number, r.facility_id, r.id, r.name, b.day, b.slot_labels, b.state,"
                " b.channel, b.headcount, p.name, p.name_en, r.name_en, lower(b.during), upper(b.during), b.applied_at,"
                " coalesce(u.outcome, ''), coalesce(u.headcount, 0)"
                " FROM {schema}.bookings_booking b"
                " JOIN {schema}.bookings_room r ON r.id = b.room_id"
                " LEFT JOIN {schema}.bookings_purpose p ON p.code = b.purpose_id"
                " LEFT JOIN {schema}.bookings_userecord u ON u.booking_id = b.id"
            ),
        ),
        "city_past_booking": CityView(
            columns=CITY_PAST_BOOKING,
            select=(
                "SELECT {tenant}::text, room_id, day, state, coalesce(starts_at, (day::timestamp AT TIME ZONE"
                " 'Asia/Tokyo')), coalesce(ends_at, (day::timestamp AT TIME ZONE 'Asia/Tokyo')), headcount"
                " FROM {schema}.bookings_pastbooking WHERE room_id IS NOT NULL"
            ),
        ),
        "city_month_deed": CityView(
            columns=CITY_MONTH_DEED,
            select=(
                "SELECT {tenant}::text, facility_id, month, number, deed, reason, figures, at"
                " FROM {schema}.bookings_monthdeed"
            ),
        ),
    }
    retention_kinds = ("apps.bookings.retention:KINDS", "apps.bookings.registration_retention:KINDS")
    retention_holds = ("apps.bookings.retention:HOLDS",)
    retention_exempt = {
        "bookings.equipmentuse": "what was lent with a booking, and how many: it names nobody",
        "bookings.feesheet": "figures of a fee, kept like the accounts: they name nobody",
        "bookings.feeline": "the lines of such a fee",
        **PAPER_EXEMPT,
        "bookings.onlinesession": "an amount and a reference without meaning, kept like the accounts: they name nobody",
        "bookings.providerevent": "what a provider told, without its own words: amounts and references, no names",
        "bookings.onlinerefund": "money that went back through a provider, kept like the accounts: it names nobody",
        "bookings.feenotice": "that somebody was written to about such a fee, and when",
        "bookings.refundpayout": "figures of what went back, kept like the accounts: they name nobody",
        "bookings.occupation": "which part is taken when: it names nobody, and the booking's hours stay",
        **PORTAL_EXEMPT,
    }
    monitoring_facts = ("apps.bookings.queries.facts:of_month",)
    reminders = ("apps.bookings.reminding:reminders",)
