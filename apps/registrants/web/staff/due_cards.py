"""現況確認と有効期限: which 登録証 somebody has to look after, the most pressing first, and noting many reviews."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.registrants.models import Card
from apps.registrants.queries.due_cards import cards_that_end, cards_to_review, renewable_until
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.cards import review_due_on
from apps.registrants.services.cards.reviewing import Reviews, review_cards
from apps.registrants.web.staff.card_forms import ReviewsForm
from apps.registrants.web.staff.cards import PAGE_SIZE
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

REVIEW, END = "review", "end"


@needs(Right.SENIOR_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: SiteRequest) -> HttpResponse:
    """Two lists, one of them shown; both count what is due now and within the next 60 days. A POST notes reviews."""
    if request.method == "POST":
        return _reviewed(request)
    return _page(request, ReviewsForm(initial={"on": clock.today()}))


def _reviewed(request: SiteRequest) -> HttpResponse:
    form = ReviewsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        done = review_cards(actor=actor_of(request), **form.cleaned_data)
    except DomainError as error:
        return _page(request, form, status=tell(form, error))
    if done.noted:
        messages.success(request, _said(len(done.noted)))
    if done.refused:
        return _page(request, form, refused=done, status=200 if done.noted else 409)
    return redirect("desk:cards_due")


def _said(number: int) -> str:
    said = ngettext("%(number)d件の現況確認を記録しました。", "%(number)d件の現況確認を記録しました。", number)
    return said % {"number": number}


def _page(
    request: SiteRequest, form: ReviewsForm, *, refused: Reviews | None = None, status: int = 200
) -> HttpResponse:
    today = clock.today()
    policy, horizon = policy_on(today), renewable_until(today)
    chosen = END if request.GET.get("list") == END and not form.is_bound else REVIEW
    lists = {REVIEW: cards_to_review(horizon, policy), END: cards_that_end(horizon)}
    page = Paginator(lists[chosen], PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [one.registrant_id for one in page]
    record(actor_of(request), Action.VIEW, object_type="cards_due", persons=shown, list=chosen, shown=len(shown))

    def day_of(card: Card) -> Any:
        return card.valid_until if chosen == END else review_due_on(vars(card)["last_review"], policy)

    ticked = set(form.data.getlist("cards")) if form.is_bound else set()  # type: ignore[attr-defined]
    context = {
        "chosen": chosen,
        "page_obj": page,
        "lines": [(one, day_of(one), str(one.pk) in ticked) for one in page],
        "policy": policy,
        "today": today,
        "form": form,
        "refused": [(card, number, problem_of(why).text) for card, number, why in refused.refused] if refused else [],
    }
    return render(request, "registrants/staff/cards/due.html", context, status=status)
