"""How long bookings and uses of before are kept, and what is done then (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.models import Booking, PastBooking
from apps.registrants.retention import ABOUT_REGISTRANTS, STAND_INS, masked, stand_in
from shared.intake.rules.forgotten import FORGOTTEN_KEY
from shared.retention import Erase, Fate, Hold, Kind, Run, Wipe, fiscal

OF_BOOKINGS: Final = "booking_id = ANY ({ids})"

KINDS: Final = (
    Kind(
        code="bookings",
        label=_("予約の記録（使用許可申請書・許可書・不許可通知書を含む）"),
        event=_("使用の日の属する年度の末日"),
        months=60,
        source=_("申請書と許可書は3～5年（各市の文書の保存期間）、使用料の収納は5年（地方自治法第236条）"),
        fate=Fate.ANONYMISED,
        does=_("使用者との結び付き、行事名、取消しや不許可の理由、職員の覚え書き、申請書と許可書の記載事項"),
        stays=_("使用の年月日と時間、室場、目的、人数、状態、受付の方法、個人と団体の別、文書の番号"),
        due=(
            "SELECT b.id AS object, b.number, " + fiscal("b.day") + " AS since, b.registrant_id AS person"
            " FROM {schema}.bookings_booking b JOIN {schema}.registrants_registrant r ON r.id = b.registrant_id"
            " WHERE b.state <> 'hold' AND r.number NOT LIKE 'ANON-%'"
        ),
        steps=(
            Run(STAND_INS),
            Erase("bookings.StaffNote", OF_BOOKINGS),
            Wipe(
                "bookings.BookingAct",
                OF_BOOKINGS,
                keeps=frozenset({"booking", "at", "act", "actor_kind"}),
            ),
            Wipe(
                "bookings.Document",
                OF_BOOKINGS,
                keeps=frozenset({"booking", "kind", "fiscal_year", "serial", "issued_on", "printed", "texts"}),
            ),
            Wipe(
                "bookings.UseRecord",
                OF_BOOKINGS,
                keeps=frozenset({"booking", "day", "outcome", "headcount", "counts", "entered_at", "version"}),
            ),
            Erase("bookings.ChangeRequest", OF_BOOKINGS),
            Erase("bookings.PenaltyPoint", OF_BOOKINGS),
            Wipe(
                "bookings.ReductionRequest",
                OF_BOOKINGS,
                keeps=frozenset(
                    {
                        "booking",
                        "ground",
                        "ground_label",
                        "article",
                        "asked_at",
                        "state",
                        "evidence_at",
                        "decided_at",
                        "document",
                        "sheet",
                    }
                ),
            ),
            Wipe(
                "bookings.DisplacementHit",
                OF_BOOKINGS,
                keeps=frozenset(
                    {
                        "displacement",
                        "booking",
                        "seen_version",
                        "was",
                        "proposals",
                        "choice",
                        "target_room",
                        "target_day",
                        "target_slots",
                        "consent",
                        "consent_at",
                        "consent_by",
                        "became",
                        "paid",
                        "refund",
                        "told_at",
                        "fiscal_year",
                        "serial",
                        "printed",
                    }
                ),
            ),
            Wipe(
                "bookings.PaymentVoid",
                "payment_id IN (SELECT id FROM {schema}.bookings_payment WHERE booking_id = ANY ({ids}))",
                keeps=frozenset({"payment", "day", "at"}),
                sets={"reason": "'（消去）'"},
            ),
            Wipe(
                "bookings.Refund",
                OF_BOOKINGS,
                keeps=frozenset(
                    {
                        "booking",
                        "kind",
                        "fiscal_year",
                        "serial",
                        "day",
                        "decided_at",
                        "base",
                        "percent",
                        "amount",
                        "rule",
                        "article",
                        "printed",
                        "void_at",
                    }
                ),
                sets={"void_reason": "CASE void_reason WHEN '' THEN '' ELSE '（消去）' END"},
            ),
            Wipe(
                "bookings.Payment",
                OF_BOOKINGS,
                keeps=frozenset(
                    {"booking", "fiscal_year", "serial", "day", "received_at", "method", "amount", "printed"}
                ),
            ),
            Wipe(
                "bookings.Booking",
                "id = ANY ({ids})",
                keeps=frozenset(
                    {
                        "number",
                        "room",
                        "day",
                        "during",
                        "slot_numbers",
                        "slot_labels",
                        "purpose",
                        "headcount",
                        "state",
                        "channel",
                        "hold_expires_at",
                        "applied_at",
                        "decided_at",
                        "version",
                        "created_at",
                    }
                ),
                sets={
                    "registrant": stand_in("registrant_id"),
                    "idempotency_key": "gen_random_uuid()",
                    "reason": "CASE reason WHEN '' THEN '' ELSE '（消去）' END",
                },
            ),
        ),
        least=12,
        names="apps.bookings.retention:names",
    ),
    Kind(
        code="past_bookings",
        label=_("このシステムより前の使用の記録"),
        event=_("使用の日の属する年度の末日"),
        months=60,
        source=_("予約の記録と同じ5年。使用料の収納は5年（地方自治法第236条）"),
        fate=Fate.ANONYMISED,
        does=_("使用者との結び付き、行事名、以前の予約の番号"),
        stays=_("使用の年月日と時間、室場、目的、人数、状態、使用料と納付額"),
        due=(
            "SELECT p.id AS object, p.number, " + fiscal("p.day") + " AS since, p.registrant_id AS person"
            " FROM {schema}.bookings_pastbooking p WHERE p.source_key NOT LIKE 'anonymised:%'"
        ),
        steps=(
            Wipe(
                "bookings.PastBooking",
                "id = ANY ({ids})",
                keeps=frozenset(
                    {
                        "room",
                        "room_name",
                        "day",
                        "starts_at",
                        "ends_at",
                        "slot_label",
                        "purpose_name",
                        "headcount",
                        "state",
                        "fee",
                        "paid",
                        "settled_on",
                    }
                ),
                sets={"source_key": FORGOTTEN_KEY},
            ),
        ),
        least=12,
        names="apps.bookings.retention:past_names",
    ),
    Kind(
        code="waits",
        label=_("空き待ちの記録"),
        event=_("待っていた日の属する年度の末日"),
        months=12,
        source=_("使用に至らなかった申出であり、1年で足りる"),
        fate=Fate.ERASED,
        does=_("だれがどの時間帯の空きを待ったか"),
        stays=_("何も残りません"),
        due=(
            "SELECT w.id AS object, '' AS number, " + fiscal("w.day") + " AS since, w.registrant_id AS person"
            " FROM {schema}.bookings_wait w"
        ),
        steps=(Erase("bookings.Wait", "id = ANY ({ids})"),),
    ),
    Kind(
        code="measures",
        label=_("警告・利用停止などの措置の記録"),
        event=_("決定した日の属する年度の末日"),
        months=60,
        source=_("予約の記録と同じ5年"),
        fate=Fate.ERASED,
        does=_("措置の内容、理由、通知書の記載事項"),
        stays=_("何も残りません"),
        due=(
            "SELECT m.id AS object, coalesce(m.serial::text, '') AS number, "
            + fiscal("(coalesce(m.decided_at, m.proposed_at) AT TIME ZONE 'Asia/Tokyo')::date")
            + " AS since, m.registrant_id AS person FROM {schema}.bookings_measure m"
        ),
        steps=(Erase("bookings.Measure", "id = ANY ({ids})"),),
    ),
    Kind(
        code="series",
        label=_("定期利用のまとまりの記録"),
        event=_("作った日の属する年度の末日"),
        months=60,
        source=_("予約の記録と同じ5年"),
        fate=Fate.ERASED,
        does=_("だれの予約がまとめて作られたか"),
        stays=_("予約そのものは、予約の記録の定めによります"),
        due=(
            "SELECT s.id AS object, '' AS number, "
            + fiscal("(s.created_at AT TIME ZONE 'Asia/Tokyo')::date")
            + " AS since, s.registrant_id AS person FROM {schema}.bookings_series s"
            " WHERE NOT EXISTS (SELECT FROM {schema}.bookings_booking b WHERE b.series_id = s.id)"
        ),
        steps=(Erase("bookings.Series", "id = ANY ({ids})"),),
    ),
)

MONEY_OPEN: Final = (
    "EXISTS (SELECT FROM {schema}.bookings_booking u"
    " CROSS JOIN LATERAL (SELECT"
    " coalesce((SELECT s.total FROM {schema}.bookings_feesheet s WHERE s.booking_id = u.id"
    " ORDER BY s.number DESC LIMIT 1), 0) AS total,"
    " coalesce((SELECT sum(p.amount) FROM {schema}.bookings_payment p WHERE p.booking_id = u.id AND NOT EXISTS"
    " (SELECT FROM {schema}.bookings_paymentvoid v WHERE v.payment_id = p.id)), 0) AS received,"
    " coalesce((SELECT sum(f.amount) FROM {schema}.bookings_refund f WHERE f.booking_id = u.id"
    " AND f.void_at IS NULL), 0) AS decided,"
    " coalesce((SELECT sum(o.amount) FROM {schema}.bookings_refundpayout o JOIN {schema}.bookings_refund f"
    " ON f.id = o.refund_id WHERE f.booking_id = u.id), 0) AS handed,"
    " EXISTS (SELECT FROM {schema}.bookings_refund f WHERE f.booking_id = u.id AND f.kind = 'ended'"
    " AND f.void_at IS NULL) AS is_decided) m"
    " WHERE u.registrant_id = d.person AND u.state <> 'hold' AND (m.handed < m.decided"
    " OR (u.state IN ('tentative', 'under_review', 'deferred', 'permitted', 'used', 'no_show')"
    " AND m.total <> m.received - m.decided)"
    " OR (u.state IN ('cancelled', 'called_off', 'revoked', 'refused', 'expired') AND NOT m.is_decided"
    " AND m.received > m.decided AND coalesce(u.refund_percent, 100) > 0)))"
)
"""Something is to be paid, or goes back: of a fee that stands, or of a use that ended."""
HOLDS: Final = (
    Hold(
        "unpaid",
        _("使用料の未納、又は終わっていない還付がある"),
        "EXISTS (SELECT FROM {schema}.bookings_pastbooking u WHERE u.registrant_id = d.person"
        " AND u.state = 'permitted' AND u.settled_on IS NULL AND u.paid < u.fee) OR " + MONEY_OPEN,
    ),
    Hold(
        "has_bookings",
        _("予約の記録が残っている"),
        "EXISTS (SELECT FROM {schema}.bookings_booking u WHERE u.registrant_id = d.person)"
        " OR EXISTS (SELECT FROM {schema}.bookings_pastbooking u WHERE u.registrant_id = d.person)",
        ABOUT_REGISTRANTS,
    ),
)


def names(objects: Sequence[str]) -> dict[str, str]:
    """Object -> the masked name of whoever used the room."""
    found = Booking.objects.filter(pk__in=objects).select_related("registrant")
    return {str(one.pk): masked(one.registrant.display_name) for one in found}


def past_names(objects: Sequence[str]) -> dict[str, str]:
    """The same for a use of before; nothing for somebody who was not registered."""
    found = PastBooking.objects.filter(pk__in=objects).select_related("registrant")
    return {str(one.pk): masked(one.registrant.display_name) for one in found if one.registrant}
