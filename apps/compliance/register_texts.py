"""The words of the registers."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

REGISTER_TEXTS: Final = {
    "register_row_unknown": _("お探しの記録はありません。"),
    "register_row_corrected": _("この記録はすでに訂正されています。訂正後の記録を訂正してください。"),
    "register_correction_reason": _("訂正の理由を入力してください。"),
    "register_fate_day": _("返還・廃棄したときは、複写した日以後の日を入力します。保管中のときは空欄にします。"),
    "register_key_keeper": _("施錠できるときは、鍵の管理者を入力してください。"),
    "register_span_backwards": _("期間の終わりは、期間の始め以後の日にしてください。"),
    "register_in_future": _("台帳には、したことを書きます。今日までの日を入力してください。"),
}
