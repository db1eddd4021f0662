"""Registering, completing and changing a group at the counter; a judgement is shown whenever it is asked for or due.

One form with several buttons: more rows, rows from a spreadsheet, an address, 「確認する」, and the act.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.registrants.group_errors import RequirementsUnmetError, SimilarGroupsError, WaiverNotAllowedError
from apps.registrants.models import Registrant, RegistrantKind, RegistrantState, RosterSummary
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.judgement import judgement_of
from apps.registrants.queries.registrants import group_of
from apps.registrants.queries.roster import discarded_roster_of, roster_of
from apps.registrants.services.change_group import change_group
from apps.registrants.services.complete_group import complete_group
from apps.registrants.services.register_group import register_group
from apps.registrants.web.staff.group_forms import (
    AnyGroupForm,
    ChangeGroupForm,
    CompleteGroupForm,
    RegisterGroupForm,
)
from apps.registrants.web.staff.roster_forms import Roster
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs

UNPROCESSABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY
JUDGED: Final = (RequirementsUnmetError, SimilarGroupsError, WaiverNotAllowedError)
"""Refusals that the judgement explains."""
Done = tuple[Registrant, str]
"""The group, and what is told of it."""


@dataclass(slots=True)
class GroupPage:
    """A page of one of the three acts, with what is typed on it."""

    request: SiteRequest
    name: str
    form: AnyGroupForm
    roster: Roster
    group: Registrant | None = None
    discarded: RosterSummary | None = None

    @property
    def has_roster(self) -> bool:
        """Whether the people are judged: not where their names were discarded and none are entered anew."""
        return self.discarded is None or bool(self.roster.rows)

    def shown(self, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page."""
        context = {
            "form": self.form,
            "roster": self.roster,
            "registrant": self.group,
            "discarded": self.discarded,
            "may_waive": may_waive(self.request),
            "today": clock.today(),
        }
        return render(self.request, f"registrants/staff/{self.name}.html", context, status=status)

    def judge(self) -> None:
        """Look at the figures, the requirements and similar groups: a search of the register, and audited as one."""
        entry = self.form.entry(self.roster.entries())
        but = self.group.pk if self.group else None
        found = judgement_of(entry, clock.today(), but=but, has_roster=self.has_roster)
        record(
            actor_of(self.request),
            Action.SEARCH,
            object_type="registrant",
            persons=[one.group.pk for one in found.alike],
            by="likeness",
            found=len(found.alike),
        )
        self.form.judgement = found


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SiteRequest) -> HttpResponse:
    """A new group."""
    items = collected_for(RegistrantKind.GROUP)
    if request.method != "POST":
        empty = RegisterGroupForm(initial={"key": uuid.uuid4()}, items=items)
        return GroupPage(request, "register_group", empty, Roster.empty()).shown()
    form = RegisterGroupForm(request.POST, items=items)
    page = GroupPage(request, "register_group", form, Roster.empty())

    def act() -> Done:
        values = form.cleaned_data
        group = register_group(
            actor=actor_of(request),
            entry=form.entry(page.roster.entries()),
            document=values["document"],
            key=values["key"],
            seen=form.seen,
            waiver=form.waived(is_allowed=may_waive(request)),
        )
        return group, _registered(group)

    return _answered(page, act)


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """A group's 仮登録: what the citizen typed, to be put right by what the representative shows."""
    group, items = group_of(registrant), collected_for(RegistrantKind.GROUP)
    if request.method != "POST":
        begun = CompleteGroupForm(initial=CompleteGroupForm.group_initial(group), items=items)
        return _opened(request, "complete_group", begun, group)
    form = CompleteGroupForm(request.POST, items=items)
    page = GroupPage(request, "complete_group", form, Roster.empty(), group)

    def act() -> Done:
        completed = complete_group(
            actor=actor_of(request),
            registrant=registrant,
            seen_version=form.seen_version,
            entry=form.entry(page.roster.entries()),
            document=form.cleaned_data["document"],
            seen=form.seen,
            waiver=form.waived(is_allowed=may_waive(request)),
        )
        return completed, _registered(completed)

    return _answered(page, act)


@needs(Right.REGISTRANTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """What is registered of a group, to be changed: 代表者交代, 団体名変更, the roster."""
    group, items = group_of(registrant), collected_for(RegistrantKind.GROUP)
    if request.method != "POST":
        begun = ChangeGroupForm(initial=ChangeGroupForm.group_initial(group), items=items)
        return _opened(request, "change_group", begun, group)
    form = ChangeGroupForm(request.POST, initial=ChangeGroupForm.group_initial(group), items=items)
    page = GroupPage(request, "change_group", form, Roster.empty(), group, discarded_roster_of(registrant))

    def act() -> Done:
        differs = change_group(
            actor=actor_of(request),
            registrant=registrant,
            seen_version=form.seen_version,
            entry=form.entry(page.roster.entries()),
            seen=form.seen,
            waiver=form.waived(is_allowed=may_waive(request)),
            reason=form.cleaned_data["reason"],
        )
        return group, _("登録事項を変更しました。") if differs else _("変更された項目はありませんでした。")

    return _answered(page, act)


def _opened(request: SiteRequest, name: str, form: AnyGroupForm, group: Registrant) -> HttpResponse:
    """The form with what is registered; the names on the roster are told to the audit."""
    rows = roster_of(group.pk)
    record(actor_of(request), Action.VIEW, object_type="roster", object_id=group.pk, found=len(rows))
    return GroupPage(request, name, form, Roster.of(rows), group, discarded_roster_of(group.pk)).shown()


def _answered(page: GroupPage, act: Callable[[], Done]) -> HttpResponse:
    """What the pressed button asks for: an address, rows, a judgement, or the act."""
    data, form = page.request.POST, page.form
    step = data.get("step", "check")
    if form.fills_address:
        form.with_address()
        page.roster = Roster.typed(data)
        return page.shown(UNPROCESSABLE if form.errors else HTTPStatus.OK)
    if step in ("rows", "paste"):
        form.leave_unjudged()
        page.roster = Roster.with_more_rows(data) if step == "rows" else Roster.with_pasted(data)
        return page.shown()
    page.roster = Roster.with_pasted(data)
    valid = form.is_valid() if step == "save" else form.is_valid_so_far()
    if not page.roster.is_valid():
        form.errors_at = "roster"
        form.add_error(None, _("構成員名簿に、直すところがあります。"))
        valid = False
    if not valid:
        return page.shown(UNPROCESSABLE)
    if step != "save" or page.roster.filled:
        page.judge()
        return page.shown()
    return _done(page, act)


def _done(page: GroupPage, act: Callable[[], Done]) -> HttpResponse:
    try:
        group, told = act()
    except JUDGED as error:
        page.judge()
        page.form.errors_at = "judgement"
        return page.shown(tell(page.form, error))
    except DomainError as error:
        return page.shown(tell(page.form, error))
    messages.success(page.request, told)
    return redirect("desk:registrant", registrant=group.pk)


def may_waive(request: SiteRequest) -> bool:
    """Whether who is signed in may register a group that does not meet its requirements (特に認める場合)."""
    return may(request, Right.REGISTRANTS_DECIDE)


def _registered(group: Registrant) -> str:
    number = {"number": group.number}
    if group.state == RegistrantState.UNDER_REVIEW:
        return _("登録を受け付けました。審査を待っています。登録番号は %(number)s です。") % number
    return _("登録しました。登録番号は %(number)s です。") % number
