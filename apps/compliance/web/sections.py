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
    Section(
        Right.REGISTERS_KEEP,
        "office:registers",
        _("台帳"),
        _("複写、媒体、再委託の承諾、返還・廃棄を記録します。"),
    ),
    Section(Right.EXPORT_ASK, "office:exports", _("持出し"), _("個人情報のファイルを作る申請と、その受取りです。")),
)

CITY_SECTIONS: Final[tuple[Section, ...]] = (
    Section(Right.AGREEMENTS_KEEP, "city:clauses", _("条文"), _("誓約書・特記事項・周知文の版を管理します。")),
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(Right.OWN_ACCOUNT, "city:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(Right.REGISTERS_SEE, "city:registers", _("台帳"), _("施設の複写、媒体、再委託、返還・廃棄の記録です。")),
    Section(
        Right.ACCESS_KEEP,
        "city:access_list",
        _("接続元と端末"),
        _("窓口のページをどこから開けるか、端末台帳、緊急許可です。"),
    ),
    Section(Right.EXPORT_DECIDE, "city:exports", _("持出し"), _("施設からの持出しの申請を承認します。")),
    Section(
        Right.REGISTERS_SEE,
        "city:file_book",
        _("個人情報ファイル簿"),
        _("利用者登録台帳と登録証台帳の記録項目や利用目的です。"),
    ),
)
