"""Sentences about groups: requirements not met, grounds of likeness, lines of a roster that cannot be read."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.rules import requirements, similarity
from apps.registrants.rules.requirements import Finding
from apps.registrants.rules.roster_paste import LineFault

REQUIREMENT_TEXTS: Final = {
    requirements.TOO_FEW_MEMBERS: _("構成員の人数：代表者を含めて{least}人以上必要ですが、{count}人です。"),
    requirements.TOO_FEW_OF_THE_CITY: _(
        "市内の割合：在住・在勤・在学の人が{least}％以上必要ですが、{of}人のうち{count}人です。"
    ),
    requirements.SHARE_NOT_EXCEEDED: _(
        "市内の割合：在住・在勤・在学の人が{least}％を超えること（{of}人なら{needed}人以上）が必要ですが、{count}人です。"
    ),
    requirements.MEMBERS_TOO_YOUNG: _(
        "構成員の年齢：{least}歳以上と定められていますが、{count}人が{least}歳未満です。"
    ),
    requirements.MEMBER_AGES_UNKNOWN: _(
        "構成員の年齢：{least}歳以上と定められていますが、{count}人の生年月日又は年齢が分かりません。"
    ),
    requirements.PUPILS: _("構成員の年齢：中学生以下の人は構成員になれないと定められていますが、{count}人います。"),
    requirements.PUPILS_UNKNOWN: _(
        "構成員の年齢：中学生以下かどうかが{count}人について分かりません。生年月日を入力してください。"
    ),
    requirements.REPRESENTATIVE_TOO_YOUNG: _("代表者の年齢：{least}歳以上と定められていますが、{age}歳です。"),
    requirements.REPRESENTATIVE_AGE_UNKNOWN: _(
        "代表者の年齢：{least}歳以上と定められていますが、年齢が分かりません。代表者も名簿に入力してください。"
    ),
    requirements.GUARDIAN_CONSENT_MISSING: _("保護者の同意：代表者が{of_age}歳未満のときは、保護者の同意が必要です。"),
    requirements.MEMBERS_CONSENT_MISSING: _(
        "保護者の同意：{of_age}歳未満の構成員（代表者のほかに{count}人）について、保護者の同意が必要です。"
    ),
    requirements.LECTURER_REPRESENTS: _("講師：講師は代表者になれません。"),
    requirements.TOO_MANY_GROUPS: _(
        "所属する団体の数：1人{most}団体までと定められていますが、{count}人がそれを超えます。"
    ),
    requirements.TOO_MANY_SHARED: _(
        "二重登録の防止：{least}人以上が同じ団体が既にあるときは登録できないと定められていますが、"
        "{of}人のうち{count}人が、既にある1つの団体と同じです。"
    ),
}
"""Code of a requirement -> the rule and the figures of the group."""

GROUND_TEXTS: Final = {
    similarity.GROUP_NAME: _("団体名が似ています"),
    similarity.MEMBERS: _("構成員が{shared}人重なっています"),
    similarity.PHONE: _("電話番号が同じです"),
    similarity.ADDRESS: _("住所が同じです"),
}
"""Code of a ground -> what is alike."""

LINE_TEXTS: Final = {
    LineFault.TOO_MANY_COLUMNS: _(
        "列が多すぎます。氏名、フリガナ、生年月日又は年齢、居住区分、電話番号の順に5列までです。"
        "ほかの列があるときは、見出しの行も一緒に貼り付けてください。"
    ),
    LineFault.NAME_MISSING: _("氏名がありません。"),
    LineFault.NO_SUCH_RESIDENCE: _(
        "居住区分が読み取れません。市内在住、市内在勤、市内在学、市外のいずれかです。見出しがなければ4列目です。"
    ),
    LineFault.AGE_DIFFERS: _("生年月日と年齢が合いません。どちらかを直してください。"),
    LineFault.TOO_MANY_LINES: _("名簿に入りきりません。"),
}
"""What is wrong with a pasted line."""


def finding_text(finding: Finding) -> str:
    """The sentence for a requirement that is not met."""
    return str(REQUIREMENT_TEXTS[finding.code]).format(**finding.figures)


def ground_text(code: str, shared: int) -> str:
    """On what ground two groups are alike; ``shared`` people are members of both."""
    return str(GROUND_TEXTS[code]).format(shared=shared)
