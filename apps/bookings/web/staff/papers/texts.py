"""The words of the documents (文書の文言): what holds, new ones with comparison and preview, old ones to go back to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.validators import ProhibitNullCharactersValidator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Facility, TextVersion
from apps.bookings.queries.papers import chosen, versions_by_key, versions_of, wording_on
from apps.bookings.rules.wording_blocks import LONGEST, STANDARD, Block, Chosen, Shape
from apps.bookings.rules.wording_diff import pieces
from apps.bookings.rules.wording_texts import BLOCKS, DOCUMENTS
from apps.bookings.services.samples import sample
from apps.bookings.services.wordings import check_text, enter_text, take_back_text
from apps.bookings.web.staff.papers import words
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs


class TextForm(forms.Form):
    """One block's new words: for which facilities, from when on, and why."""

    facility = forms.ModelChoiceField(
        Facility.objects.none(),
        label=_("施設"),
        required=False,
        empty_label=_("すべての施設"),
        error_messages={"invalid_choice": _("一覧から選択してください。")},
    )
    valid_from = DayField(
        label=_("適用開始日"), help_text=_("この日以後に作る文書に使います。作成済みの文書は変わりません。")
    )
    text = forms.CharField(
        label=_("文言"),
        required=False,
        strip=False,
        max_length=20_000,
        error_messages={
            "required": _("文言を入力してください。"),
            "max_length": _("文言は、全部で%(limit_value)d文字以内で入力してください。"),
        },
    )
    note = forms.CharField(
        label=_("変更の理由"), required=False, max_length=100, help_text=_("例：令和8年規則第3号による改正")
    )

    def __init__(self, data: Any = None, *, block: Block, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.block = block
        self.fields["facility"].queryset = Facility.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["text"].required = not block.may_be_empty
        self.fields["text"].label = words.block_title(block)
        self.fields["text"].help_text = _help(block)
        self.fields["text"].validators = [  # a control character of any kind is the rule's to refuse
            one for one in self.fields["text"].validators if not isinstance(one, ProhibitNullCharactersValidator)
        ]
        rows = {Shape.LINE: 2, Shape.TEXT: 5, Shape.PAIR: 4, Shape.LIST: 12}[block.shape]
        self.fields["text"].widget = forms.Textarea(attrs={"rows": rows})

    def paragraphs(self) -> tuple[str, ...]:
        """What would be entered; the errors of ``check_text``."""
        values = self.cleaned_data
        return check_text(key=self.block.key, text=values["text"], valid_from=values["valid_from"])


def _help(block: Block) -> str:
    parts = []
    if block.shape in {Shape.LIST, Shape.PAIR}:
        parts.append(__("1行が1つの項目になります。"))
    if block.shape is Shape.PAIR:
        parts.append(__("1行目に条項、2行目に文言を入力してください。"))
    if block.fields:
        parts.append(__("使える差込み：") + "".join(f"{{{name}}}" for name in block.fields))
    if block.part in words.EMPTY:
        parts.append(str(words.EMPTY[block.part]))
    parts.append(__("1つの段落は%(limit)d文字まで。") % {"limit": LONGEST[block.shape]})
    return " ".join(parts)


@needs(Right.FACILITY_SETTINGS)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All documents, with how many of their blocks the tenant worded itself."""
    own = versions_by_key()
    listed = [
        {
            "name": name,
            "title": words.DOCUMENTS[name],
            "own": sum(key in own for key, block in BLOCKS.items() if block.document == name),
            "all": sum(block.document == name for block in BLOCKS.values()),
        }
        for name in DOCUMENTS
    ]
    places = list(Facility.objects.all())
    return render(request, "bookings/staff/papers/index.html", {"documents": listed, "places": places})


@needs(Right.FACILITY_SETTINGS)
@require_safe
def document(request: SiteRequest, document: str) -> HttpResponse:
    """The blocks of one document as they hold today, and what comes."""
    if document not in DOCUMENTS:
        raise Http404
    own, today = versions_by_key(), clock.today()
    blocks = [
        {
            "block": block,
            "title": words.block_title(block),
            "shown": wording_on_day(own.get(key, []), block),
            "facilities": [row for row in own.get(key, []) if row.facility_id and row.valid_from <= today],
            "coming": [row for row in own.get(key, []) if row.valid_from > today],
        }
        for key, block in BLOCKS.items()
        if block.document == document
    ]
    context = {"name": document, "title": words.DOCUMENTS[document], "blocks": blocks, "places": Facility.objects.all()}
    return render(request, "bookings/staff/papers/document.html", context)


def wording_on_day(rows: list[TextVersion], block: Block) -> Chosen:
    """The words of a block for all facilities today."""
    begun = [row for row in rows if row.facility_id is None and row.valid_from <= clock.today()]
    newest = max(begun, key=lambda row: (row.valid_from, row.number), default=None)
    return Chosen(block.standard) if newest is None else chosen(newest)


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SiteRequest, document: str, part: str) -> HttpResponse:
    """New words of a block: typed, shown as PDF or beside what holds until then, then entered."""
    block = _block(document, part)
    if request.method != "POST":
        return _page(request, block, TextForm(block=block, initial=_begun(block, request.GET.get("from", ""))))
    form = TextForm(request.POST, block=block)
    if not form.is_valid() or "again" in request.POST:
        return _page(request, block, form, status=422 if form.errors else 200)
    try:
        return _answered(request, block, form)
    except DomainError as error:
        return _page(request, block, form, status=tell(form, error))


def _answered(request: SiteRequest, block: Block, form: TextForm) -> HttpResponse:
    """The words as PDF, or beside what holds until then; entered, once that was seen."""
    paragraphs = form.paragraphs()
    if "pdf" in request.POST:
        return _pdf(block.document, _place(form), {block.key: paragraphs}, form.cleaned_data["valid_from"])
    if "confirmed" not in request.POST:
        return _compared(request, block, form, paragraphs)
    _enter(request, block, form)
    messages.success(request, __("新しい文言を登録しました。"))
    return redirect("desk:paper_document", document=block.document)


def _enter(request: SiteRequest, block: Block, form: TextForm) -> None:
    values = form.cleaned_data
    enter_text(
        actor=actor_of(request),
        key=block.key,
        text=values["text"],
        valid_from=values["valid_from"],
        facility=values["facility"].pk if values["facility"] else None,
        note=values["note"],
    )


@needs(Right.FACILITY_SETTINGS)
@require_POST
def checked(request: SiteRequest, document: str, part: str) -> HttpResponse:
    """While it is typed: the words with their fields filled in, or what is wrong with them. A fragment."""
    block = _block(document, part)
    form = TextForm(request.POST, block=block)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            filled = dict(zip(block.fields, _samples(block), strict=True))
            context["lines"] = [_fill(line, filled) for line in form.paragraphs()]
        except DomainError as error:
            context["problem"] = problem_of(error).text
    else:
        context["problem"] = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return render(request, "bookings/staff/papers/_filled.html", context)


def _fill(line: str, fields: dict[str, str]) -> str:
    for name, value in fields.items():
        line = line.replace(f"{{{name}}}", value)
    return line


def _samples(block: Block) -> list[str]:
    known = {
        "施設名": "架空市見本センター",
        "市名": "架空市",
        "条例名": "架空市見本センターの設置及び管理に関する条例",
        "市長": "架空市長",
        "許可権者": "架空市長",
        "料金名": "使用料",
        "根拠規定": "架空市見本センターの設置及び管理に関する条例施行規則第１条",
        "申請日": "令和元年5月1日",
        "被告": "架空市",
        "代表者": "架空市長",
        "但し書": "見本室の使用料",
    }
    return [known[name] for name in block.fields]


@needs(Right.FACILITY_SETTINGS)
@require_POST
def preview(request: SiteRequest, document: str) -> HttpResponse:
    """A document in the words that hold today, with invented data, as PDF."""
    place = _facility(request.POST.get("facility", ""))
    if document not in DOCUMENTS or place is None:
        raise Http404
    return _pdf(document, place, {}, clock.today())


@needs(Right.FACILITY_SETTINGS)
@require_POST
def take_back(request: SiteRequest, document: str, part: str) -> HttpResponse:
    """Take back a version that has not begun."""
    _block(document, part)
    try:
        take_back_text(actor=actor_of(request), version=_uuid(request.POST.get("version", "")))
        messages.success(request, __("予定していた文言を取り下げました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("desk:paper_text", document=document, part=part)


def _block(document: str, part: str) -> Block:
    found = BLOCKS.get(f"{document}.{part}")
    if found is None:
        raise Http404
    return found


def _begun(block: Block, version: str) -> dict[str, Any]:
    """The form begins with the words that hold today, or with those of an older version to go back to."""
    rows = versions_of(block.key)
    wanted = next((row for row in rows if str(row.number) == version), None)
    if version == str(STANDARD):
        paragraphs, facility = block.standard, None
    elif wanted is not None:
        paragraphs, facility = tuple(wanted.paragraphs), wanted.facility_id
    else:
        paragraphs, facility = wording_on_day(list(rows), block).paragraphs, None
    return {"text": "\n".join(paragraphs), "valid_from": clock.today(), "facility": facility}


def _place(form: TextForm) -> Facility:
    place = form.cleaned_data["facility"] or Facility.objects.first()
    if place is None:
        raise Http404
    return place


def _facility(text: str) -> Facility | None:
    return Facility.objects.filter(pk=_uuid(text)).first()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _pdf(document: str, place: Facility, changed: dict[str, tuple[str, ...]], day: Any) -> HttpResponse:
    pdf = sample(document=document, facility=place, changed=changed, on=day)
    headers = {"Content-Disposition": f'inline; filename="sample-{document}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _page(request: SiteRequest, block: Block, form: TextForm, *, status: int = 200) -> HttpResponse:
    context = {
        "wording": block,
        "form": form,
        "title": words.block_title(block),
        "document_title": words.DOCUMENTS[block.document],
        "versions": versions_of(block.key),
        "today": clock.today(),
    }
    return render(request, "bookings/staff/papers/text.html", context, status=status)


def _compared(request: SiteRequest, block: Block, form: TextForm, paragraphs: tuple[str, ...]) -> HttpResponse:
    values = form.cleaned_data
    place = values["facility"]
    held = wording_on(values["valid_from"], place.pk if place else None).chosen(block.key)
    context = {
        "wording": block,
        "title": words.block_title(block),
        "document_title": words.DOCUMENTS[block.document],
        "day": values["valid_from"],
        "place": place,
        "is_same": held.paragraphs == paragraphs,
        "pieces": pieces(held.paragraphs, paragraphs),
        "typed": [(name, request.POST.get(name, "")) for name in form.fields],
    }
    return render(request, "bookings/staff/papers/compared.html", context)
