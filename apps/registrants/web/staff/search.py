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
from apps.registrants.queries.search import MOST, Found, found_by
from apps.registrants.rules.search import LIMIT, SearchText, check_typed, read_search
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, tenant_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs

PAGE_SIZE: Final = 20


class SearchForm(forms.Form):
    """The box."""

    hides_requirement = True
    q = forms.CharField(
        label=_("利用者を探す"),
        help_text=_(
            "登録番号、カードの番号、以前の番号、フリガナの先頭、電話番号、生年月日、団体名・氏名のいずれか。"
            "例：A-000012、いんざい、0476-00-0123、S23.4.1"
        ),
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
    is_cut: bool = False
    """Whether more were found than are shown."""

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
    typed, prefix = form.cleaned_data["q"], tenant_of(request).number_prefix
    text = read_search(typed, prefix=prefix)
    if text is None:
        form.add_error("q", form.fields["q"].error_messages["required"])
        return Search(form, None)
    found, page = _page_of(text, prefix, request.POST.get("page"))
    record(
        actor_of(request),
        Action.SEARCH,
        object_type="registrant",
        persons=[one.pk for one in page],
        by=text.kind.value,
        found=found.total,
        shown=len(page),
    )
    if not found.total and _is_mistyped(form, typed, prefix):
        return Search(form, None)
    return Search(form, page, is_cut=found.total > MOST)


def _page_of(text: SearchText, prefix: str, asked: str | None) -> tuple[Found, Page[Registrant]]:
    """The page asked for; the first one where there is no such page."""
    number = int(asked) if asked and asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    found = found_by(text, prefix=prefix, start=(max(number, 1) - 1) * PAGE_SIZE, size=PAGE_SIZE)
    if not found.rows and number > 1:
        return _page_of(text, prefix, None)
    paginator = Paginator(range(min(found.total, MOST)), PAGE_SIZE)
    return found, Page(found.rows, max(number, 1), paginator)  # type: ignore[arg-type]  # counted, not read


def _is_mistyped(form: SearchForm, typed: str, prefix: str) -> bool:
    try:
        check_typed(typed, prefix=prefix)
    except DomainError as error:
        tell(form, error)
        return True
    return False


@needs(Right.REGISTRANTS_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: SiteRequest) -> HttpResponse:
    """The search page of the desk; phone and address are masked in the list."""
    found = searched(request)
    context = {
        "form": found.form,
        "page_obj": found.page,
        "is_cut": found.is_cut,
        "manages": may(request, Right.REGISTRANTS_DECIDE),
    }
    return render(request, "registrants/staff/search.html", context, status=found.status)
