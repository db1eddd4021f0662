"""The desk's frame: which facility, who is at work, and the ways on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared.frame.chrome import Chrome, NavItem, navigation
from shared.requests import SiteRequest, staff_of, tenant_of
from shared.staff.models import Role


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
    )


def _nav(request: SiteRequest) -> tuple[NavItem, ...]:
    links = [
        (_("予定表"), reverse("desk:board")),
        (_("申請の受付"), reverse("desk:inbox")),
        (_("窓口予約"), reverse("desk:counter")),
        (_("利用者の検索"), reverse("desk:registrants")),
        (_("登録の受付"), reverse("desk:registrations")),
        (_("カードの読取り"), reverse("desk:scan")),
        (_("カード"), reverse("desk:cards")),
    ]
    account = staff_of(request)
    if account and Role.CARD_OFFICER in account.roles:
        links.append((_("登録証の照会票"), reverse("desk:inquiries")))
    if account and Role.FACILITY_MANAGER in account.roles:
        links.append((_("登録の設定"), reverse("desk:items")))
        links.append((_("データの取込み"), reverse("intake:index")))
    return navigation(request.path, links)
