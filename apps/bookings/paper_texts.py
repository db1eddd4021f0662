"""The sentences for ``apps.bookings.paper_errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

PAPER_TEXTS: Final = {
    "unknown_text_block": _("お探しの文言はありません。"),
    "wording_missing": _("文言を入力してください。"),
    "wording_too_long": _("1つの段落は{limit}文字以内で入力してください。"),
    "wording_paragraphs": _("段落の数が合いません。この文言の段落は{most}つまでです。"),
    "wording_control": _(
        "目に見えない文字（制御文字など）が含まれています。取り除いてから、もう一度入力してください。"
    ),
    "wording_unknown_field": _("差込み「{name}」は、この文言では使えません。使えるのは {allowed} です。"),
    "wording_broken_field": _(
        "差込みの {{ と }} の対応が正しくありません。差込みは {{施設名}} のように入力してください。"
    ),
    "wording_in_past": _("適用開始日は、今日以後の日を入力してください。"),
    "wording_holds": _("適用が始まった版は取り下げられません。新しい版を登録してください。"),
    "nothing_to_print": _("印刷する許可書を選択してください。"),
    "too_many_to_print": _("一度にまとめられるのは{most}件までです。"),
    "no_such_paper_code": _(
        "この確認番号は正しくありません。入力の誤りでなければ、このシステムで交付した文書ではないか、番号が書き換えられています。"
    ),
}
