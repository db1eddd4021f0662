"""The checklist that a city begins with (domain handbook 7.5): ★ are the items of the document of 2017."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apps.compliance.rules.monitoring.words import Source

PAPERS, DEVICES, ACCOUNTS, STAFF, WORK = "papers", "devices", "accounts", "staff", "work"
CATEGORIES: Final = (PAPERS, DEVICES, ACCOUNTS, STAFF, WORK)
REQUIRED: Final = ("papers_locked", "keys_kept", "pc_fixed")
"""書類等の整理状況（保管場所の施錠・鍵の管理体制）, パソコンの設置状況: never deleted, never switched off."""


@dataclass(frozen=True, slots=True)
class Seed:
    """An item of the checklist: what is checked, how, who fills it in, what shows it, which figures go with it."""

    code: str
    category: str
    text: str
    method: str
    source: Source
    evidence: str
    facts: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        """Whether it is one of the three."""
        return self.code in REQUIRED


_A, _F, _C = Source.AUTO, Source.FACILITY, Source.CITY

SEEDS: Final = (
    Seed(
        "papers_locked", PAPERS, "書類等の整理状況：書類の保管場所は施錠できる", "目視・施錠の実演", _F, "保管庫の写真"
    ),
    Seed(
        "keys_kept",
        PAPERS,
        "書類等の整理状況：鍵の管理体制（責任者・使用記録）は適切である",
        "鍵の使用記録簿の確認・聞き取り",
        _F,
        "鍵の使用記録簿",
    ),
    Seed("ledger_matches", PAPERS, "台帳と現物が一致している", "抽出による突合", _F, "申請書綴り・台帳"),
    Seed("papers_shredded", PAPERS, "不要な書類は裁断している", "目視・聞き取り", _F, "廃棄の記録"),
    Seed("papers_not_left", PAPERS, "申請書等を机上・窓口に放置していない", "目視", _F, "窓口の写真"),
    Seed(
        "cards_kept",
        PAPERS,
        "未交付の利用者カード・登録証を施錠して保管している",
        "現物と未交付一覧の突合",
        _A,
        "未交付カードの一覧",
        ("cards_unhanded",),
    ),
    Seed(
        "pc_fixed",
        DEVICES,
        "パソコンの設置状況：持ち出せないように設置している（ワイヤ等）",
        "目視・ワイヤ錠の確認",
        _F,
        "設置状況の写真",
    ),
    Seed("screen_hidden", DEVICES, "画面が来館者から見えない", "来館者の位置からの目視", _F, "設置状況の写真"),
    Seed("screen_locked", DEVICES, "離席時に画面をロックしている", "聞き取り・実演", _F, "端末の設定画面"),
    Seed("no_notes", DEVICES, "パスワードを書いたものを貼っていない", "目視", _F, "端末周りの写真"),
    Seed("no_usb", DEVICES, "USBメモリ等の外部媒体を接続していない", "端末のログの確認", _F, "端末のログ"),
    Seed("no_software", DEVICES, "許可されていないソフトウェアを入れていない", "一覧の確認", _F, "ソフトウェアの一覧"),
    Seed("os_updated", DEVICES, "OS・ウイルス対策ソフトを更新している", "更新日の確認", _F, "更新の履歴"),
    Seed(
        "accounts_match",
        ACCOUNTS,
        "使用者名簿と有効なIDが一致している",
        "名簿とIDの突合",
        _A,
        "使用者名簿",
        ("accounts_active", "accounts_off_roster", "accounts_unused"),
    ),
    Seed(
        "leavers_stopped",
        ACCOUNTS,
        "退職者のIDを停止している",
        "退職者とIDの突合",
        _A,
        "退職届・IDの一覧",
        ("accounts_of_leavers",),
    ),
    Seed("no_sharing", ACCOUNTS, "IDを共用・貸与していない", "聞き取り・操作記録の確認", _F, "操作記録"),
    Seed(
        "sign_ins",
        ACCOUNTS,
        "ログインに異常がない",
        "操作記録の確認",
        _A,
        "操作記録",
        ("logins_failed", "refused", "alerts_open"),
    ),
    Seed("night_use", ACCOUNTS, "時間外のアクセスに理由がある", "操作記録の確認", _A, "操作記録", ("night_use",)),
    Seed(
        "taken_out",
        ACCOUNTS,
        "個人情報の印刷・持出しは業務に必要なものだけである",
        "操作記録・持出し台帳の確認",
        _A,
        "持出しの申請書",
        ("prints", "exports"),
    ),
    Seed(
        "pledges",
        STAFF,
        "従事者の誓約・研修が済んでいる",
        "台帳の確認",
        _A,
        "誓約書・研修の記録",
        ("pledges_overdue", "trainings_overdue"),
    ),
    Seed("notice_posted", STAFF, "従事者への周知文を掲示している", "目視", _F, "掲示の写真"),
    Seed(
        "decisions",
        WORK,
        "許可・減免・還付の処理が適正である",
        "抽出による確認",
        _A,
        "申請書・許可書",
        ("bookings_waiting", "requests_open", "refused_bookings", "reductions_granted", "refunds_decided"),
    ),
    Seed("cash", WORK, "収納金が日計表と一致している", "日計表と現金の照合", _A, "日計表", ("past_fees_open",)),
    Seed("complaints", WORK, "苦情・事故に適切に対応している", "記録の確認", _A, "苦情・事故の記録", ("incidents",)),
    Seed("opening_hours", WORK, "開館時間・休館日を守っている", "業務日誌の確認", _F, "業務日誌"),
    Seed("equipment", WORK, "設備の点検を行っている", "点検記録の確認", _F, "点検記録"),
    Seed("drill", WORK, "避難訓練を計画どおり行っている", "記録の確認", _F, "訓練の記録"),
)
"""In the order of the sheet."""
