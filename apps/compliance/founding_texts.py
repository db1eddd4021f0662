"""The sentences for ``founding_errors``, and the words of foundings and closings."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.compliance.rules.founding import Fault, Stage

FOUNDING_ERRORS: Final = {
    "founding_fault": _("内容を確かめてください。"),
    "founding_taken": _("ほかの人が同じ名前で開設を申し込みました。名前を変えてください。"),
    "founding_state": _("開設の状況が変わっています。画面を開き直して確かめてください。"),
    "founding_asker": _("申し込んだ職員のIDが使えないか、開設の権限がありません。"),
    "closing_hindered": _("廃止を妨げる事項があります。一覧を確かめてください。"),
    "closing_reason": _("理由は5文字以上で入力してください。"),
    "closing_override": _("妨げる事項があるまま廃止できるのは、総括の職員だけです。"),
}
FAULT_TEXTS: Final = {
    Fault.SCHEMA_FORM: _("英小文字で始まる2〜40字の英小文字・数字・下線で入力してください。"),
    Fault.SCHEMA_RESERVED: _("この名前はシステムが使うため、使えません。"),
    Fault.SCHEMA_TAKEN: _("この名前は使われています。廃止した施設の名前も、データが残る間は使えません。"),
    Fault.HOST_FORM: _("英小文字で始まる英小文字・数字・ハイフンで入力してください。"),
    Fault.HOST_RESERVED: _("このホスト名はシステムが使うため、使えません。"),
    Fault.HOST_TAKEN: _("このホスト名は使われています。廃止した施設のホスト名も、データが残る間は使えません。"),
    Fault.PREFIX_FORM: _("R以外で始まる英大文字1〜4字で入力してください。"),
    Fault.PREFIX_TAKEN: _("この記号は、ほかの施設が使っています。"),
    Fault.NO_FACILITY: _("施設を1つ以上選択してください。"),
    Fault.FACILITY_UNKNOWN: _("施設一覧にない施設が選ばれています。選び直してください。"),
    Fault.FACILITY_TAKEN: _("ほかの窓口に入った施設が選ばれています。選び直してください。"),
    Fault.TOO_MANY_FACILITIES: _("1つの窓口に入れられるのは30施設までです。"),
    Fault.TERM_BACKWARDS: _("終わりの日は、始まりの日以降の日を入力してください。"),
    Fault.TERM_OVER: _("指定期間が終わっています。"),
    Fault.TERM_FAR: _("期間は12年以内で入力してください。"),
    Fault.NO_END: _("指定管理者の指定には、終わりの日が必要です。"),
    Fault.NO_NETWORK: _("接続元の範囲を1つ以上入力してください。"),
    Fault.TOO_MANY_NETWORKS: _("接続元の範囲は20行までです。"),
    Fault.NETWORK_TWICE: _("同じ範囲が2回書かれています。"),
    Fault.NETWORK_OPEN: _("すべてのアドレスを許す範囲は登録できません。"),
}
STAGE_WORDS: Final = {
    Stage.CHECK: _("申込みの内容を確かめる"),
    Stage.SCHEMA: _("データの置き場所と役割を作る"),
    Stage.TABLES: _("表を作る"),
    Stage.RIGHTS: _("権限を付ける"),
    Stage.VIEWS: _("市の一覧に加える"),
    Stage.OPERATOR: _("運営者と協定を登録する"),
    Stage.FACILITIES: _("施設一覧と結び付ける"),
    Stage.NETWORKS: _("接続元を登録する"),
    Stage.ROSTER: _("使用者名簿を審査に回す"),
    Stage.RECORD: _("記録する"),
}
OTHER_FAILURES: Final = {
    "refused": _("運営者・協定・接続元・名簿のどれかが、今の登録と合いません。"),
    "founding_asker": _("申し込んだ職員のIDが使えないか、開設の権限がありません。"),
    "interrupted": _("作業が途中で何度も止まりました。システムの担当者に知らせてください。"),
    "database": _("データベースが作業を受け付けませんでした。システムの担当者に知らせてください。"),
    "unexpected": _("予期しない問題が起きました。システムの担当者に知らせてください。"),
}
FAILURE_TEXTS: Final = {**{fault.value: text for fault, text in FAULT_TEXTS.items()}, **OTHER_FAILURES}
FINDING_WORDS: Final = {
    "bookings": _("これからの予約（仮押え、審査待ち、許可）"),
    "handover": _("市が確認していない引継ぎ"),
    "lists": _("最後の引継書に残っている件数"),
    "unsealed": _("まだ封印されていない操作記録"),
    "accounts": _("使えるID"),
}
