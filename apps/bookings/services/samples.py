"""Each document with invented data (見本), to see what a wording looks like before it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from apps.bookings.documents import data
from apps.bookings.documents.data import Check, ConfirmationSheet, EquipmentLine, Fee, FeeColumn, Reduction
from apps.bookings.documents.money import PaymentSheet, RefundSheet
from apps.bookings.documents.render import AnySheet, sample_pdf
from apps.bookings.models import (
    Booking,
    BookingState,
    Displacement,
    DisplacementHit,
    Facility,
    FeeSheet,
    Measure,
    MeasureKind,
    Purpose,
    ReductionRequest,
    Refund,
    RefundKind,
    Room,
)
from apps.bookings.queries.fees import Fee as StoredFee
from apps.bookings.rules.fees.ledger import Ledger
from apps.bookings.rules.fees.lines import Column, Line, Step
from apps.bookings.rules.grounds import ground_of
from apps.bookings.rules.wording_blocks import Chosen, Wording
from apps.bookings.services import requests, sheets
from apps.bookings.services.displacement.find import as_it_was
from apps.bookings.services.displacement.notice_sheets import KINDS, notice_sheet
from apps.bookings.services.fees.payment_sheet import payment_sheet
from apps.bookings.services.fees.refund_sheet import refund_sheet
from apps.bookings.services.fees.sheets import reduction_sheet
from apps.bookings.services.papers import Papers, papers_on
from apps.bookings.services.registration_sheets import sample_sheet
from apps.registrants.models import Registrant
from kernel import clock
from kernel.clock import TOKYO
from shared.publicuse.models import Occasion

NOBODY: Final = UUID(int=0)
SAMPLE_CODE: Final = "0000-0000-0000-0000-0000-0000"
GROUNDS_OF: Final = {"instruction": "refusal", "grounds": "refusal", "common": "permit"}
"""What several documents share is shown on one of them."""


def sample(*, document: str, facility: Facility, changed: dict[str, tuple[str, ...]], on: dt.date) -> bytes:
    """``document`` of a facility as PDF, in the words that hold on ``on`` but for the blocks that are ``changed``.

    ``NoOperatorError``; ``UnknownBlockError`` for a document that there is not.
    """
    papers = papers_on(on, facility)
    own = {**papers.wording.own, **{key: Chosen(paragraphs) for key, paragraphs in changed.items()}}
    return sample_pdf(_made(document, replace(papers, wording=Wording(papers.wording.blocks, own)), changed))


def _made(document: str, papers: Papers, changed: dict[str, tuple[str, ...]]) -> AnySheet:
    shown = GROUNDS_OF.get(document, document)
    if document in VARIED:
        return VARIED[document](papers, changed)
    return MAKERS[shown](papers)


def _booking(papers: Papers) -> Booking:
    place = Facility(id=papers.facility, name=papers.issuer.facility)
    starts = dt.datetime.combine(papers.on + dt.timedelta(days=30), dt.time(9), TOKYO)
    return Booking(
        number="00-000000-0",
        registrant=_registrant(),
        room=Room(name="見本室", facility=place),
        day=starts.date(),
        during=DateTimeTZRange(starts, starts + dt.timedelta(hours=3)),
        slot_numbers=[1],
        slot_labels=["午前"],
        purpose=Purpose(code="sample", name="会議"),
        event_name="見本の行事",
        headcount=20,
        state=BookingState.PERMITTED,
        applied_at=clock.now(),
        ended_at=clock.now(),
        refund_percent=100,
        reason="見本の理由です。",
        created_at=clock.now(),
    )


def _registrant() -> Registrant:
    return Registrant(
        id=NOBODY,
        number="X-000000",
        group_name="見本の会（架空）",
        family_name="見本",
        given_name="花子",
        address="架空県架空市見本町一丁目２番３号",
        phone="000-0000-0000",
    )


def _fee(papers: Papers) -> Fee:
    columns = (
        FeeColumn("基本", "2,500円"),
        FeeColumn("加算", "2,500円", "2倍"),
        FeeColumn("減免", "△2,500円", "5割"),
        FeeColumn("小計", "2,500円"),
        FeeColumn("冷暖房", "1,500円"),
        FeeColumn("設備", "600円"),
    )
    return Fee(papers.issuer.fee_name, columns, "4,600円", due=papers.on + dt.timedelta(days=14))


def _extras() -> sheets.Extras:
    questions = tuple(data.Question(label, None) for label in sheets.QUESTIONS)
    return sheets.Extras((EquipmentLine("ワイヤレスマイク", "2本", fee="600円"),), questions, ("大人", "子ども"))


REDUCTION: Final = Reduction("第７条第２号", "社会教育関係団体による使用")


def _check(papers: Papers) -> Check:
    page = "https://yoyaku.example/verify/"
    return Check(papers.wording.line("common.check", {}), SAMPLE_CODE, page, f"{page}?code={SAMPLE_CODE}")


def _permit(papers: Papers) -> data.PermitSheet:
    return sheets.permit_sheet(
        _booking(papers),
        papers,
        serial=0,
        fee=_fee(papers),
        reduction=REDUCTION,
        extras=_extras(),
        check=_check(papers),
    )


def _application(papers: Papers) -> data.ApplicationSheet:
    return sheets.application_sheet(_booking(papers), papers, fee=_fee(papers), reduction=REDUCTION, extras=_extras())


def _combined(papers: Papers) -> data.CombinedSheet:
    joint = replace(papers, options=replace(papers.options, one_sheet=True, with_reduction=True))
    return sheets.combined_sheet(_application(joint), _permit(joint), joint)


def _refusal(papers: Papers) -> data.RefusalSheet:
    return sheets.refusal_sheet(_booking(papers), papers, ground_of("management"), serial=0, check=_check(papers))


def _revocation(papers: Papers) -> data.NoticeSheet:
    return sheets.revocation_sheet(_booking(papers), papers, ground_of("order"), serial=0, check=_check(papers))


def _change(papers: Papers, changed: dict[str, tuple[str, ...]]) -> data.NoticeSheet:
    """With the opening for a fee alone where that is what is changed."""
    booking = _booking(papers)
    made = sheets.change_sheet(booking, papers, sheets.use_of(booking, papers), serial=0, check=_check(papers))
    if "change.fee_opening" not in changed:
        return made
    words = papers.words("change", opening="change.fee_opening")
    return replace(made, words=words, opening=words.opening)


def _cancellation(papers: Papers) -> data.NoticeSheet:
    return sheets.cancellation_sheet(
        _booking(papers), papers, f"{papers.issuer.symbol}指令第0号", serial=0, check=_check(papers)
    )


def _reduction(papers: Papers) -> data.ReductionSheet:
    asked = ReductionRequest(
        ground="sample", ground_label=REDUCTION.reason, article=REDUCTION.clause, asked_at=clock.now()
    )
    made = reduction_sheet(
        _booking(papers), papers, asked, None, granted=True, reason="", serial=0, check=_check(papers)
    )
    return replace(made, fee=_fee(papers))


def _measure(papers: Papers, changed: dict[str, tuple[str, ...]]) -> data.NoticeSheet:
    """The kind of measure whose title is changed, else a suspension."""
    kinds = [kind for kind, key in sheets.MEASURE_TITLES.items() if key in changed]
    measure = Measure(
        registrant=_registrant(),
        kind=kinds[0] if kinds else MeasureKind.SUSPEND,
        days=30,
        points=Decimal(2),
        first=papers.on,
        last=papers.on + dt.timedelta(days=29),
        reason="見本の理由です。",
    )
    return sheets.measure_sheet(measure, papers, serial=0, check=_check(papers))


def _displaced(document: str) -> Callable[[Papers, dict[str, tuple[str, ...]]], data.NoticeSheet]:
    """The maker of a notice of a public use: the variant whose words are changed, else the form's first."""

    def made(papers: Papers, changed: dict[str, tuple[str, ...]]) -> data.NoticeSheet:
        ways = [(way, kind) for way, kind in KINDS.items() if kind.document == document]
        wanted = {kind.block(part): way for way, kind in ways for part in ("title", "opening")}
        became, standing = next((wanted[key] for key in changed if key in wanted), ways[0][0])
        occasion = Displacement(occasion=Occasion.POLLING, article="公職選挙法第39条", reason="見本の理由です。")
        paid = 0 if f"{document}.unpaid" in changed else 2500
        hit = DisplacementHit(booking=_booking(papers), became=became, paid=paid, refund=paid)
        hit.was = as_it_was(hit.booking) | {"state": STATES[standing]}
        return notice_sheet(occasion, hit, papers, serial=0, check=_check(papers))

    return made


