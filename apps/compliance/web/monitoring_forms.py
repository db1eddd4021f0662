"""The forms of the monthly monitoring, of both sides: shape of the input only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.compliance.models.monitoring import (
    ItemCategory,
    ItemResult,
    ItemSource,
    MonitoringFact,
    MonitoringMonth,
    MonitoringResult,
    MonthGrade,
)
from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.queries.monitoring.months import Sheet
from apps.compliance.rules.monitoring.clocks import PLAN_DAYS
from apps.compliance.rules.monitoring.report import LONGEST, wants_own_result
from apps.compliance.rules.monitoring.words import Source
from apps.compliance.services.monitoring.self_check import Own, Report
from kernel import clock
from shared.web.fields import CountField, DayField

ROWS: Final = {"rows": 3}
COUNTED: Final = {
    "required": _("数を入力してください。ないときは0を入力します。"),
    "invalid": _("数字で入力してください。"),
    "min_value": _("数は%(limit_value)d以上で入力してください。"),
    "max_value": _("数は%(limit_value)d以下で入力してください。"),
}


class Words(forms.CharField):
    """A free text, with a bound that is told."""

    def __init__(self, **kwargs: Any) -> None:
        said: dict[str, Any] = {
            "max_length": LONGEST,
            "required": False,
            "widget": forms.Textarea(attrs=ROWS),
            "error_messages": {
                "required": _("内容を入力してください。"),
                "max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
            },
        }
        super().__init__(**said | kwargs)


class NoPhone(forms.BooleanField):
    """Says that a number in a text is not that of a telephone."""

    def __init__(self) -> None:
        super().__init__(label=_("電話番号ではないことを確かめました"), required=False)


class SectionForm(forms.Form):
    """The items of one group: a result and words for each. ``side`` is ``own`` or ``city``."""

    hides_requirement = True
    no_phone = NoPhone()

    def __init__(self, data: QueryDict | None, *, items: Iterable[MonitoringResult], sheet: Sheet, side: str) -> None:
        super().__init__(data)
        self.sheet = sheet
        self.items = [item for item in items if side == "city" or wants_own_result(Source(item.filled_by))]
        for item in self.items:
            self.fields[f"result-{item.code}"] = forms.ChoiceField(
                label=f"{'★' if item.is_required else ''}{item.text}",
                help_text=_help(item),
                choices=ItemResult.choices,
                required=False,
                initial=getattr(item, f"{side}_result"),
                widget=forms.RadioSelect,
            )
            self.fields[f"note-{item.code}"] = Words(
                label=_("所見・内容"), initial=getattr(item, f"{side}_note"), widget=forms.Textarea(attrs={"rows": 2})
            )

    def rows(self) -> Iterator[tuple[MonitoringResult, list[MonitoringFact], forms.BoundField, forms.BoundField]]:
        """Each item with its figures and its two fields."""
        for item in self.items:
            yield (
                item,
                self.sheet.facts_of(item),
                self[f"result-{item.code}"],
                self[f"note-{item.code}"],
            )

    def answers(self) -> dict[str, Own]:
        """Code -> what was said, of the valid form."""
        said = self.cleaned_data
        return {item.code: Own(said[f"result-{item.code}"], said[f"note-{item.code}"]) for item in self.items}


class ReportForm(forms.Form):
    """The month's numbers and free texts."""

    complaints = CountField(label=_("苦情の件数"), min_value=0, error_messages=COUNTED)
    complaint_text = Words(label=_("苦情の内容と対応"))
    accidents = CountField(label=_("事故の件数"), min_value=0, error_messages=COUNTED)
    accident_text = Words(label=_("事故の内容と対応"))
    survey_text = Words(label=_("利用者アンケートの結果"))
    facility_note = Words(label=_("その他の報告事項"))
    no_phone = NoPhone()

    def report(self) -> Report:
        """The valid form as a report."""
        return Report(**{name: value for name, value in self.cleaned_data.items() if name != "no_phone"})

    @staticmethod
    def kept(month: MonitoringMonth) -> dict[str, Any]:
        """What is kept of ``month``, as initial values."""
        return {name: getattr(month, name) for name in Report.__dataclass_fields__}


class PlanForm(forms.Form):
    """改善計画: what is done, until when."""

    text = Words(label=_("改善の内容"), required=True, widget=forms.Textarea(attrs={"rows": 6}))
    until = DayField(label=_("完了予定日"))
    no_phone = NoPhone()


