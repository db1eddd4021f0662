"""The forms of a tenant's settings: what it collects, and by which numbers it registers people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Renewal
from apps.registrants.rules.policy import LIMITS, MOST_REMINDERS, SIMILAR_BY, Policy
from apps.registrants.web.fields import LineField
from apps.registrants.web.forms import Section, Sectioned
from kernel.width import number
from shared.web.fields import DayField

PURPOSE_LIMIT: Final = 200
POLICY_LABELS: Final[dict[str, str | Promise]] = {
    "needs_review": _("登録の申込みを審査する"),
    "renewal": _("有効期限"),
    "validity_years": _("有効期間"),
    "reminder_days": _("期限のお知らせ"),
    "grace_days": _("期限後の猶予"),
    "provisional_days": _("仮登録の期間"),
    "least_members": _("構成員の最少人数"),
    "least_city_percent": _("市内の人の割合"),
    "exceeds_city_percent": _("市内の人の割合が、上の割合を超えること"),
    "least_member_age": _("構成員の最低年齢"),
    "excludes_pupils": _("中学生以下の人を除く"),
    "least_representative_age": _("代表者の最低年齢"),
    "consent_of_members": _("18歳未満の構成員にも保護者の同意を求める"),
    "most_groups_a_person": _("1人が入れる団体の数"),
    "barring_shared_members": _("二重登録として登録しない、共通の構成員の人数"),
    "most_shared_members": _("似ている団体として知らせる、共通の構成員の人数"),
    "similar_by": _("似ている団体として知らせる、そのほかの一致"),
    "senior_age": _("登録証の対象年齢"),
    "senior_ahead_days": _("登録証の早期申請"),
    "senior_validity_years": _("登録証の有効期間"),
    "senior_review_years": _("現況確認の間隔"),
}
SIMILAR_LABELS: Final = {"group_name": _("団体名・略称"), "phone": _("電話番号"), "address": _("代表者の住所")}
POLICY_HINTS: Final[dict[str, str | Promise]] = {
    "needs_review": _("チェックすると、窓口で登録した後、施設管理責任者の承認を待ちます。"),
    "validity_years": _("年数。「登録日から一定の年数」は年数、「年度末」は何回目の3月31日かを入力します。"),
    "reminder_days": _("期限の何日前にお知らせするか。例：60、30、7"),
    "grace_days": _("日数。過ぎると自動で抹消します。空欄なら抹消しません。"),
    "provisional_days": _("日数。過ぎた仮登録は取り消し、個人情報を削除します。"),
    "least_members": _("人。代表者を含みます。"),
    "least_city_percent": _("％以上。市内在住・在勤・在学の人の割合です。0なら問いません。"),
    "exceeds_city_percent": _("「過半数」は、割合を50にして、ここにチェックします。"),
    "excludes_pupils": _(
        "15歳になった後の3月31日までの人が対象です。「15歳以上（中学生を除く）」は、これだけで足ります。"
    ),
    "consent_of_members": _(
        "収集項目「保護者の同意」を収集しているときに確かめます。チェックしなければ、代表者が18歳未満のときだけ求めます。"
    ),
    "barring_shared_members": _("人。既にある1つの団体と、この人数以上が同じなら登録できません。0なら制限しません。"),
    "similar_by": _("チェックした点が同じか似ている団体を、登録の前に知らせます。登録は妨げません。"),
    "least_member_age": _("歳。0なら問いません。"),
    "least_representative_age": _("歳。0なら問いません。"),
    "most_shared_members": _("人。0なら知らせません。"),
    "most_groups_a_person": _("団体。0なら制限しません。"),
    "senior_age": _("歳。誕生日から対象になります。"),
    "senior_ahead_days": _("日。誕生日の何日前から申請できるかです。"),
    "senior_validity_years": _("年。空欄なら期限がありません。"),
    "senior_review_years": _("年。0なら行いません。"),
}
ASKED_ANYHOW: Final = _(
    "このほか、収集項目「講師の氏名」を収集すると、講師が代表者でないことを確かめます。"
    "満たさない団体は、施設管理責任者が理由を付けたときだけ登録できます。"
)
FLAGS: Final = ("needs_review", "exceeds_city_percent", "excludes_pupils", "consent_of_members")
MAY_BE_EMPTY: Final = ("grace_days", "senior_validity_years", "reminder_days")


class ItemForm(forms.Form):
    """Whether an item is collected, and for what."""

    is_collected = forms.BooleanField(label=_("この項目を収集する"), required=False)
    purpose = LineField(
        limit=PURPOSE_LIMIT,
        label=_("利用目的"),
        required=False,
        help_text=_("入力欄の横に示します。収集する項目には必ず必要です。"),
    )
    is_required = forms.BooleanField(label=_("必ず答えてもらう"), required=False)
    erase = forms.BooleanField(
        label=_("収集をやめるとき、保存済みの値を消す"), required=False, help_text=_("消した値は元に戻せません。")
    )

    def __init__(self, *args: Any, kept: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kept:
            del self.fields["erase"]


class FigureField(forms.IntegerField):
    """A number in either width."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--4"})

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        told = _("%(least)dから%(most)dまでの数で入力してください。")
        super().__init__(**kwargs)
        self.least, self.most, self.told = least, most, told

    def to_python(self, value: Any) -> int | None:
        typed = number(str(value if value is not None else ""))
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", typed) or not self.least <= int(typed) <= self.most:
            raise ValidationError(self.told, code="out_of_range", params={"least": self.least, "most": self.most})
        return int(typed)


