"""The search for registrants: one box, by POST only, so that no name and no number stands in an address or a log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from apps.registrants.models import Registrant
from apps.registrants.queries.search import found_by
from apps.registrants.rules.search import LIMIT, read_search
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from tenants.models import Tenant

PAGE_SIZE: Final = 20


class SearchForm(forms.Form):
    """The box."""

    hides_requirement = True
    q = forms.CharField(
        label=_("利用者を探す"),
        help_text=_("登録番号、フリガナの先頭、電話番号、団体名・氏名のいずれか。例：A-000012、いんざい、0476-00-0123"),
        max_length=LIMIT,
        error_messages={
            "required": _("登録番号、フリガナ、電話番号、団体名のいずれかを入力してください。"),
            "max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class Search:
    """The form, and the page of what it found; None before anything was searched."""

    form: SearchForm
    page: Page[Registrant] | None

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        return 422 if self.form.errors else 200


def searched(request: SiteRequest) -> Search:
    """What the request's box finds, audited by kind and count, never by its text."""
    if request.method != "POST":
        return Search(SearchForm(), None)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return Search(form, None)
    prefix = Tenant.objects.values_list("number_prefix", flat=True).get(schema_name=request.place.schema)
    text = read_search(form.cleaned_data["q"], prefix=prefix)
    if text is None:
        form.add_error("q", form.fields["q"].error_messages["required"])
        return Search(form, None)
    page = Paginator(found_by(text, prefix=prefix), PAGE_SIZE).get_page(request.POST.get("page"))
    record(
        actor_of(request),
        Action.SEARCH,
        object_type="registrant",
        by=text.kind.value,
        found=page.paginator.count,
        shown=len(page),
    )
    return Search(form, page)


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: SiteRequest) -> HttpResponse:
    """The search page of the desk; phone and address are masked in the list."""
    found = searched(request)
    context = {"form": found.form, "page_obj": found.page}
    return render(request, "registrants/staff/search.html", context, status=found.status)
