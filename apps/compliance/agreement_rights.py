"""Who may do what with the tables of texts and agreements, and the sentences for what can be wrong with them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from tenants.rights import Rights

AGREEMENT_RIGHTS: Final = {
    "compliance_agreementversion": Rights(city="SELECT, INSERT"),
    "compliance_assignmentending": Rights(city="SELECT, INSERT"),
    "compliance_tenantact": Rights(city="SELECT, INSERT"),
    "compliance_clausetext": Rights(tenant="SELECT", portal="SELECT", city="SELECT, INSERT"),
}

AGREEMENT_ERRORS: Final = {
    "clause_unknown": _("お探しの条文はありません。"),
    "clause_for_the_past": _("適用を始める日は、今日以降の日を入力してください。"),
    "clause_unchanged": _("前の版と同じ文です。変更してから登録してください。"),
    "clause_changed": _("ほかの人が先に新しい版を登録しました。内容を確かめて、もう一度登録してください。"),
    "member_without_number": _("{line}行目に、法人名と法人番号を空白で区切って入力してください。"),
    "corporate_number_wrong": _("{line}法人番号が正しくありません。13桁の数字を確かめてください。"),
    "member_twice": _("同じ法人が2回書かれています。"),
    "consortium_of_one": _("共同事業体は、2つ以上の法人を1行に1つずつ入力してください。"),
    "manager_without_body": _("指定管理者は、法人番号か、共同事業体の構成員を入力してください。"),
    "operator_name_taken": _("同じ名称の運営者が登録されています。"),
    "assignment_unknown": _("お探しの指定はありません。"),
    "not_in_care": _("所管している施設ではないため、変更できません。"),
    "term_backwards": _("終わりの日は、始まりの日以降の日を入力してください。"),
    "term_overlaps": _("この期間には、ほかの運営者の指定があります。"),
    "term_over": _("指定期間が終わっています。"),
    "end_not_earlier": _("終わりの日は、昨日以降で、今の終わりの日より前の日を入力してください。"),
    "agreement_for_the_past": _("適用を始める日は、今日以降の日を入力してください。"),
    "agreement_changed": _("ほかの人が先に変更しました。内容を確かめて、もう一度登録してください。"),
    "tenant_state": _("施設の状態が変わっています。一覧を開き直して確かめてください。"),
}
