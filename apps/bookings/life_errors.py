"""What can be wrong in the life of a booking (limits, changes, cancelling, penalties, series), and the sentences."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.bookings.errors import BookingError, TooLateToCancelError


class LimitReachedError(BookingError):
    """A limit of section 4.4. Parameters: ``most`` and ``now``. The code names scope, period and unit of the rule."""

    code = "limit_reached"

    def __init__(self, *, scope: str, period: str, unit: str, most: int, now: int) -> None:
        super().__init__(field="slots", most=most, now=now)
        self.code = f"limit_{scope}_{period}_{unit}"  # type: ignore[misc]  # the sentence names the rule


class TooManyHoldsError(BookingError):
    """More holds at a time than one may have (同時の仮押え). Parameters: ``most``, ``now``."""

    code = "too_many_holds"


class TooManyPendingError(BookingError):
    """More undecided or unpaid bookings than one may have (未払い・未確定の上限). Parameters: ``most``, ``now``."""

    code = "too_many_pending"


class TooManyAheadError(BookingError):
    """More bookings ahead than one may have. Parameters: ``most``, ``now``."""

    code = "too_many_ahead"


class SameTimeError(BookingError):
    """The registrant has another booking at that time (同時刻の重複)."""

    code = "same_time"


class TooManySlotsError(BookingError):
    """A longer run of slots than one booking may have (連続コマ). Parameter: ``most``."""

    code = "too_many_slots"


class TooFewPeopleError(BookingError):
    """Fewer persons than the room is let to (最低人数). Parameter: ``least``."""

    code = "too_few_people"


class NotByPortalError(BookingError):
    """The facility takes this act at the counter only (窓口のみ)."""

    code = "not_by_portal"
    status = 403


class TooLateForThisError(TooLateToCancelError):
    """The deadline (取消・変更の期限) is over. Parameter: ``until``, as text."""

    code = "too_late_for_this"


class UnknownCauseError(BookingError):
    """No such reason of cancellation (取消事由) for that person."""

    code = "unknown_cause"


class TermsDayOverError(BookingError):
    """Terms hold from today or later on."""

    code = "terms_day_over"


class TermsValueError(BookingError):
    """A number of the terms that cannot be. ``field`` names it."""

    code = "terms_value"


class UnknownTermsError(BookingError):
    """No terms that begin on that day and are still to come."""

    code = "unknown_terms"
    status = 404


class NothingChangesError(BookingError):
    """A change of date or room to what it is already."""

    code = "nothing_changes"


class ChangeAskedError(BookingError):
    """A change is asked for already, or there is none to decide on."""

    code = "change_asked"
    status = 409


class UnknownProposalError(BookingError):
    """No such proposal of a measure, or it is decided."""

    code = "unknown_proposal"
    status = 404


class EmptySeriesError(BookingError):
    """A series without a day, or with too many. Parameter: ``most``."""

    code = "empty_series"


class UnknownSeriesError(BookingError):
    """No such series."""

    code = "unknown_series"
    status = 404


class NotWaitableError(BookingError):
    """The slot is free, past or not offered: nothing to wait for."""

    code = "not_waitable"


class TooManyWaitsError(BookingError):
    """More places on waiting lists than one may have. Parameter: ``most``."""

    code = "too_many_waits"


SCOPES: Final = {
    "room": _("この室場"),
    "rooms": _("この区分の室場"),
    "facility": _("この施設"),
    "tenant": _("この施設（全館）"),
}
PERIODS: Final = {"day": _("1日"), "week": _("週間"), "month": _("月間")}
COUNTED: Final = _("{scope}の{period}の申込は{{most}}回までです（現在{{now}}回）。")
SLOTTED: Final = _("{scope}の{period}の申込は{{most}}コマまでです（現在{{now}}コマ）。")


def _limits() -> dict[str, str | Promise]:
    texts: dict[str, str | Promise] = {}
    for scope, place in SCOPES.items():
        for period, span in PERIODS.items():
            texts[f"limit_{scope}_{period}_count"] = format_lazy(COUNTED, scope=place, period=span)
            texts[f"limit_{scope}_{period}_slots"] = format_lazy(SLOTTED, scope=place, period=span)
    return texts


LIFE_ERROR_TEXTS: Final[dict[str, str | Promise]] = {
    **_limits(),
    "limit_reached": _("申込の制限に達しています。"),
    "too_many_holds": _(
        "同時に仮押えできるのは{most}件までです（現在{now}件）。先の仮押えを申し込むか、取り消してください。"
    ),
    "too_many_pending": _("未払い・未確定の予約は{most}件までです（現在{now}件）。"),
    "too_many_ahead": _("利用前の予約は{most}件までです（現在{now}件）。"),
    "same_time": _("同じ時間に、ほかの予約があります。"),
    "too_many_slots": _("続けて申し込めるのは{most}コマまでです。"),
    "too_few_people": _("この施設は{least}人以上で利用できます。"),
    "not_by_portal": _("この手続はインターネットではできません。施設の窓口にご連絡ください。"),
    "too_late_for_this": _("期限（{until}）を過ぎたため、この手続はできません。施設の窓口にご連絡ください。"),
    "unknown_cause": _("取消しの事由を選択してください。"),
    "terms_day_over": _("今日以降の日を入力してください。"),
    "terms_value": _("入力できる範囲の数を入力してください。"),
    "unknown_terms": _("取り下げられる定めはありません。"),
    "nothing_changes": _("今の予約と同じです。変更後の日時か室場を選択してください。"),
    "change_asked": _("この変更の申請は、すでに処理されたか、ほかの申請を待っています。"),
    "unknown_proposal": _("お探しの措置の案は見つからないか、すでに決定されています。"),
    "empty_series": _("1件から{most}件までの日を選択してください。"),
    "unknown_series": _("お探しの定期利用はありません。"),
    "not_waitable": _("この時間帯は空き待ちの対象ではありません。空き状況をご確認ください。"),
    "too_many_waits": _("空き待ちは{most}件までです。"),
}
