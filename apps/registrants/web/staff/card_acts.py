"""What is done with a card at the desk: each act has a small page of its own, and those that ask nothing a button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.registrants.models import Card, CardKind, CardState, IdentityDocument, IssueCause, LapseCause
from apps.registrants.queries.cards import card_of
from apps.registrants.rules.cards import may, may_renew
from apps.registrants.services.cards import issue, standing
from apps.registrants.services.cards.hand_over import hand_over_card
from apps.registrants.web.staff.card_forms import (
    FaceForm,
    HandOverForm,
    LapseForm,
    PlainForm,
    ReasonForm,
    ReissueForm,
    ReviewForm,
)
from apps.registrants.web.staff.card_roles import check_role, may_handle
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.documents.renderer import unprintable
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.models import StaffAccount
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CardPage:
    """One act's page: its code and words, its form, and the service that carries it out."""

    act: str
    heading: Promise
    lead: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    service: Callable[[Actor, UUID, int, Values], Card]
    is_grave: bool = False
    for_groups: bool = True


def _reissue(actor: Actor, card: UUID, seen: int, values: Values) -> Card:
    cause = IssueCause(values.pop("cause"))
    return issue.reissue_card(actor=actor, card=card, cause=cause, seen_branch=seen, **values)


def _hand_over(actor: Actor, card: UUID, seen: int, values: Values) -> Card:
    document = IdentityDocument(values["document"]) if values.get("document") else None
    return hand_over_card(actor=actor, card=card, document=document, seen_branch=seen)


def _lapse(actor: Actor, card: UUID, _seen: int, values: Values) -> Card:
    return standing.lapse_card(actor=actor, card=card, cause=LapseCause(values.pop("cause")), **values)


def _withdraw(actor: Actor, card: UUID, _seen: int, values: Values) -> Card:
    return standing.withdraw_application(actor=actor, card=card, **values)


PAGES: Final = (
    CardPage(
        act="issue",
        heading=_("登録証を交付する"),
        lead=_("登録番号が付き、有効になります。30日以内に重複確認を済ませていないと、交付できません。"),
        button=_("交付する"),
        done=_("交付しました。印刷して、本人確認をしてから渡してください。"),
        form=FaceForm,
        service=lambda actor, card, _seen, values: issue.issue_senior_card(actor=actor, card=card, **values),
        for_groups=False,
    ),
    CardPage(
        act="hand_over",
        heading=_("カードを本人に渡す"),
        lead=_("渡したことを交付台帳に記録します。渡したあとは、同じカードを印刷できません。"),
        button=_("渡したことを記録する"),
        done=_("本人に渡したことを記録しました。"),
        form=HandOverForm,
        service=_hand_over,
    ),
    CardPage(
        act="reissue",
        heading=_("カードを作り直す"),
        lead=_("登録番号は変わらず、枝番が1つ進みます。古いカードは無効になります。"),
        button=_("作り直す"),
        done=_("新しい枝番のカードを作成しました。印刷して渡してください。"),
        form=ReissueForm,
        service=_reissue,
    ),
    CardPage(
        act="renew",
        heading=_("登録証を更新する"),
        lead=_("次の有効期限のカードを作ります。枝番が1つ進み、古いカードは無効になります。"),
        button=_("更新する"),
        done=_("更新しました。印刷して渡してください。"),
        form=FaceForm,
        service=lambda actor, card, seen, values: issue.renew_card(actor=actor, card=card, seen_branch=seen, **values),
        for_groups=False,
    ),
    CardPage(
        act="review",
        heading=_("現況確認を記録する"),
        lead=_(
            "登録の内容が今も正しいことを、いつ、どのように確かめたかを記録します。住所などが変わっていたときは、先に登録の内容を直してください。"
        ),
        button=_("現況確認を記録する"),
        done=_("現況確認を記録しました。"),
        form=ReviewForm,
        service=lambda actor, card, _seen, values: standing.review_card(actor=actor, card=card, **values),
        for_groups=False,
    ),
    CardPage(
        act="suspend",
        heading=_("カードを停止する"),
        lead=_("停止の間は、このカードで来館を記録できません。"),
        button=_("停止する"),
        done=_("カードを停止しました。"),
        form=ReasonForm,
        service=lambda actor, card, _seen, values: standing.suspend_card(actor=actor, card=card, **values),
        is_grave=True,
    ),
    CardPage(
        act="resume",
        heading=_("カードの停止を解除する"),
        lead=_("カードがふたたび使えるようになります。"),
        button=_("停止を解除する"),
        done=_("カードの停止を解除しました。"),
        form=ReasonForm,
        service=lambda actor, card, _seen, values: standing.resume_card(actor=actor, card=card, **values),
    ),
    CardPage(
        act="return",
        heading=_("返還を受け付ける"),
        lead=_("カードを受け取ったことを交付台帳に記録します。有効なカードは失効します。"),
        button=_("返還を受け付ける"),
        done=_("返還を記録しました。"),
        form=PlainForm,
        service=lambda actor, card, _seen, _values: standing.return_card(actor=actor, card=card),
        is_grave=True,
    ),
    CardPage(
        act="withdraw",
        heading=_("登録証の申請を取り下げる"),
        lead=_("申請はここで終わります。登録証が要るときは、もう一度申請を受け付けてください。"),
        button=_("申請を取り下げる"),
        done=_("申請の取下げを記録しました。"),
        form=ReasonForm,
        service=_withdraw,
        is_grave=True,
        for_groups=False,
    ),
    CardPage(
        act="lapse",
        heading=_("カードを失効させる"),
        lead=_("失効したカードは元に戻せません。"),
        button=_("失効させる"),
        done=_("カードを失効させました。"),
        form=LapseForm,
        service=_lapse,
        is_grave=True,
    ),
)
BY_ACT: Final[Mapping[str, CardPage]] = MappingProxyType({page.act: page for page in PAGES})