class DaysField(forms.Field):
    """Some numbers of days, e.g. 60、30、7; the greatest first."""

    def to_python(self, value: Any) -> tuple[int, ...]:
        days = [number(part) for part in re.split(r"[,、，・\s]+", str(value or "").strip()) if part]
        if len(days) > MOST_REMINDERS or not all(
            re.fullmatch(r"[0-9]{1,3}", day) and 1 <= int(day) <= 365 for day in days
        ):
            raise ValidationError(_("1から365までの数を、5つまで「、」で区切って入力してください。"), code="days")
        return tuple(sorted({int(day) for day in days}, reverse=True))

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, tuple | list) else value


class GroundsField(forms.MultipleChoiceField):
    """Some of ``SIMILAR_BY``, as a tuple in their order."""

    def clean(self, value: Any) -> tuple[str, ...]:
        chosen = set(super().clean(value))
        return tuple(code for code in SIMILAR_BY if code in chosen)


class PolicyForm(Sectioned):
    """A policy, field by field, and its day."""

    valid_from = DayField(
        label=_("適用日"), help_text=_("この日から後の登録と更新に使います。今日以後の日を入力します。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (field.name for field in fields(Policy)):
            self.fields[name] = _policy_field(name)

    @property
    def sections(self) -> Iterator[Section]:
        names = list(POLICY_LABELS)
        first_of = [names.index(name) for name in ("least_members", "most_shared_members", "senior_age")]
        of_groups, of_likeness, of_cards = first_of
        yield self.section(_("適用日"), "valid_from")
        yield self.section(_("登録と有効期限"), *names[:of_groups])
        yield self.section(_("団体の要件"), *names[of_groups:of_likeness], note=ASKED_ANYHOW)
        yield self.section(_("似ている団体"), *names[of_likeness:of_cards])
        yield self.section(_("老人福祉センター・老人憩いの家登録証"), *names[of_cards:])

    def policy(self) -> Policy:
        """The policy of the valid form."""
        return Policy(**{field.name: self.cleaned_data[field.name] for field in fields(Policy)})


def _policy_field(name: str) -> forms.Field:
    told: dict[str, Any] = {"label": POLICY_LABELS[name], "help_text": POLICY_HINTS.get(name, "")}
    if name in FLAGS:
        return forms.BooleanField(required=False, **told)
    if name == "renewal":
        return forms.ChoiceField(choices=Renewal, widget=forms.RadioSelect, **told)
    if name == "similar_by":
        choices = [(code, SIMILAR_LABELS[code]) for code in SIMILAR_BY]
        return GroundsField(choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **told)
    if name == "reminder_days":
        return DaysField(required=False, **told)
    least, most = LIMITS[name]
    return FigureField(least=least, most=most, required=name not in MAY_BE_EMPTY, **told)
