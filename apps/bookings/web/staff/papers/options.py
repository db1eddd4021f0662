"""How a facility makes its documents (文書の定め): one sheet or two, 教示, numerals, 決裁欄."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from apps.bookings.models import Facility, PaperOptions
from apps.bookings.queries.papers import Options, options_on
from apps.bookings.services.wordings import set_options
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs

MOST_OFFICES = 6
LONGEST_OFFICE = 10


class OptionsForm(forms.Form):
    """The options from a day on."""

    valid_from = DayField(
        label=_("適用開始日"), help_text=_("この日以後に作る文書に使います。作成済みの文書は変わりません。")
    )
    one_sheet = forms.BooleanField(label=_("申請書と許可書を1つにする（申請書兼許可書）"), required=False)
    with_reduction = forms.BooleanField(
        label=_("許可書に減免の決定を兼ねさせる（許可書兼減免決定通知書）"), required=False
    )
    always_instructs = forms.BooleanField(label=_("条件のない許可書にも教示を載せる"), required=False)
    wide_numerals = forms.BooleanField(label=_("日付の数字を全角にする"), required=False)
    approvals = forms.CharField(
        label=_("決裁欄"),
        required=False,
        max_length=100,
        help_text=_(
            "申請書に印を押す欄を設ける職を、「・」で区切って入力してください（例：館長・係長・係）。空欄のときは設けません。"
        ),
    )

    def clean_approvals(self) -> tuple[str, ...]:
        """The offices, one box each."""
        offices = tuple(one.strip() for one in self.cleaned_data["approvals"].split("・") if one.strip())
        if len(offices) > MOST_OFFICES or any(len(one) > LONGEST_OFFICE for one in offices):
            told = _("決裁欄は%(most)d欄まで、1つの職は%(longest)d文字以内で入力してください。")
            raise ValidationError(told, params={"most": MOST_OFFICES, "longest": LONGEST_OFFICE})
        return offices


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def options(request: SiteRequest, facility: UUID) -> HttpResponse:
    """What holds, and new options from a day on."""
    place = Facility.objects.filter(pk=facility).first()
    if place is None:
        raise Http404
    if request.method != "POST":
        return _page(request, place, OptionsForm(initial=_begun(options_on(clock.today(), facility))))
    form = OptionsForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    values = dict(form.cleaned_data)
    day = values.pop("valid_from")
    try:
        set_options(actor=actor_of(request), facility=facility, valid_from=day, options=Options(**values))
    except DomainError as error:
        return _page(request, place, form, status=tell(form, error))
    messages.success(request, __("文書の定めを保存しました。"))
    return redirect("desk:papers")


def _begun(held: Options) -> dict[str, Any]:
    return {
        "valid_from": clock.today(),
        "one_sheet": held.one_sheet,
        "with_reduction": held.with_reduction,
        "always_instructs": held.always_instructs,
        "wide_numerals": held.wide_numerals,
        "approvals": "・".join(held.approvals),
    }


def _page(request: SiteRequest, place: Facility, form: OptionsForm, *, status: int = 200) -> HttpResponse:
    kept = list(PaperOptions.objects.filter(facility=place))
    context = {"facility": place, "form": form, "kept": kept, "today": clock.today()}
    return render(request, "bookings/staff/papers/options.html", context, status=status)
