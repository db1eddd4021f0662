"""What stands on a site's page 「管理」, and on which right it rests. A page of oversight adds its line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from shared.staff.rights import Right


@dataclass(frozen=True, slots=True)
class Section:
    """A way on: ``url`` is the name of an address without parameters."""

    right: Right
    url: str
    label: Any
    text: Any
    """One sentence: what is done there."""


DESK_SECTIONS: Final[tuple[Section, ...]] = (
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(Right.OWN_ACCOUNT, "office:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(Right.EXPORT_ASK, "office:exports", _("持出し"), _("個人情報のファイルを作る申請と、その受取りです。")),
)

CITY_SECTIONS: Final[tuple[Section, ...]] = (
    Section(Right.AGREEMENTS_KEEP, "city:clauses", _("条文"), _("誓約書・特記事項・周知文の版を管理します。")),
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(Right.OWN_ACCOUNT, "city:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(
        Right.ACCESS_KEEP,
        "city:access_list",
        _("接続元と端末"),
        _("窓口のページをどこから開けるか、端末台帳、緊急許可です。"),
    ),
    Section(Right.EXPORT_DECIDE, "city:exports", _("持出し"), _("施設からの持出しの申請を承認します。")),
    Section(Right.ACCESS_KEEP, "city:sign_in_policies", _("認証の方針"), _("パスワードやログインの基準を定めます。")),
    Section(Right.ACCOUNTS_GRANT, "city:second_factors", _("認証アプリ"), _("職員の認証アプリの登録を解除します。")),
    Section(Right.AUDIT_SEE, "city:sign_in_signs", _("ログインの兆候"), _("ログインの失敗やIDの共用の疑いです。")),
)
