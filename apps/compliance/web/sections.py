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
    Section(Right.BOOKING_TERMS, "desk:terms", _("予約の定め"), _("期限、制限、取消し、ペナルティの数字を定めます。")),
    Section(
        Right.REGISTRANTS_DECIDE, "desk:measures", _("ペナルティと措置"), _("点数による措置の案を見て、決定します。")
    ),
    Section(Right.INCIDENT_REPORT, "office:incidents", _("事故の報告"), _("漏えいや紛失を1時間以内に市へ知らせます。")),
    Section(
        Right.PERSON_REQUESTS_KEEP, "office:person_requests", _("開示等の請求"), _("本人からの請求を受け付けます。")
    ),
    Section(
        Right.FACILITY_SETTINGS, "desk:fee_tables", _("料金表"), _("室料、割増、冷暖房、設備、減免の事由を定めます。")
    ),
    Section(
        Right.BOOKINGS_SEE,
        "desk:accounts",
        _("使用料の収納と還付"),
        _("調定・収納・未納の一覧、督促、還付の決定と支払。"),
    ),
    Section(Right.BOOKINGS_SEE, "desk:cash", _("日計表"), _("その日の収納を見て、現金と合わせて締めます。")),
    Section(Right.BOOKINGS_SEE, "desk:reductions", _("減免"), _("減免の申請の審査と、年度の集計です。")),
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(Right.OWN_ACCOUNT, "office:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(Right.EXPORT_ASK, "office:exports", _("持出し"), _("個人情報のファイルを作る申請と、その受取りです。")),
    Section(
        Right.ROSTER_SUBMIT, "office:roster", _("使用者名簿"), _("IDを使う人を市に届け出ます。停止もここからできます。")
    ),
    Section(Right.ROSTER_SUBMIT, "office:recount", _("IDの棚卸"), _("四半期ごとに、IDがまだ必要かを確認します。")),
    Section(
        Right.REGISTERS_KEEP, "office:duties", _("誓約と研修の台帳"), _("誓約と研修の記録を見て、研修会を記録します。")
    ),
    Section(
        Right.MONITORING_REPORT,
        "office:monitoring",
        _("月次モニタリング"),
        _("毎月の自己点検と報告、指摘への改善計画です。"),
    ),
    Section(Right.LOGS_SEE, "office:log", _("操作記録"), _("だれが何を見たか、注意の知らせ、ログ点検です。")),
    Section(
        Right.REGISTERS_KEEP,
        "office:registers",
        _("台帳"),
        _("複写、媒体、再委託の承諾、返還・廃棄を記録します。"),
    ),
    Section(
        Right.DISPOSAL_ASK, "office:disposals", _("廃棄"), _("保存期間を過ぎた記録の一覧を作り、廃棄を申し出ます。")
    ),
    Section(Right.HANDOVER_KEEP, "office:handover", _("引継ぎ"), _("運営者が替わるときの計画や引継書を記録します。")),
)

CITY_SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        Right.CITY_SEE, "city:public_uses", _("行政使用"), _("投票所や避難所などに、施設の室場の使用を依頼します。")
    ),
    Section(Right.TENANTS_KEEP, "city:tenants", _("施設の稼働"), _("施設を見渡し、開設・停止・再開・廃止します。")),
    Section(Right.AGREEMENTS_KEEP, "city:operators", _("運営者"), _("運営者と共同事業体の構成員を登録します。")),
    Section(Right.TENANTS_KEEP, "city:care", _("所管施設"), _("所管課の職員と施設を結び付けます。")),
    Section(Right.AGREEMENTS_KEEP, "city:clauses", _("条文"), _("誓約書・特記事項・周知文の版を管理します。")),
    Section(Right.OWN_ACCOUNT, "own:account", _("自分のアカウント"), _("パスワードの変更と、ログインの記録です。")),
    Section(Right.INCIDENT_HANDLE, "city:incidents", _("事故"), _("施設からの報告と、速報・確報までの対応です。")),
    Section(Right.PERSON_REQUESTS_DECIDE, "city:person_requests", _("開示等の請求"), _("請求を期限までに決定します。")),
    Section(
        Right.ROSTER_REVIEW, "city:rosters", _("使用者名簿の審査"), _("施設から提出された名簿と届出を審査します。")
    ),
    Section(Right.ACCOUNTS_GRANT, "city:rosters", _("IDの付与"), _("承認された名簿のIDと封かん用紙を作ります。")),
    Section(Right.ACCOUNTS_GRANT, "city:ids", _("施設のID"), _("全施設のIDと最終ログインを見て、停止できます。")),
    Section(Right.CITY_ACCOUNTS, "city:accounts", _("市職員のID"), _("市職員のIDを作り、役割を変え、停止します。")),
    Section(Right.REGISTERS_SEE, "city:duties", _("誓約と研修の台帳"), _("全施設の誓約と研修を見ます。")),
    Section(Right.REGISTERS_SEE, "city:recounts", _("IDの棚卸"), _("施設がIDを確認した結果と、停止したIDを見ます。")),
    Section(Right.AUDIT_SEE, "city:id_findings", _("IDの共用の疑い"), _("1つのIDが2か所で同時に使われた記録です。")),
    Section(Right.OWN_ACCOUNT, "city:rights", _("権限の一覧"), _("どの役割の人が何をできるかを示します。")),
    Section(
        Right.ACCESS_KEEP,
        "city:access_list",
        _("接続元と端末"),
        _("窓口のページをどこから開けるか、端末台帳、緊急許可です。"),
    ),
    Section(Right.EXPORT_DECIDE, "city:exports", _("持出し"), _("施設からの持出しの申請を承認します。")),
    Section(Right.ACCESS_KEEP, "city:sign_in_policies", _("認証の方針"), _("パスワードやログインの基準を定めます。")),
    Section(
        Right.ACCOUNTS_GRANT,
        "city:second_factors",
        _("認証アプリとパスキー"),
        _("職員の認証アプリとパスキーの登録を解除します。"),
    ),
    Section(
        Right.ACCOUNTS_GRANT,
        "city:sign_in_locks",
        _("ログインの一時停止"),
        _("失敗が続いて止まったログインを解除します。"),
    ),
    Section(Right.AUDIT_SEE, "city:sign_in_signs", _("ログインの兆候"), _("ログインの失敗やIDの共用の疑いです。")),
    Section(
        Right.CITY_SEE,
        "city:monitoring",
        _("月次モニタリング"),
        _("全施設の毎月の点検の状況と評価、指摘と改善です。"),
    ),
    Section(Right.AUDIT_SEE, "city:log", _("操作記録"), _("全施設の使用の記録、注意の知らせ、ログ点検、封印です。")),
    Section(Right.REGISTERS_SEE, "city:registers", _("台帳"), _("施設の複写、媒体、再委託、返還・廃棄の記録です。")),
    Section(
        Right.REGISTERS_SEE,
        "city:file_book",
        _("個人情報ファイル簿"),
        _("利用者登録台帳と登録証台帳の記録項目や利用目的です。"),
    ),
    Section(
        Right.RETENTION_KEEP, "city:disposals", _("廃棄"), _("保存期間を過ぎた記録の一覧を確認し、廃棄を決めます。")
    ),
    Section(Right.RETENTION_KEEP, "city:periods", _("保存期間"), _("記録の種類ごとに、保存する期間を定めます。")),
    Section(Right.HANDOVER_DECIDE, "city:handovers", _("引継ぎ"), _("指定期間の終わりの手順を進め、確認します。")),
)