class VisitForm(forms.Form):
    """現地確認: when, who, and the summary."""

    checked_on = DayField(label=_("現地確認日"))
    checker = forms.CharField(label=_("確認者（所属・氏名）"), max_length=100)
    note = Words(label=_("総括所見"))


class ReasonForm(forms.Form):
    """Why."""

    reason = Words(label=_("理由"), required=True, error_messages={"required": _("理由を入力してください。")})


class FindingForm(forms.Form):
    """指摘: about which item, what, by when."""

    item = forms.ChoiceField(label=_("点検項目"), required=False)
    text = Words(label=_("指摘の内容"), required=True, widget=forms.Textarea(attrs={"rows": 5}))
    deadline = DayField(label=_("改善計画の提出期限"))

    def __init__(self, data: QueryDict | None, *, sheet: Sheet, item: str = "") -> None:
        due = clock.today() + dt.timedelta(days=PLAN_DAYS)
        super().__init__(data, initial={"deadline": due, "item": item})
        items = [(one.code, one.text) for one in sheet.results]
        self.fields["item"].choices = [("", _("項目によらない指摘")), *items]  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """What the city says to a plan."""

    decision = forms.ChoiceField(label=_("決定"), widget=forms.RadioSelect)
    answer = Words(label=_("市の所見"), help_text=_("差戻し・取下げのときは、理由を入力してください。"))

    def __init__(self, data: QueryDict | None, *, finding: MonitoringFinding) -> None:
        super().__init__(data)
        choices = [("withdraw", _("指摘を取り下げる"))]
        if finding.state == "planned":
            choices = [("confirm", _("改善を確認した")), ("return", _("計画を差し戻す")), *choices]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """判定: the rule's grade, or another with a reason."""

    grade = forms.ChoiceField(label=_("総合評価"), choices=MonthGrade.choices, widget=forms.RadioSelect)
    reason = Words(label=_("規則による評価と異なる理由"))


class PhotoForm(forms.Form):
    """A photograph of the on-site check."""

    photo = forms.FileField(
        label=_("写真（JPEG・PNG、12MBまで）"),
        error_messages={"required": _("写真を選んでください。"), "empty": _("写真を選んでください。")},
        help_text=_("撮影場所の情報（GPS）などは取り除いて保存します。人の顔や氏名が写らないようにしてください。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    item = forms.ChoiceField(label=_("点検項目"), required=False)
    caption = forms.CharField(label=_("説明"), max_length=100, required=False)

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, sheet: Sheet) -> None:
        super().__init__(data, files)
        items = [(one.code, one.text) for one in sheet.results]
        self.fields["item"].choices = [("", _("項目によらない写真")), *items]  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """An item of the checklist."""

    category = forms.ChoiceField(label=_("区分"), choices=ItemCategory.choices)
    text = forms.CharField(label=_("点検項目"), max_length=200)
    method = forms.CharField(label=_("確認方法"), max_length=200, required=False)
    evidence = forms.CharField(label=_("確認資料の例"), max_length=200, required=False)
    filled_by = forms.ChoiceField(label=_("記入者"), choices=ItemSource.choices)
    position = CountField(label=_("並び順"), min_value=1, help_text=_("小さい順に並びます。"), error_messages=COUNTED)
    is_on = forms.BooleanField(label=_("この項目を点検する"), required=False, initial=True)
    reason = forms.CharField(label=_("変更の理由"), max_length=200)


class MailboxForm(forms.Form):
    """The functional mailboxes for the reminders of one tenant; an empty one gets none."""

    operator = forms.EmailField(label=_("運営者の共有メール"), required=False)
    department = forms.EmailField(label=_("所管課の共有メール"), required=False)


class GeneralMailboxForm(forms.Form):
    """The functional mailbox of 総括, told when something is a week late."""

    general = forms.EmailField(label=_("総括の共有メール"), required=False)


class YearForm(forms.Form):
    """年度評価."""

    grade = forms.ChoiceField(label=_("年度の評価"), choices=MonthGrade.choices, widget=forms.RadioSelect)
    comment = Words(label=_("講評"), required=True)


def _help(item: MonitoringResult) -> str:
    parts = [(_("確認方法"), item.method), (_("確認資料の例"), item.evidence)]
    return "　".join(f"{label}：{text}" for label, text in parts if text)
