"""The words of a change of operator."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.handover import Side, Standing, Step

HANDOVER_TEXTS: Final = {
    "handover_unknown": _("お探しの引継ぎはありません。"),
    "handover_order": _("この手順は、すでに済んでいるか、先に行う手順があります。画面を開き直して確かめてください。"),
    "handover_too_early": _("この手順は、指定期間の末日の翌日から行えます。"),
    "handover_incomplete": _("受領、返還・廃棄の証明、データ一式の受取りが済んでから確認してください。"),
    "handover_note": _("内容を{most}字以内で入力してください。"),
    "handover_lines": _("返還・廃棄したものを1行以上、すべての欄を入力してください。日付は今日までの日です。"),
    "handover_term": _("期間の終わりが決まっていて、まだ引継ぎを始めていない運営者を選択してください。"),
}
STEPS: Final = {
    Step.PLAN: (_("引継計画"), _("だれが、いつ、何を引き継ぐかの計画を提出します。")),
    Step.PLAN_ACCEPTED: (_("計画の承認"), _("市が計画を確かめて承認します。")),
    Step.LISTS: (
        _("引継書"),
        _("手続中のものの一覧を記録し、鍵・備品・前受金など、一覧にないものを書きます。何度でも記録できます。"),
    ),
    Step.FINAL: (
        _("最終の引継書"),
        _("指定期間の末日の状態を記録します。記録がなければ、24時を過ぎたときに自動で記録します。"),
    ),
    Step.RECEIVED: (_("引継書の受領"), _("次の運営者の職員が、引継書と現物を確かめて受け取ります。")),
    Step.RETURNED: (_("返還・廃棄の証明"), _("紙・媒体・複写の返還と廃棄を、立会いのもとで記録します。")),
    Step.PACKAGE: (_("データ一式の受取り"), _("施設のデータ一式を受け取り、読み戻して確かめたことを記録します。")),
    Step.CONFIRMED: (_("市の確認"), _("すべてを確かめて、引継ぎを終えます。")),
}
"""Step -> what it is called, and what is done."""
SIDE_WORDS: Final = {Side.FACILITY: _("施設"), Side.CITY: _("市")}
STANDING_WORDS: Final = {
    Standing.DONE: (_("済み"), "success"),
    Standing.OPEN: (_("これから"), "quiet"),
    Standing.DUE_SOON: (_("期限が近い"), "warning"),
    Standing.OVERDUE: (_("期限超過"), "danger"),
    Standing.NOT_YET: (_("まだできません"), "quiet"),
}
"""Standing -> word and tone of its badge."""
