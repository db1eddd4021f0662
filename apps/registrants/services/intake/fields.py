"""The fields of the registrants' files, with the headings that other systems use."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.models import CardKind, CardState, LapseCause, Qualification, RegistrantKind, Residence
from apps.registrants.services.intake.items import YES_OR_NO, item_fields
from shared.intake.rules.target import Field

KEY_HEADINGS: Final = (
    "利用者ID",
    "利用者番号",
    "利用者コード",
    "登録番号",
    "団体番号",
    "団体ID",
    "会員番号",
    "ID",
    "番号",
)
PERSON: Final = "individual"
GROUP: Final = "group"
COUNTER_ONLY: Final = "no"

PEOPLE: Final = (
    Field("key", _("元のシステムの番号"), KEY_HEADINGS, is_required=True),
    Field(
        "kind",
        _("個人・団体の区分"),
        ("区分", "利用者区分", "個人団体区分", "登録区分", "種別"),
        choices=tuple((kind.value, kind.label) for kind in RegistrantKind),
        meanings={
            "1": PERSON,
            "2": GROUP,
            "個人利用": PERSON,
            "団体利用": GROUP,
            "グループ": GROUP,
            "K": PERSON,
            "D": GROUP,
        },
    ),
    Field("group_name", _("団体名"), ("団体名", "団体名称", "グループ名", "サークル名", "クラブ名")),
    Field(
        "group_kana",
        _("団体名のフリガナ"),
        ("団体名カナ", "団体カナ", "団体名フリガナ", "団体名称カナ", "団体フリガナ"),
    ),
    Field("name", _("氏名（姓と名の間に空白）"), ("氏名", "名前", "利用者名", "代表者氏名", "代表者名", "代表者")),
    Field(
        "kana",
        _("氏名のフリガナ"),
        (
            "フリガナ",
            "氏名カナ",
            "カナ氏名",
            "カナ",
            "氏名フリガナ",
            "代表者カナ",
            "代表者フリガナ",
            "よみがな",
            "ふりがな",
        ),
    ),
    Field("family_name", _("姓"), ("姓", "氏", "苗字", "代表者姓")),
    Field("given_name", _("名"), ("名", "代表者名前", "下の名前")),
    Field("family_kana", _("姓のフリガナ"), ("姓カナ", "セイ", "氏カナ", "姓フリガナ", "代表者姓カナ")),
    Field("given_kana", _("名のフリガナ"), ("名カナ", "メイ", "名フリガナ", "代表者名カナ")),
    Field("birth_date", _("生年月日"), ("生年月日", "誕生日", "生年月日和暦", "生年月日西暦")),
    Field("postal_code", _("郵便番号"), ("郵便番号", "〒", "郵便", "〒番号")),
    Field("address", _("住所"), ("住所", "住所1", "所在地", "現住所", "代表者住所")),
    Field("address_rest", _("住所の続き（番地・建物など）"), ("住所2", "番地", "方書", "建物名", "マンション名")),
    Field(
        "phone", _("電話番号"), ("電話番号", "電話", "TEL", "連絡先", "連絡先電話番号", "代表者電話番号", "電話番号1")
    ),
    Field("registered_on", _("登録日"), ("登録日", "登録年月日", "初回登録日", "入会日", "申請日")),
    Field("valid_until", _("有効期限"), ("有効期限", "登録期限", "期限", "有効期間", "満了日")),
    Field(
        "state",
        _("登録の状態"),
        ("状態", "登録状態", "利用状態", "ステータス"),
        choices=(
            ("active", _("有効")),
            ("suspended", _("利用停止")),
            ("expired", _("期限切れ")),
            ("closed", _("抹消")),
        ),
        meanings={
            "通常": "active",
            "利用可": "active",
            "承認": "active",
            "登録": "active",
            "本登録": "active",
            "正常": "active",
            "停止": "suspended",
            "停止中": "suspended",
            "利用不可": "suspended",
            "失効": "expired",
            "期限切": "expired",
            "登録抹消": "closed",
            "廃止": "closed",
            "退会": "closed",
            "削除": "closed",
            "死亡": "closed",
            "転出": "closed",
        },
    ),
    Field("state_since", _("停止・抹消の日"), ("停止日", "抹消日", "停止抹消日", "廃止日", "退会日")),
    Field(
        "online",
        _("インターネット予約の利用の可否"),
        ("インターネット利用可否", "インターネット利用", "インターネット予約", "ネット利用可否", "WEB利用可否"),
        choices=(("yes", _("できる")), (COUNTER_ONLY, _("できない（窓口のみ）"))),
        meanings={
            **dict.fromkeys(("可", "可能", "利用可", "許可", "○", "〇", "有", "する", "1"), "yes"),
            **dict.fromkeys(("不可", "利用不可", "停止", "×", "✕", "無", "しない", "0"), COUNTER_ONLY),
        },
    ),
    Field(
        "online_why",
        _("インターネット予約ができない事由"),
        ("不可事由", "利用不可事由", "インターネット利用不可事由", "不可理由"),
    ),
    Field("contact1_name", _("緊急連絡先1の氏名"), ("緊急連絡先氏名", "緊急連絡先", "緊急連絡先1", "緊急連絡先氏名1")),
    Field("contact1_relation", _("緊急連絡先1の続柄"), ("緊急連絡先続柄", "続柄", "続柄1")),
    Field(
        "contact1_phone",
        _("緊急連絡先1の電話番号"),
        ("緊急連絡先電話", "緊急連絡先電話番号", "緊急連絡先電話番号1", "緊急電話"),
    ),
    Field("contact2_name", _("緊急連絡先2の氏名"), ("緊急連絡先2", "緊急連絡先氏名2")),
    Field("contact2_relation", _("緊急連絡先2の続柄"), ("続柄2",)),
    Field("contact2_phone", _("緊急連絡先2の電話番号"), ("緊急連絡先電話2", "緊急連絡先電話番号2")),
    *item_fields(),
)

MEMBERS: Final = (
    Field("group", _("団体の番号"), KEY_HEADINGS, is_required=True),
    Field("name", _("構成員の氏名"), ("氏名", "名前", "構成員氏名", "構成員名", "会員名"), is_required=True),
    Field("kana", _("フリガナ"), ("フリガナ", "カナ", "氏名カナ", "構成員カナ", "ふりがな")),
    Field("birth_date", _("生年月日"), ("生年月日", "誕生日")),
    Field("age", _("年齢"), ("年齢", "満年齢", "年令")),
    Field(
        "residence",
        _("居住区分"),
        ("居住区分", "地域区分", "市内外", "市内外区分", "在住区分"),
        choices=tuple((one.value, one.label) for one in Residence),
        meanings={
            "在住": "resident",
            "市内": "resident",
            "1": "resident",
            "在勤": "worker",
            "2": "worker",
            "在学": "student",
            "3": "student",
            "その他": "outside",
            "4": "outside",
            "9": "outside",
        },
    ),
    Field("phone", _("電話番号"), ("電話番号", "電話", "TEL", "連絡先")),
    Field(
        "is_contact",
        _("連絡担当者"),
        ("連絡担当者", "連絡担当", "連絡係"),
        choices=YES_OR_NO,
        meanings={"1": "yes", "○": "yes", "〇": "yes", "有": "yes", "0": "no", "×": "no", "無": "no"},
    ),
)

CARDS: Final = (
    Field(
        "number", _("カードの番号"), ("カード番号", "登録証番号", "証番号", "交付番号", "発行番号"), is_required=True
    ),
    Field("holder", _("利用者の番号"), KEY_HEADINGS, is_required=True),
    Field(
        "kind",
        _("カードの種類"),
        ("カード種類", "カードの種類", "カード種別", "種類", "種別", "証の種類"),
        is_required=True,
        choices=tuple((kind.value, kind.label) for kind in CardKind),
        meanings={"利用者証": "group", "団体カード": "group", "団体": "group", "登録証": "senior", "個人": "senior"},
    ),
    Field(
        "state",
        _("カードの状態"),
        ("状態", "カード状態", "ステータス"),
        choices=tuple((one.value, one.label) for one in CardState if one != CardState.APPLIED),
        meanings={
            "交付": "active",
            "交付済": "active",
            "発行済": "active",
            "通常": "active",
            "停止中": "suspended",
            "無効": "lapsed",
            "返還": "lapsed",
            "返却": "lapsed",
            "廃止": "lapsed",
            "期限切れ": "lapsed",
        },
    ),
    Field("branch", _("枝番"), ("枝番", "発行枝番", "再発行回数", "発行回数")),
    Field("issued_on", _("交付日"), ("交付日", "交付年月日", "発行日", "発行年月日")),
    Field("valid_until", _("カードの有効期限"), ("有効期限", "期限", "有効期間満了日")),
    Field("lapsed_on", _("失効日"), ("失効日", "返還日", "廃止日", "返却日")),
    Field(
        "lapse_cause",
        _("失効の事由"),
        ("失効事由", "失効理由", "返還理由", "廃止理由"),
        choices=tuple((one.value, one.label) for one in LapseCause),
        meanings={"返却": "returned", "取り消し": "revoked", "市外転出": "moved"},
    ),
    Field(
        "qualification",
        _("資格区分"),
        ("資格区分", "資格", "対象区分"),
        choices=tuple((one.value, one.label) for one in Qualification),
        meanings={
            "年齢": "age",
            "60歳以上の者": "age",
            "老人クラブ": "seniors_club",
            "障害者": "disability",
            "特認": "special",
        },
    ),
    Field("special_reason", _("特認の理由"), ("特認理由", "理由", "備考")),
)