STATES: Final = {
    "permitted": BookingState.PERMITTED,
    "applied": BookingState.UNDER_REVIEW,
    "reserved": BookingState.TENTATIVE,
}


def _registration(papers: Papers, changed: dict[str, tuple[str, ...]]) -> data.NoticeSheet:
    return sample_sheet(papers, _registrant(), changed, check=_check(papers))


VARIED: Final[dict[str, Callable[[Papers, dict[str, tuple[str, ...]]], AnySheet]]] = {
    "change": _change,
    "measure": _measure,
    "registration": _registration,
    **{name: _displaced(name) for name in ("taken_back", "not_granted", "moved")},
}
"""Makers of what has several titles or openings: the one whose words are changed is shown."""


def _receipt(papers: Papers) -> data.ReceiptSheet:
    purpose = f"見本室の{papers.day(papers.on)}の{papers.issuer.fee_name}（受付番号00-000000-0）"
    return data.ReceiptSheet(
        facility=papers.issuer.full_facility,
        number="領収第0000-00000号",
        issued_on=papers.on,
        payer="見本の会（架空）",
        amount="4,600円",
        purpose=purpose,
        method="現金",
        rate="10％",
        tax="418円",
        authority=papers.issuer.authority,
        words=papers.words("receipt", 但し書=purpose),
        check=_check(papers),
    )


