"""The words of incidents: error sentences, and what stands for each code on the pages."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.incident_duty import Ground
from apps.compliance.rules.incident_items import Item
from apps.compliance.rules.incidents import Step

INCIDENT_TEXTS: Final = {
    "incident_unknown": _("お探しの事故の記録はありません。"),
    "incident_after_now": _("これから先の時刻は入力できません。"),
    "incident_noticed_before": _("発覚の日時は、発生の日時以降にしてください。"),
    "incident_phoned_before": _("電話の時刻は、発覚の日時以降にしてください。"),
    "incident_step_not_due": _("その段階は記録済みか、先に済ませる段階があります。ページを開き直してください。"),
    "incident_items_missing": _("この段階には、報告事項の{items}の記入が必要です。"),
    "incident_items_stale": _("ほかの人が報告事項を更新しました。内容を確かめて、もう一度記入してください。"),
    "incident_nothing_changed": _("変更がありません。"),
    "incident_closed": _("この事故の対応は完了しています。"),
    "incident_unknown_numbers": _("この施設にない登録番号が{count}件あります（{lines}行目）。"),
    "incident_nobody_affected": _("対象になる方がまだ記録されていません。"),
    "incident_span": _("期間は、始まりを終わりより前にして、{days}日以内で指定してください。"),
    "incident_reason_missing": _("理由を入力してください。"),
}

STEP_WORDS: Final[dict[Step, Promise]] = {
    Step.NOTICED: _("発覚"),
    Step.REPORTED: _("一次報告"),
    Step.ACCEPTED: _("市受理"),
    Step.SURVEYED: _("影響調査"),
    Step.PROMPT: _("速報"),
    Step.FINAL: _("確報"),
    Step.NOTIFIED: _("本人通知"),
    Step.PREVENTED: _("再発防止"),
    Step.CLOSED: _("完了"),
}

GROUND_WORDS: Final[dict[Ground, Promise]] = {
    Ground.SENSITIVE: _("① 要配慮個人情報が含まれる（おそれを含む）"),
    Ground.PROPERTY: _("② 不正に利用されると財産的被害が生じるおそれがある"),
    Ground.UNLAWFUL: _("③ 不正の目的によるおそれがある"),
    Ground.MANY: _("④ 本人の数が基準を超える（おそれを含む）"),
    Ground.ORDINANCE: _("⑤ 条例要配慮個人情報が含まれる（おそれを含む）"),
}

ITEM_WORDS: Final[dict[Item, Promise]] = {
    Item.OVERVIEW: _("① 概要"),
    Item.DATA: _("② 個人データの項目"),
    Item.PERSONS: _("③ 本人の数"),
    Item.CAUSE: _("④ 原因"),
    Item.SECONDARY: _("⑤ 二次被害（おそれ）の有無と内容"),
    Item.TO_PERSONS: _("⑥ 本人への対応の実施状況"),
    Item.PUBLICATION: _("⑦ 公表の実施状況"),
    Item.PREVENTION: _("⑧ 再発防止のための措置"),
    Item.OTHER: _("⑨ その他参考となる事項"),
}

ITEM_HINTS: Final[dict[Item, Promise]] = {
    Item.OVERVIEW: _("いつ、どこで、何が起きたか。氏名や電話番号は書かないでください。"),
    Item.DATA: _("例：氏名、住所、電話番号、生年月日"),
    Item.PERSONS: _("例：23人（調査中。最大で約40人）"),
    Item.CAUSE: _("分かっていることと、調査中のことを分けて書きます。"),
    Item.SECONDARY: _("例：なし。不審な連絡があったという申出は受けていない。"),
    Item.TO_PERSONS: _("例：該当する方へ文書で通知する準備をしている。"),
    Item.PUBLICATION: _("例：市のホームページで公表する予定"),
    Item.PREVENTION: _("済んだことと、これからすることに期日を付けて書きます。"),
    Item.OTHER: _("ほかに伝えることがなければ「なし」"),
}


class Kind(TextChoices):
    """What happened to the data (事故の種類)."""

    LEAK = "leak", _("漏えい（外に出た）")
    LOSS = "loss", _("滅失・紛失（なくなった）")
    DAMAGE = "damage", _("毀損（壊れた、書き換わった）")
    UNKNOWN = "unknown", _("まだ分からない")


class Medium(TextChoices):
    """What the data were on (媒体)."""

    PAPER = "paper", _("紙の書類")
    SCREEN = "screen", _("システムの画面")
    TERMINAL = "terminal", _("パソコン・端末")
    USB = "usb", _("USBメモリなどの媒体")
    MAIL = "mail", _("メール・FAX・郵送")
    CARD = "card", _("利用者カード・登録証")
    OTHER = "other", _("その他")


class Encrypted(TextChoices):
    """Whether the data were encrypted (暗号化の有無)."""

    YES = "yes", _("暗号化していた")
    NO = "no", _("暗号化していなかった（紙を含む）")
    UNKNOWN = "unknown", _("分からない")


class Recovered(TextChoices):
    """Whether the data came back (回収状況)."""

    ALL = "all", _("すべて回収した")
    PART = "part", _("一部を回収した")
    NONE = "none", _("回収していない")
    UNKNOWN = "unknown", _("分からない")


class Publishing(TextChoices):
    """How an incident is made public (公表)."""

    EACH = "each", _("都度公表する")
    HALF_YEAR = "half_year", _("半期一括で公表する")
    NEVER = "never", _("公表しない")


class Sending(TextChoices):
    """How a person was told (通知の方法)."""

    POST = "post", _("郵送")
    HAND = "hand", _("手渡し")
    PHONE = "phone", _("電話")
    RETURNED = "returned", _("届かず返送された")
