"""Texts of law and agreement at the city: all of them, their versions and what differs, and a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.models.clauses import ClauseText
from apps.compliance.queries.clauses import authors, holding, listed_clauses, versions_of
from apps.compliance.rules.clauses import Wording, differences
from apps.compliance.services.clauses import add_version
from apps.compliance.web.city.about import every_facility
from apps.compliance.web.city.chrome import Trail, page
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import seen_version, tell
from shared.web.guard import needs


class ClauseForm(forms.Form):
    """The words of the next version, from when they hold, and why they change."""

    title = forms.CharField(label=_("表題"), max_length=100, error_messages={"required": _("表題を入力してください。")})
    body = forms.CharField(
        label=_("本文"),
        max_length=20_000,
        strip=False,
        help_text=_("1つの条・項目を1行に書きます。"),
        error_messages={"required": _("本文を入力してください。")},
        widget=forms.Textarea({"rows": 20}),
    )
    in_force_from = DayField(
        label=_("適用を始める日"),
        help_text=_("今日以降の日。その日の0時から、新しい文になります。"),
        error_messages={"required": _("適用を始める日を入力してください。")},
    )
    why = forms.CharField(
        label=_("変更の理由"),
        max_length=200,
        help_text=_("例：法改正により罰則の名称が変わったため。"),
        error_messages={"required": _("変更の理由を入力してください。")},
    )


class CompareForm(forms.Form):
    """Two versions to be compared."""

    hides_requirement = True
    old = forms.TypedChoiceField(label=_("前の版"), coerce=int)
    new = forms.TypedChoiceField(label=_("後の版"), coerce=int)

    def __init__(self, data: Any, rows: list[ClauseText]) -> None:
        latest = rows[0].version
        given = {"old": max(latest - 1, 1), "new": latest} | {
            name: data[name] for name in ("old", "new") if name in data
        }
        super().__init__(given)
        for name in ("old", "new"):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (row.version, gettext("第%(version)s版") % {"version": row.version}) for row in rows
            ]


@needs(Right.AGREEMENTS_KEEP)
@require_safe
def clauses(request: SiteRequest) -> HttpResponse:
    """All texts, with the version that holds and the one to come."""
    return page(request, "clauses.html", trail=_trail(), rows=listed_clauses(clock.today()))


@needs(Right.AGREEMENTS_KEEP)
@require_safe
def clause(request: SiteRequest, code: str) -> HttpResponse:
    """One text: what holds, all versions, and what differs between two of them."""
    rows = list(versions_of(code))
    current = holding(rows, clock.today())
    form = CompareForm(request.GET, rows)
    return page(
        request,
        "clause.html",
        status=200 if form.is_valid() else 422,
        trail=_trail((current or rows[0]).title),
        code=code,
        rows=rows,
        current=current,
        coming=[
            row for row in rows if row.in_force_from > clock.today() and (not current or row.version > current.version)
        ],
        names=authors(rows),
        form=form,
        lines=_compared(form, rows) if form.is_valid() and len(rows) > 1 else None,
    )


@needs(Right.AGREEMENTS_KEEP, about=every_facility)
@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: SiteRequest, code: str) -> HttpResponse:
    """Write the next version, beginning with the words of the latest."""
    latest = versions_of(code)[0]
    if request.method != "POST":
        form = ClauseForm(initial={"title": latest.title, "body": latest.body})
        return _edit_page(request, form, latest, latest.version)
    form = ClauseForm(request.POST)
    seen = seen_version(request.POST)
    if not form.is_valid():
        return _edit_page(request, form, latest, seen, status=422)
    try:
        version = add_version(actor=actor_of(request), code=code, seen_version=seen, **form.cleaned_data)
    except DomainError as error:
        return _edit_page(request, form, latest, latest.version, status=tell(form, error))
    messages.success(request, gettext("第%(version)s版を登録しました。") % {"version": version})
    return redirect("city:clause", code)


def _compared(form: CompareForm, rows: list[ClauseText]) -> list[Any]:
    by_version = {row.version: Wording(row.title, row.body) for row in rows}
    return differences(by_version[form.cleaned_data["old"]], by_version[form.cleaned_data["new"]])


def _edit_page(
    request: SiteRequest, form: ClauseForm, latest: ClauseText, seen: int, *, status: int = 200
) -> HttpResponse:
    way_back = (latest.title, reverse("city:clause", args=[latest.code]))
    trail = [*_trail(latest.title)[:-1], way_back, (gettext("新しい版"), "")]
    return page(request, "clause_new.html", status=status, trail=trail, form=form, latest=latest, seen=seen)


def _trail(title: str = "") -> Trail:
    begin = [(gettext("管理"), reverse("city:office"))]
    return (
        [*begin, (gettext("条文"), reverse("city:clauses")), (title, "")] if title else [*begin, (gettext("条文"), "")]
    )
