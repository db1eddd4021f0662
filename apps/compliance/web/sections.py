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
    Section(
        Right.INCIDENT_REPORT,
        "office:incidents",
        _("事故の報告"),
        _("漏えいや紛失に気づいたら、1時間以内に市へ知らせます。"),
    ),
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(
        Right.PERSON_REQUESTS_KEEP,
        "office:person_requests",
        _("開示等の請求"),
        _("本人からの開示・訂正・利用停止の請求を受け付けます。"),
    ),
    Section(Right.OWN_ACCOUNT, "office:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(Right.EXPORT_ASK, "office:exports", _("持出し"), _("個人情報のファイルを作る申請と、その受取りです。")),
)

CITY_SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        Right.INCIDENT_HANDLE, "city:incidents", _("事故"), _("施設からの事故の報告と、速報・確報までの対応です。")
    ),
    Section(Right.AGREEMENTS_KEEP, "city:clauses", _("条文"), _("誓約書・特記事項・周知文の版を管理します。")),
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(
        Right.PERSON_REQUESTS_DECIDE,
        "city:person_requests",
        _("開示等の請求"),
        _("請求を期限までに決定し、通知書を作成します。"),
    ),
    Section(Right.OWN_ACCOUNT, "city:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(
        Right.ACCESS_KEEP,
        "city:access_list",
        _("接続元と端末"),
        _("窓口のページをどこから開けるか、端末台帳、緊急許可です。"),
    ),
    Section(Right.EXPORT_DECIDE, "city:exports", _("持出し"), _("施設からの持出しの申請を承認します。")),
)
