"""The desk's frame: which facility, who is at work, and the ways on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared.frame.chrome import Chrome, NavItem, navigation
from shared.requests import SiteRequest, staff_of, tenant_of
from shared.staff.rights import Right
from shared.web.guard import may


def chrome_of(request: SiteRequest) -> Chrome:
    """Header and footer of a desk page; whoever has not signed in is shown the facility's name only."""
    account = staff_of(request)
    tenant = tenant_of(request)
    in_english = (get_language() or "").startswith("en")
    return Chrome(
        place=tenant.name_en if in_english and tenant.name_en else tenant.name,
        home_url=reverse("desk:board"),
        person=account.name if account else "",
        sign_in_url="" if account else reverse("sign_in"),
        sign_out_url=reverse("sign_out"),
        nav=_nav(request) if account else (),
        find_url=reverse("desk:find") if may(request, Right.REGISTRANTS_SEE) else "",
        find_label=_("番号・カード・フリガナで開く"),
    )


def _nav(request: SiteRequest) -> tuple[NavItem, ...]:
    links = (
        (Right.BOOKINGS_SEE, _("予定表"), "desk:board"),
        (Right.BOOKINGS_SEE, _("申請の受付"), "desk:inbox"),
        (Right.BOOKINGS_KEEP, _("窓口予約"), "desk:counter"),
        (Right.BOOKINGS_SEE, _("予約台帳"), "desk:booking_list"),
        (Right.BOOKINGS_SEE, _("実績と月報"), "desk:use"),
        (Right.BOOKINGS_SEE, _("行政使用"), "desk:displacements"),
        (Right.REGISTRANTS_SEE, _("利用者の検索"), "desk:registrants"),
        (Right.REGISTRANTS_SEE, _("登録の受付"), "desk:registrations"),
        (Right.CARDS_KEEP, _("カードの読取り"), "desk:scan"),
        (Right.CARDS_KEEP, _("カード"), "desk:cards"),
        (Right.SENIOR_CARDS, _("登録証の照会票"), "desk:inquiries"),
        (Right.FACILITY_SETTINGS, _("貸館の設定"), "desk:settings"),
        (Right.REGISTRATION_SETTINGS, _("登録の設定"), "desk:items"),
        (Right.INTAKE, _("データの取込み"), "intake:index"),
        (Right.OWN_ACCOUNT, _("管理"), "office:index"),
    )
    return navigation(request.path, [(label, reverse(name)) for right, label, name in links if may(request, right)])
