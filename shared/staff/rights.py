"""Who may do what (権限表): the one table of roles and rights. Domain handbook 7.3.

A view names its right with ``shared.web.guard.needs``; a view that names none is refused to everybody. The page
「権限の一覧」 shows this table, and nothing else decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.staff.models import Role


class Right(models.TextChoices):
    """One thing that somebody may or may not do (権限)."""

    OPEN = "open", _("だれでも（ログイン不要）")
    CITIZEN = "citizen", _("ログインした市民")
    OWN_ACCOUNT = "own_account", _("ログインした職員（自分のID）")

    BOOKINGS_SEE = "bookings_see", _("予約の参照")
    BOOKINGS_KEEP = "bookings_keep", _("予約の受付と取消し")
    BOOKINGS_DECIDE = "bookings_decide", _("予約の許可・不許可")
    REDUCTION_DECIDE = "reduction_decide", _("減免の承認・不承認")
    REFUND_DECIDE = "refund_decide", _("還付と充当の決定")
    MONEY_RECEIVE = "money_receive", _("収納と領収書")
    MONEY_CLOSE = "money_close", _("収納の取消しと日計の締め")
    BOOKING_TERMS = "booking_terms", _("予約の定めの設定")
    MONTH_CLOSE = "month_close", _("月の締めと月報の提出")
    FACILITY_SETTINGS = "facility_settings", _("貸館の設定")
    PAST_SETTLE = "past_settle", _("過去の使用料の収納済み")
    REGISTRANTS_SEE = "registrants_see", _("利用者の参照")
    REGISTRANTS_KEEP = "registrants_keep", _("利用者の登録と変更")
    REGISTRANTS_DECIDE = "registrants_decide", _("利用者の承認・停止・統合")
    CARDS_KEEP = "cards_keep", _("利用者カードと入館")
    SENIOR_CARDS = "senior_cards", _("登録証と重複の確認")
    REGISTRATION_SETTINGS = "registration_settings", _("登録の設定")
    INTAKE = "intake", _("データの取込み")
    ROSTER_SUBMIT = "roster_submit", _("使用者名簿の提出と緊急停止")
    LOGS_SEE = "logs_see", _("自施設の閲覧記録")
    EXPORT_ASK = "export_ask", _("持出しの申請")
    REGISTERS_KEEP = "registers_keep", _("複写・媒体・研修などの台帳")
    MONITORING_REPORT = "monitoring_report", _("月次の自己点検と報告")
    INCIDENT_REPORT = "incident_report", _("事故の報告")
    PERSON_REQUESTS_KEEP = "person_requests_keep", _("開示等の請求への対応")
    DISPOSAL_ASK = "disposal_ask", _("保存期間を過ぎた記録の廃棄の申出")
    HANDOVER_KEEP = "handover_keep", _("引継ぎの準備")

    CITY_SEE = "city_see", _("施設・利用状況・予約の参照（市）")
    CITY_REGISTRANTS = "city_registrants", _("利用者の照会（市）")
    CITY_SENIOR_SEE = "city_senior_see", _("登録証の状況（市）")
    CITY_SENIOR_DECIDE = "city_senior_decide", _("照会票の決定（市）")
    TENANTS_KEEP = "tenants_keep", _("施設の開設・停止・廃止")
    AGREEMENTS_KEEP = "agreements_keep", _("運営者・協定・条文")
    ACCESS_KEEP = "access_keep", _("接続元・端末・緊急許可")
    CITY_ACCOUNTS = "city_accounts", _("市職員のID")
    ROSTER_REVIEW = "roster_review", _("使用者名簿の審査")
    ACCOUNTS_GRANT = "accounts_grant", _("IDの付与・再発行・停止")
    AUDIT_SEE = "audit_see", _("全施設の操作記録と封印")
    EXPORT_DECIDE = "export_decide", _("持出しの承認")
    REGISTERS_SEE = "registers_see", _("全施設の台帳")
    MONITORING_JUDGE = "monitoring_judge", _("月次モニタリングの判定")
    INCIDENT_HANDLE = "incident_handle", _("事故への対応")
    PERSON_REQUESTS_DECIDE = "person_requests_decide", _("開示等の請求の決定")
    RETENTION_KEEP = "retention_keep", _("保存期間と消去")
    HANDOVER_DECIDE = "handover_decide", _("引継ぎの確認とデータ一式")
    PUBLIC_USE_ORDER = "public_use_order", _("行政使用の依頼")


DESK_SEES: Final = frozenset({Right.OWN_ACCOUNT, Right.BOOKINGS_SEE, Right.REGISTRANTS_SEE, Right.INCIDENT_REPORT})
CITY_SEES: Final = frozenset({Right.OWN_ACCOUNT, Right.CITY_SEE, Right.CITY_SENIOR_SEE})

RIGHTS: Final[Mapping[Role, frozenset[Right]]] = MappingProxyType(
    {
        Role.RECEPTION: DESK_SEES
        | {
            Right.BOOKINGS_KEEP,
            Right.BOOKINGS_DECIDE,
            Right.MONEY_RECEIVE,
            Right.REGISTRANTS_KEEP,
            Right.CARDS_KEEP,
        },
        Role.ACCOUNTING: DESK_SEES | {Right.PAST_SETTLE, Right.MONEY_RECEIVE, Right.MONEY_CLOSE},
        Role.FACILITY_MANAGER: DESK_SEES
        | {
            Right.BOOKINGS_KEEP,
            Right.BOOKINGS_DECIDE,
            Right.REDUCTION_DECIDE,
            Right.REFUND_DECIDE,
            Right.MONEY_RECEIVE,
            Right.MONEY_CLOSE,
            Right.MONTH_CLOSE,
            Right.FACILITY_SETTINGS,
            Right.BOOKING_TERMS,
            Right.PAST_SETTLE,
            Right.REGISTRANTS_KEEP,
            Right.REGISTRANTS_DECIDE,
            Right.CARDS_KEEP,
            Right.REGISTRATION_SETTINGS,
            Right.INTAKE,
            Right.ROSTER_SUBMIT,
            Right.LOGS_SEE,
            Right.EXPORT_ASK,
            Right.REGISTERS_KEEP,
            Right.MONITORING_REPORT,
            Right.PERSON_REQUESTS_KEEP,
            Right.DISPOSAL_ASK,
            Right.HANDOVER_KEEP,
        },
        Role.CARD_OFFICER: DESK_SEES | {Right.CARDS_KEEP, Right.SENIOR_CARDS},
        Role.PRIVACY_OFFICER: DESK_SEES
        | {
            Right.LOGS_SEE,
            Right.EXPORT_ASK,
            Right.REGISTERS_KEEP,
            Right.MONITORING_REPORT,
            Right.PERSON_REQUESTS_KEEP,
            Right.DISPOSAL_ASK,
            Right.HANDOVER_KEEP,
        },
        Role.DEPARTMENT: CITY_SEES
        | {
            Right.CITY_REGISTRANTS,
            Right.CITY_SENIOR_DECIDE,
            Right.AGREEMENTS_KEEP,
            Right.ROSTER_REVIEW,
            Right.EXPORT_DECIDE,
            Right.REGISTERS_SEE,
            Right.MONITORING_JUDGE,
            Right.INCIDENT_HANDLE,
            Right.PERSON_REQUESTS_DECIDE,
            Right.HANDOVER_DECIDE,
            Right.PUBLIC_USE_ORDER,
        },
        Role.GENERAL: CITY_SEES
        | {
            Right.CITY_REGISTRANTS,
            Right.CITY_SENIOR_DECIDE,
            Right.TENANTS_KEEP,
            Right.AGREEMENTS_KEEP,
            Right.ROSTER_REVIEW,
            Right.AUDIT_SEE,
            Right.EXPORT_DECIDE,
            Right.REGISTERS_SEE,
            Right.MONITORING_JUDGE,
            Right.INCIDENT_HANDLE,
            Right.PERSON_REQUESTS_DECIDE,
            Right.RETENTION_KEEP,
            Right.HANDOVER_DECIDE,
            Right.PUBLIC_USE_ORDER,
        },
        Role.SYSTEMS: CITY_SEES
        | {
            Right.TENANTS_KEEP,
            Right.ACCESS_KEEP,
            Right.CITY_ACCOUNTS,
            Right.ACCOUNTS_GRANT,
            Right.AUDIT_SEE,
            Right.REGISTERS_SEE,
            Right.INCIDENT_HANDLE,
        },
        Role.AUDITOR: frozenset({Right.OWN_ACCOUNT, Right.AUDIT_SEE, Right.REGISTERS_SEE}),
    }
)
"""What each role may do. Rights of two roles add up."""

DESK_ROLES: Final = (
    Role.RECEPTION,
    Role.ACCOUNTING,
    Role.FACILITY_MANAGER,
    Role.CARD_OFFICER,
    Role.PRIVACY_OFFICER,
)
CITY_ROLES: Final = (Role.DEPARTMENT, Role.GENERAL, Role.SYSTEMS, Role.AUDITOR)


def rights_of(roles: Collection[str]) -> frozenset[Right]:
    """All rights of somebody with ``roles``; a value that names no role adds none."""
    return frozenset().union(*(RIGHTS[Role(role)] for role in roles if role in Role.values))


def holds(roles: Collection[str], right: Right) -> bool:
    """Whether somebody with ``roles`` has ``right``."""
    return right in rights_of(roles)
