"""A citizen's bookings: the list, one of them, giving it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Booking, BookingState, ChangeRequest, Reception
from apps.bookings.queries.annexes import together_with, went_with
from apps.bookings.queries.equipment import reserved
from apps.bookings.queries.ledgers import ledger_from, with_ledger
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.queries.own import own_booking, own_bookings, with_money
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.deadlines import CITIZENS_CAUSE, chosen_by_citizens, in_time
from apps.bookings.rules.fees.ledger import Ending, Ledger
from apps.bookings.rules.states import CANCELLABLE_BY_CITIZEN, DEFERRED, PERMITTED
from apps.bookings.rules.terms import Terms
from apps.bookings.services.cancel import OWN_CAUSE, cancel_by_citizen
from apps.bookings.services.change import ask_change, change_by_citizen, withdraw_change
from apps.bookings.services.fees.refunding import rate_for
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.change_form import ChangeForm, cause_choices
from apps.bookings.web.citizen.chrome import page
from apps.bookings.web.citizen.papers import printable
from apps.bookings.web.fee_shown import fee_of_booking
from apps.bookings.web.online_shown import lets_go_to, own_money
from kernel import clock
from kernel.errors import DomainError
from kernel.yen import Rounding
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs

CHANGEABLE: Final = CANCELLABLE_BY_CITIZEN - {DEFERRED}


@dataclass(frozen=True, slots=True)
class Back:
    """What would go back of what was paid: the share, the amount in yen, and what of the annexes' fees."""

    percent: int
    amount: int
    annexes: int = 0


@needs(Right.CITIZEN)
@require_safe
@never_cache
def own(request: SiteRequest) -> HttpResponse:
    """All of the citizen's bookings, at every facility, each with how its money stands; two statements."""
    today = clock.today()
    bookings = with_money(own_bookings(now=clock.now()))
    return page(
        request,
        "bookings.html",
        trail=[(_("予約の確認・取消"), "")],
        coming=[one for one in reversed(bookings) if one.day >= today],
        past=[one for one in bookings if one.day < today],
    )


