"""The 登録証 of all facilities at the city: how the duplicate check is used, its terms, and the inquiries to decide."""

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

from apps.compliance.queries.senior_cards import CityLetter, city_letter, overview, terms_now
from apps.compliance.rules.purpose import MOST_NOTE
from apps.compliance.services.senior_cards import answer_in_place, decide, set_terms
from apps.compliance.web.city.about import every_facility, inquiry_of
from apps.compliance.web.city.chrome import page
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.seniorcards.models import Answer, Decision, Grade, Terms
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
        if Decision.TRANSFER in allowed(letter):
            self.fields["note"].help_text = _(
                "市の記録に残ります。氏名や番号は書かないでください。例：本人が、利用する施設での交付を希望した。"
            )


class PlaceForm(forms.Form):
    """The city's answer in a facility's place, and how it was found out."""

    answer = forms.ChoiceField(
        label=_("市の回答"),
        choices=[
            (Answer.SAME.value, _("同一人（回答する施設の登録証の持ち主が申請している）")),
            (Answer.OTHER.value, _("別人（回答する施設の登録証の持ち主ではない）")),
        ],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("同一人か別人かを選択してください。")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("市が回答する理由"),
        max_length=MOST_NOTE,
        help_text=_(
            "市の記録に残ります。氏名や番号は書かないでください。例：施設が廃止されたため、市が台帳で確かめた。"
        ),
        error_messages={"required": _("市が回答する理由を入力してください。")},
    )


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How often may be asked, and what is looked at beyond reading and kanji."""

    class Meta:
        model = Terms
        fields = ("clerk_hour", "tenant_day", "wrong_numbers", "given_name", "birth_slips")
        labels = {
            "clerk_hour": _("職員1人が1時間に確認できる回数"),
            "tenant_day": _("1施設が1日に確認できる回数"),
            "wrong_numbers": _("1件の申請について、1日に番号の不一致を許す回数"),
            "given_name": _("名（下の名前）の読みと生年月日が同じ方も探す（改姓）"),
            "birth_slips": _("氏名が同じで、生年月日の年・月・日の1か所だけが違う方も探す（元号の取り違えなど）"),
        }
        help_texts = {
            "clerk_hour": _("初めは20回。超えた確認は断り、市に知らせます。"),
            "tenant_day": _("初めは100回。"),
            "wrong_numbers": _("初めは5回。番号を当てようとすることを防ぎます。"),
            "given_name": _("関係のない方が見つかることが増えます。見つかった方については、施設名だけを表示します。"),
            "birth_slips": _(
                "始めてから全施設の分がそろうまで、1時間ほどかかります。やめると、そのための符号は消えます。"
            ),
        }

    def clean(self) -> dict[str, object]:
        """Numbers within what the database allows."""
        values: dict[str, object] = super().clean() or {}
        for name, most in (("clerk_hour", 200), ("tenant_day", 2000), ("wrong_numbers", 20)):
            number = values.get(name)
            if isinstance(number, int) and not 1 <= number <= most:
                self.add_error(name, __("1から{most}までの数で入力してください。").format(most=f"{most:,}"))
        return values


def allowed(letter: CityLetter) -> list[Decision]:
    """The decisions that an answer allows; none while there is no answer, or when it was decided."""
    inquiry = letter.inquiry
    if inquiry.decision or inquiry.closed_at or not inquiry.answer:
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


@needs(Right.CITY_SENIOR_DECIDE, about=inquiry_of("inquiry"))
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SiteRequest, inquiry: UUID) -> HttpResponse:
    """Answer one inquiry in the facility's place, or correct its answer."""
    letter = city_letter(inquiry)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _answer_page(request, letter, form, status=422 if form.is_bound else 200)
    try:
        answer_in_place(actor=actor_of(request), inquiry=inquiry, **form.cleaned_data)
    except DomainError as error:
        return _answer_page(request, city_letter(inquiry), form, status=tell(form, error))
    messages.success(request, __("市の回答を記録しました。両方の施設に表示されます。"))
    return redirect("city:senior_inquiry", inquiry=inquiry)


@needs(Right.CITY_SENIOR_DECIDE, about=every_facility)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: SiteRequest) -> HttpResponse:
    """How often may be asked, and what is looked at."""
    form = TermsForm(request.POST if request.method == "POST" else None, instance=terms_now())
    if not form.is_valid():
        return _terms_page(request, form, status=422 if form.is_bound else 200)
    try:
        set_terms(actor=actor_of(request), terms=form.instance, fields=form.changed_data)
    except DomainError as error:
        return _terms_page(request, form, status=tell(form, error))
    messages.success(request, __("重複確認の決まりを変更しました。"))
    return redirect("city:senior_cards")


def _answer_page(request: SiteRequest, letter: CityLetter, form: PlaceForm, *, status: int) -> HttpResponse:
    back = reverse("city:senior_inquiry", args=[letter.inquiry.pk])
    trail = [(__("登録証"), reverse("city:senior_cards")), (__("照会票"), back), (__("市の回答"), "")]
    can = not (letter.inquiry.decision or letter.inquiry.closed_at)
    return page(request, "senior_answer.html", status=status, letter=letter, form=form, can=can, trail=trail)


def _terms_page(request: SiteRequest, form: TermsForm, *, status: int) -> HttpResponse:
    trail = [(__("登録証"), reverse("city:senior_cards")), (__("重複確認の決まり"), "")]
    return page(request, "senior_terms.html", status=status, form=form, trail=trail)


def _decision_page(request: SiteRequest, letter: CityLetter, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    trail = [(__("登録証"), reverse("city:senior_cards")), (__("照会票"), "")]
    return page(
        request,
        "senior_inquiry.html",
        status=status,
        letter=letter,
        form=form,
        may_answer=not (letter.inquiry.decision or letter.inquiry.closed_at),
        may=allowed(letter) if may(request, Right.CITY_SENIOR_DECIDE) else [],
        trail=trail,
    )