def offered(account: StaffAccount | None, card: Card, today: dt.date) -> list[CardPage]:
    """The acts that the card allows and ``account`` may do."""
    if not may_handle(account, card.kind):
        return []
    return [page for page in PAGES if _fits(page, card, today)]


def _fits(page: CardPage, card: Card, today: dt.date) -> bool:
    if card.kind == CardKind.GROUP and not page.for_groups:
        return False
    last = next(iter(card.issues.all()), None)
    if page.act == "return":
        return last is not None and last.returned_on is None
    if page.act == "renew":
        return may_renew(card.state, card.valid_until, today)
    if page.act == "lapse" and card.state == CardState.APPLIED:
        return False
    if page.act == "hand_over" and (last is None or last.handed_over_on is not None):
        return False
    return may(CardState(card.state))[page.act]


@needs(Right.CARDS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: SiteRequest, card: UUID, act: str) -> HttpResponse:
    """Ask what the act needs, then do it."""
    page = BY_ACT.get(act)
    if page is None:
        raise Http404
    found = card_of(card)
    check_role(request, found.kind)
    form = _form_of(page, found, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _shown(request, found, page, form)
    if not form.is_valid():
        return _shown(request, found, page, form, status=422)
    try:
        page.service(actor_of(request), card, seen_version(request.POST), form.cleaned_data.copy())
    except DomainError as error:
        return _shown(request, card_of(card), page, form, status=tell(form, error))
    messages.success(request, str(page.done))
    return redirect("desk:card", card=card)


def _form_of(page: CardPage, found: Card, data: Any) -> forms.Form:
    """The page's form, without what this card has no need of."""
    kind = PlainForm if page.act == "hand_over" and found.kind == CardKind.GROUP else page.form
    form = kind(data, initial={"on": clock.today()})
    if "substitute" in form.fields and not unprintable(found.registrant.display_name):
        del form.fields["substitute"]
    return form


@needs(Right.CARDS_KEEP)
@require_POST
def return_print(request: SiteRequest, card: UUID, branch: int) -> HttpResponse:
    """An old print came back: noted in the register. One that is not out any more is told on the card's page."""
    check_role(request, card_of(card).kind)
    try:
        standing.return_old_print(actor=actor_of(request), card=card, branch=branch)
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    else:
        messages.success(request, _("古いカード（枝番%(branch)d）の返還を記録しました。") % {"branch": branch})
    return redirect("desk:card", card=card)


def _shown(request: SiteRequest, found: Card, page: CardPage, form: forms.Form, *, status: int = 200) -> HttpResponse:
    shown = [found.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="card", object_id=found.pk, persons=shown, page=page.act)
    context = {
        "card": found,
        "registrant": found.registrant,
        "page": page,
        "form": form,
        "may": _fits(page, found, clock.today()),
        "typed": form.data.get("reason", ""),
    }
    return render(request, "registrants/staff/cards/act.html", context, status=status)
