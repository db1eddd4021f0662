"""What can be wrong with answering alerts and signing reviews, and the sentences for it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class UnknownAlertError(DomainError):
    """No such alert here."""

    code = "log_no_such_alert"
    status = 404


class UnknownReviewError(DomainError):
    """No such review here."""

    code = "log_no_such_review"
    status = 404


class NotThePrivacyOfficerError(DomainError):
    """Only the 個人情報保護責任者 signs and answers."""

    code = "log_not_privacy_officer"
    status = 403


class OwnAlertError(DomainError):
    """Nobody answers for themselves."""

    code = "log_own_alert"
    status = 409


class SamplesOpenError(DomainError):
    """Some of the drawn views are not explained."""

    code = "log_samples_open"
    status = 409


class AlertsOpenError(DomainError):
    """Some alerts of the month are not answered."""

    code = "log_alerts_open"
    status = 409


class SignedError(DomainError):
    """The review is signed; nothing of it is changed any more."""

    code = "log_review_signed"
    status = 409


class NotSignedError(DomainError):
    """The city confirms what the facility has signed."""

    code = "log_review_not_signed"
    status = 409


LOG_ERROR_TEXTS: Final = {
    "log_no_such_alert": _("お探しの知らせはありません。"),
    "log_no_such_review": _("お探しのログ点検票はありません。"),
    "log_not_privacy_officer": _("確認と署名ができるのは、個人情報保護責任者だけです。"),
    "log_own_alert": _("自分の操作についての知らせには、ほかの責任者か市が回答します。"),
    "log_samples_open": _("説明のない閲覧が{left}件あります。すべて説明してから署名してください。"),
    "log_alerts_open": _("確認していない知らせが{left}件あります。先に確認してください。"),
    "log_review_signed": _("この点検票は署名済みです。"),
    "log_review_not_signed": _("施設の署名がまだありません。"),
}