@needs(Right.CITIZEN)
@require_safe
@never_cache
def detail(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """One booking and its state."""
    found = own_booking(booking)
    if found.state == BookingState.HOLD:
        return redirect("citizen:apply", tenant=tenant, booking=booking)
    return detail_page(request, found)


@needs(Right.CITIZEN)
@require_POST
def cancel(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """Give a booking up."""
    found = own_booking(booking)
    version = request.POST.get("version", "")
    try:
        cancel_by_citizen(
            actor=actor_of(request),
            booking=booking,
            cause=request.POST.get("cause", OWN_CAUSE),
            seen_version=int(version) if version.isdecimal() else -1,
        )
    except DomainError as error:
        problem = problem_of(error)
        return detail_page(request, own_booking(booking), status=problem.status, problem=problem.text)
    if found.state == BookingState.HOLD:
        messages.success(request, _("確保していた時間帯を手放しました。"))
        return redirect("citizen:day", tenant=tenant, room=found.room_id, day=f"{found.day:%Y-%m-%d}")
    messages.success(request, cancelled_text(went_with([found])))
    return redirect("citizen:booking", tenant=tenant, booking=booking)


def cancelled_text(annexes: Sequence[Booking]) -> str:
    """That a booking was cancelled, and its annexes with it."""
    if not annexes:
        return _("予約を取り消しました。")
    rooms = "、".join(in_language(one.room.name, one.room.name_en) for one in annexes)
    return _("予約を取り消しました。一緒に利用する附属の室場（{rooms}）の予約も取り消しました。").format(rooms=rooms)


def detail_page(request: SiteRequest, booking: Booking, *, status: int = 200, problem: str = "") -> HttpResponse:
    """The page of a booking; ``problem`` tells why what was asked for could not be done."""
    now, terms = clock.now(), terms_on(booking.room.facility_id, clock.today())
    until = terms.cancel_permitted if booking.state == PERMITTED else terms.cancel_portal
    place: dict[str, Any] = {"day": booking.day, "starts_at": booking.during.lower}
    fee = fee_of_booking(booking.pk)
    asked = ChangeRequest.objects.filter(booking=booking).order_by("-asked_at", "id").select_related("room").first()
    money = standing_of_payment(booking.pk) if fee.fee else None
    online = own_money(booking, money) if money else None
    beside = together_with(booking)
    response = page(
        request,
        "booking.html",
        status=status,
        trail=[(_("予約の確認・取消"), "/bookings/"), (booking.number, "")],
        booking=booking,
        fee=fee,
        together=beside,
        back=_back(booking, terms, money, beside.going) if money and money.paid > 0 else None,
        may_cancel=booking.state in CANCELLABLE_BY_CITIZEN and in_time(until, now=now, **place),
        cancel_until=until.ends(booking.day, booking.during.lower),
        causes=cause_choices(chosen_by_citizens(terms.causes), CITIZENS_CAUSE),
        may_change=booking.state in CHANGEABLE and in_time(terms.change_portal, now=now, **place),
        change=asked,
        equipment=reserved(booking.pk),
        may_equip=_may_equip(booking) and in_time(terms.change_portal, now=now, **place),
        problem=problem,
        forms=printable(booking.state),
        money=money,
        online=online,
    )
    return lets_go_to(response, online.origin if online and online.may_pay else "")


def _back(booking: Booking, terms: Terms, money: Ledger, annexes: Sequence[Booking]) -> Back | None:
    """What would go back if the booking were given up now, with its annexes; None once it is."""
    causes = chosen_by_citizens(terms.causes)
    if booking.state not in CANCELLABLE_BY_CITIZEN or not causes:
        return None
    percent = rate_for(booking, causes[0], terms).percent
    of_annexes = sum(
        _ended(ledger_from(one), rate_for(one, causes[0], terms).percent, terms)
        for one in with_ledger(Booking.objects.filter(pk__in=[one.pk for one in annexes]))
    )
    return Back(percent, _ended(money, percent, terms), of_annexes)


def _ended(money: Ledger, percent: int, terms: Terms) -> int:
    """What goes back of a booking's money if it ends with that share."""
    return replace(money, ending=Ending(percent, Rounding(terms.refund.rounding))).due


def _may_equip(booking: Booking) -> bool:
    """Whether it is a citizen's to change what goes with it: not what the facility has decided on."""
    decided = booking.state == PERMITTED and booking.room.reception != Reception.IMMEDIATE
    return booking.state in CHANGEABLE and not decided


@needs(Right.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """Another day, other slots, another room: at once before the permit, asked for afterwards."""
    found = own_booking(booking)
    offers = [one for one in offers_of_facility(found.room.facility_id) if one.tenant == tenant]
    form = ChangeForm(request.POST if request.method == "POST" else None, booking=found, offers=offers, by_staff=False)
    if request.method != "POST":
        return _change_page(request, found, form)
    if not form.is_valid():
        return _change_page(request, found, form, status=422)
    service = ask_change if found.state == PERMITTED else change_by_citizen
    try:
        service(
            actor=actor_of(request),
            booking=booking,
            to=form.target(),
            seen_version=seen_version(request.POST),
        )
    except DomainError as error:
        return _change_page(request, own_booking(booking), form, status=tell(form, error))
    told = _("変更を申請しました。") if found.state == PERMITTED else _("予約を変更しました。")
    messages.success(request, told)
    return redirect("citizen:booking", tenant=tenant, booking=booking)


@needs(Right.CITIZEN)
@require_POST
def withdraw(request: SiteRequest, tenant: str, booking: UUID) -> HttpResponse:
    """Take back the change that was asked for."""
    try:
        withdraw_change(actor=actor_of(request), booking=booking)
    except DomainError as error:
        problem = problem_of(error)
        return detail_page(request, own_booking(booking), status=problem.status, problem=problem.text)
    messages.success(request, _("変更の申請を取り下げました。"))
    return redirect("citizen:booking", tenant=tenant, booking=booking)


def _change_page(request: SiteRequest, booking: Booking, form: ChangeForm, *, status: int = 200) -> HttpResponse:
    trail = [(_("予約の確認・取消"), "/bookings/"), (_("日時・室場の変更"), "")]
    return page(request, "change.html", status=status, trail=trail, booking=booking, form=form)
