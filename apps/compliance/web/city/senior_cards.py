"""The 登録証 of all facilities at the city: how the duplicate check is used, and the inquiries to decide."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.queries.senior_cards import CityLetter, city_letter, overview
from apps.compliance.rules.purpose import MOST_NOTE
from apps.compliance.services.senior_cards import decide
from apps.compliance.web.city.about import inquiry_of
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.seniorcards.models import Answer, Decision, Grade
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs


class DecisionForm(forms.Form):
    """What the answer allows, and why."""

    decision = forms.ChoiceField(
        label=_("決定"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("決定を選択してください。")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("決定の理由"),
        max_length=MOST_NOTE,
        help_text=_("市の記録に残ります。氏名や番号は書かないでください。例：住民票により別人であることを確かめた。"),
        error_messages={"required": _("決定の理由を入力してください。")},
    )

    def __init__(self, data: object, *, letter: CityLetter) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        choices = [(one.value, one.label) for one in allowed(letter)]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


def allowed(letter: CityLetter) -> list[Decision]:
    """The decisions that an answer allows; none while there is no answer, or when it was decided."""
    inquiry = letter.inquiry
    if inquiry.decision or not inquiry.answer:
        return []
    if inquiry.answer == Answer.SAME:
        return [Decision.TRANSFER, Decision.DECLINED]
    return [Decision.NAMESAKE, Decision.DECLINED] if inquiry.grade == Grade.EXACT else []


@needs(Right.CITY_SENIOR_SEE)
@require_safe
def senior_cards(request: SiteRequest) -> HttpResponse:
    """Counts by facility, what is out of the ordinary, keys, and inquiries."""
    return page(request, "senior_cards.html", seen=overview())


@needs(Right.CITY_SENIOR_DECIDE, about=inquiry_of("inquiry"))
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SiteRequest, inquiry: UUID) -> HttpResponse:
    """One inquiry: decide it."""
    letter = city_letter(inquiry)
    form = DecisionForm(request.POST if request.method == "POST" else None, letter=letter)
    if request.method != "POST":
        return _decision_page(request, letter, form)
    if not form.is_valid() and allowed(letter):
        return _decision_page(request, letter, form, status=422)
    try:
        said = {name: str(request.POST.get(name, "")) for name in ("decision", "note")}
        decide(actor=actor_of(request), inquiry=inquiry, **said)
    except DomainError as error:
        form.is_valid()
        return _decision_page(request, city_letter(inquiry), form, status=tell(form, error))
    messages.success(request, __("決定を記録しました。両方の施設に表示されます。"))
    return redirect("city:senior_cards")


def _decision_page(request: SiteRequest, letter: CityLetter, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    trail = [(__("登録証"), reverse("city:senior_cards")), (__("照会票"), "")]
    return page(
        request,
        "senior_inquiry.html",
        status=status,
        letter=letter,
        form=form,
        may=allowed(letter) if may(request, Right.CITY_SENIOR_DECIDE) else [],
        trail=trail,
    )