def _confirmation(papers: Papers) -> ConfirmationSheet:
    return requests.confirmation_sheet(_booking(papers), papers, None)


def _refund(papers: Papers) -> RefundSheet:
    refund = Refund(
        kind=RefundKind.ENDED,
        fiscal_year=0,
        serial=0,
        day=papers.on,
        base=4600,
        percent=50,
        amount=2300,
        rule="見本の理由です。",
    )
    return refund_sheet(_booking(papers), refund, papers, check=_check(papers))


def _payment(papers: Papers) -> PaymentSheet:
    row = FeeSheet(number=1, total=4600, due_on=papers.on + dt.timedelta(days=14))
    lines = (Line(Step.BASE, Column.BASE, "base_slot", 4600, "別表第１", "午前"),)
    return payment_sheet(_booking(papers), papers, StoredFee(row, lines), Ledger(4600, 0))


MAKERS: Final[dict[str, Callable[[Papers], AnySheet]]] = {
    "application": _application,
    "permit": _permit,
    "combined": _combined,
    "refusal": _refusal,
    "change_application": lambda papers: requests.change_application_sheet(_booking(papers), papers, None),
    "giving_up": lambda papers: requests.giving_up_sheet(_booking(papers), papers),
    "reduction_application": lambda papers: requests.reduction_application_sheet(_booking(papers), papers, None),
    "cancellation": _cancellation,
    "revocation": _revocation,
    "reduction": _reduction,
    "receipt": _receipt,
    "payment": _payment,
    "refund": _refund,
    "confirmation": _confirmation,
}
