"""Forms and words of a change of operator, for desk and city."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.compliance.handover_errors import HandoverOrderError
from apps.compliance.handover_texts import SIDE_WORDS, STANDING_WORDS, STEPS
from apps.compliance.models.handover import HandoverAct
from apps.compliance.queries.handover import CaseView, case_of
from apps.compliance.rules.handover import MOST_CELL, MOST_NOTE, SIDES, ReturnedThing, Side, Stage, Step
from apps.compliance.services.handover.take_step import take_step
from kernel import clock
from kernel.errors import DomainError
from shared.handover import kinds
from shared.requests import SiteRequest, actor_of
from shared.web.forms import tell

EMPTY_ROWS: Final = 4
MOST_ROWS: Final = 50


class StepForm(forms.Form):
    """What is written with a step."""

    note = forms.CharField(
        label=_("内容"),
        required=False,
        widget=forms.Textarea({"rows": 6, "maxlength": MOST_NOTE}),
        help_text=_("個人の氏名や電話番号は書かないでください。"),
    )


class ReturnedForm(forms.Form):
    """One line of the 返還・廃棄証明書. A line that is left empty does not count."""

    hides_requirement = True
    item = forms.CharField(label=_("項目"), max_length=MOST_CELL)
    medium = forms.CharField(label=_("媒体"), max_length=MOST_CELL)
    quantity = forms.CharField(label=_("数量"), max_length=MOST_CELL)
    method = forms.CharField(label=_("方法"), max_length=MOST_CELL)
    day = forms.DateField(label=_("日付"), widget=forms.DateInput({"type": "date"}))
    witness = forms.CharField(label=_("立会"), max_length=MOST_CELL)

    def thing(self) -> ReturnedThing:
        """The line."""
        return ReturnedThing(**self.cleaned_data)


Lines: Final = forms.formset_factory(ReturnedForm, extra=EMPTY_ROWS, max_num=MOST_ROWS, validate_max=True)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page shows it."""

    stage: Stage
    label: Any
    text: Any
    side: Any
    word: Any
    tone: str


def lines_of(view: CaseView) -> list[StepLine]:
    """All steps in words."""
    return [StepLine(one, *STEPS[one.step], SIDE_WORDS[one.side], *STANDING_WORDS[one.standing]) for one in view.stages]


def acts_of(view: CaseView) -> list[tuple[HandoverAct, Any, list[tuple[Any, int]]]]:
    """What was done, each with the step's name and the counts of its lists; the newest first."""
    known = kinds()
    return [
        (act, STEPS[Step(act.step)][0], [(known[one["code"]].label, one["count"]) for one in act.lists])
        for act in reversed(view.acts)
    ]


def step_named(name: str, side: Side) -> Step:
    """The step of ``side`` that an address names; ``HandoverOrderError`` for any other."""
    if name not in {step.value for step in Step} or SIDES[Step(name)] is not side:
        raise HandoverOrderError
    return Step(name)


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step's form, and what came of it."""

    form: StepForm
    lines: Any
    status: int = 200
    is_done: bool = False


def answered(request: SiteRequest, case: UUID, step: Step) -> StepPage:
    """Show the form of ``step``, or take the step that was posted."""
    if request.method != "POST":
        return StepPage(StepForm(), Lines(prefix="lines"))
    if "more" in request.POST:
        return _with_more_rows(request)
    lines = Lines(request.POST, prefix="lines") if step is Step.RETURNED else None
    page = StepPage(StepForm(request.POST), lines)
    return _taken(request, case, step, page) if _is_readable(page) else replace(page, status=422)


def _is_readable(page: StepPage) -> bool:
    """Whether form and lines can be read; what is wrong with the lines is told above them."""
    are_lines_good = page.lines is None or page.lines.is_valid()
    if not are_lines_good:
        page.form.add_error(None, __("返還・廃棄したものの行に、足りない欄か読み取れない日付があります。"))
    return page.form.is_valid() and are_lines_good


def _taken(request: SiteRequest, case: UUID, step: Step, page: StepPage) -> StepPage:
    things = [one.thing() for one in page.lines.forms if one.has_changed()] if page.lines is not None else []
    note = page.form.cleaned_data["note"]
    try:
        take_step(actor=actor_of(request), case=case, step=step, note=note, returned=things)
    except DomainError as error:
        return replace(page, status=tell(page.form, error))
    messages.success(request, __("引継ぎの手順を記録しました。"))
    return replace(page, is_done=True)


def _with_more_rows(request: SiteRequest) -> StepPage:
    rows = range(MOST_ROWS)
    typed = [{name: request.POST.get(f"lines-{row}-{name}", "") for name in ReturnedForm.base_fields} for row in rows]
    lines = Lines(prefix="lines", initial=[one for one in typed if any(one.values())])
    return StepPage(StepForm(initial={"note": request.POST.get("note", "")}), lines)


def shown_case(case: UUID) -> CaseView:
    """The case as it stands today."""
    return case_of(case, clock.today())
