"""Who may do what with the tables of texts and agreements, and the sentences for what can be wrong with them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from tenants.rights import Rights

AGREEMENT_RIGHTS: Final = {
    "compliance_clausetext": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT"),
}

AGREEMENT_ERRORS: Final = {
    "clause_unknown": _("お探しの条文はありません。"),
    "clause_for_the_past": _("適用を始める日は、今日以降の日を入力してください。"),
    "clause_unchanged": _("前の版と同じ文です。変更してから登録してください。"),
    "clause_changed": _("ほかの人が先に新しい版を登録しました。内容を確かめて、もう一度登録してください。"),
}
