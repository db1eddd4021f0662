"""What this application holds about one registrant, told to the person (開示). Labels are those of the forms."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.conf import settings

from apps.registrants.models import (
    Card,
    CardAct,
    CardIssue,
    CardKind,
    CitizenRequest,
    DuplicateProposal,
    EmergencyContact,
    GroupMember,
    IdentityCheck,
    InquiryNote,
    LinkCode,
    Merge,
    Registrant,
    RegistrationAct,
    RenewalReminder,
    RosterSummary,
    StateSpan,
    UseStop,
    Visit,
)
from apps.registrants.models.registrant import RegistrantState
from apps.registrants.queries.registration import shown_value
from apps.registrants.rules.card_face import from_kept
from apps.registrants.rules.items import ITEMS
from kernel import clock
from kernel.clock import TOKYO
from kernel.wareki import format_date
from shared.disclosure import Section
from shared.seniorcards.inquiries import letters
from shared.seniorcards.models import Answer, Decision

IN_INDEX: Final = "あり（氏名の読み・漢字と生年月日から鍵で作った符号。氏名も生年月日も含まない）"


def sections(registrant: UUID) -> list[Section]:
    """Registration, standing, contacts, roster, cards, visits, requests and codes, links to other records."""
    row = Registrant.objects.get(pk=registrant)
    return [_registration(row), *_standing(row), *_people(row), *_cards(row), *_portal(row), *_records(row)]


def _registration(row: Registrant) -> Section:
    rows = [
        ("登録番号", row.number),
        ("区分", str(row.get_kind_display())),
        ("状態", str(row.get_state_display())),
        ("団体名", row.group_name),
        ("団体名（カナ）", row.group_kana),
        ("氏名", f"{row.family_name}　{row.given_name}"),
        ("氏名（カナ）", f"{row.family_kana}　{row.given_kana}"),
        ("生年月日", _day(row.birth_date)),
        ("郵便番号", row.postal_code),
        ("住所", row.address),
        ("電話番号", row.phone),
        ("登録日", _day(row.registered_on)),
        ("有効期限", _day(row.valid_until)),
        ("市民アカウントとの結び付き", "あり" if row.portal_account else "なし"),
        ("旧システムの番号", row.source_key or ""),
        ("インターネット予約", "できない（窓口のみ）" if row.is_counter_only else ""),
        *_items(row),
    ]
    return Section("登録の内容", ("項目", "内容"), [(label, text) for label, text in rows if text.strip("　")])


def _items(row: Registrant) -> list[tuple[str, str]]:
    """The further items in the words of the forms; one that there is no longer, as it stands."""
    known = [(ITEMS[code].label, shown_value(ITEMS[code], row.extras[code])) for code in ITEMS if code in row.extras]
    return known + [(code, str(value)) for code, value in sorted(row.extras.items()) if code not in ITEMS]


def _standing(row: Registrant) -> list[Section]:
    spans = [
        (_day(span.during.lower), _before(span.during.upper), str(RegistrantState(span.state).label))
        for span in StateSpan.objects.filter(registrant=row)
    ]
    acts = [
        (_moment(act.at), str(act.get_act_display()), _day(act.effective_on), _day(act.until), act.reason)
        for act in RegistrationAct.objects.filter(registrant=row).order_by("id")
    ]
    checks = [
        (_day(check.on), str(check.get_document_display())) for check in IdentityCheck.objects.filter(registrant=row)
    ]
    return [
        Section("登録の状態の期間", ("いつから", "いつまで", "状態"), spans),
        Section("登録の経過", ("日時", "処理", "適用日", "終わりの日", "理由"), acts),
        Section("本人確認", ("確認した日", "示された書類"), checks),
    ]


def _people(row: Registrant) -> list[Section]:
    contacts = [(one.name, one.relation, one.phone) for one in EmergencyContact.objects.filter(registrant=row)]
    members = [
        (one.name, one.kana, _day(one.birth_date), str(one.get_residence_display()), one.phone)
        for one in GroupMember.objects.filter(group=row)
    ]
    discarded = [(_day(one.discarded_on), f"{one.count}人") for one in RosterSummary.objects.filter(group=row)]
    return [
        Section("緊急連絡先（ご本人の申告による）", ("氏名", "続柄", "電話番号"), contacts),
        Section("構成員名簿", ("氏名", "カナ", "生年月日", "居住区分", "電話番号"), members),
        Section("廃棄した名簿", ("廃棄した日", "人数"), discarded),
    ]


def _cards(row: Registrant) -> list[Section]:
    cards = [
        (
            str(card.get_kind_display()),
            card.number or "",
            str(card.get_state_display()),
            _day(card.consented_on),
            _day(card.issued_on),
            _day(card.valid_until),
            " ".join(filter(None, [card.former_name, card.special_reason])),
        )
        for card in Card.objects.filter(registrant=row).order_by("applied_on", "id")
    ]
    visits = [(_moment(one.at),) for one in Visit.objects.filter(registrant=row).order_by("at")]
    return [
        Section("カード・登録証", ("種類", "番号", "状態", "同意日", "交付日", "有効期限", "備考"), cards),
        *_register_of(row),
        *_duplicate_checks(row),
        Section("来館の記録", ("日時",), visits),
    ]


def _register_of(row: Registrant) -> list[Section]:
    issues = [
        (
            one.card.number or "",
            str(one.branch),
            str(one.get_cause_display()),
            _day(one.made_on),
            _day(one.handed_over_on),
            _day(one.returned_on),
            _day(one.voided_on),
            _printed(one),
        )
        for one in CardIssue.objects.filter(card__registrant=row).select_related("card").order_by("id")
    ]
    acts = [
        (_moment(one.at), one.card.number or "", str(one.get_act_display()), one.reason)
        for one in CardAct.objects.filter(card__registrant=row).select_related("card").order_by("id")
    ]
    return [
        Section("交付台帳", ("番号", "枝番", "事由", "作成日", "交付日", "返還日", "無効日", "券面の記載"), issues),
        Section("カードの経過", ("日時", "番号", "処理", "理由"), acts),
    ]


def _duplicate_checks(row: Registrant) -> list[Section]:
    senior = list(Card.objects.filter(registrant=row, kind=CardKind.SENIOR).order_by("applied_on", "id"))
    indexed = [(card.number or "", IN_INDEX if _in_index(card) else "なし") for card in senior]
    of_person = {card.pk for card in senior}
    notes = [(_moment(one.written_at), one.note) for one in InquiryNote.objects.filter(card__registrant=row)]
    asked = [
        (
            _moment(one.opened_at),
            "受けた照会" if one.is_received else "送った照会",
            one.facility,
            str(Answer(one.answer).label) if one.answer else "",
            str(Decision(one.decision).label) if one.decision else "",
        )
        for one in (letters() if senior else [])
        if one.card in of_person
    ]
    return [
        Section("重複確認の索引", ("番号", "索引にある符号"), indexed),
        Section("登録証の照会票", ("送った日時", "種類", "相手の施設", "回答", "市の決定"), asked),
        Section("照会票の記載", ("日時", "内容"), notes),
    ]


def _printed(made: CardIssue) -> str:
    """What stands on a print; empty of one from before that this was kept."""
    if made.face is None:
        return ""
    face = from_kept(made.face)
    substitute = f"（券面は{face.holder}）" if face.is_substitute else ""
    return " ".join(filter(None, [f"{face.name}{substitute}", face.representative, face.town, _day(face.until)]))


def _in_index(card: Card) -> bool:
    oldest = clock.today() - dt.timedelta(days=366 * settings.SENIOR_KEEP_YEARS)
    return card.issued_on is not None and (card.lapsed_on is None or card.lapsed_on >= oldest)


def _portal(row: Registrant) -> list[Section]:
    requests = [
        (_moment(one.asked_at), str(one.get_kind_display()), str(one.get_state_display()), one.note, one.answer)
        for one in CitizenRequest.objects.filter(registrant=row).order_by("id")
    ]
    codes = [
        (_moment(one.made_at), str(one.get_purpose_display()), _moment(one.used_at))
        for one in LinkCode.objects.filter(registrant=row).order_by("id")
    ]
    reminders = [(_moment(one.at), _day(one.ends_on)) for one in RenewalReminder.objects.filter(registrant=row)]
    return [
        Section("インターネットからの依頼", ("日時", "依頼", "状態", "内容", "回答"), requests),
        Section("一回限りの番号", ("作成", "用途", "使用"), codes),
        Section("更新のお知らせ", ("送った日時", "有効期限"), reminders),
    ]


def _records(row: Registrant) -> list[Section]:
    merges = [
        (_moment(one.at), one.gone.number, _moment(one.undone_at), one.reason)
        for one in Merge.objects.filter(kept=row).select_related("gone")
    ]
    merges += [
        (_moment(one.at), one.kept.number, _moment(one.undone_at), one.reason)
        for one in Merge.objects.filter(gone=row).select_related("kept")
    ]
    proposals = DuplicateProposal.objects.filter(one=row) | DuplicateProposal.objects.filter(other=row)
    doubts = [(_moment(one.found_at), str(one.get_state_display())) for one in proposals]
    marks = UseStop.objects.filter(registrant=row)
    stops = [(_moment(one.since), _moment(one.lifted_at), one.lift_reason) for one in marks]
    return [
        Section("登録の統合", ("日時", "相手の登録番号", "取消し", "理由"), merges),
        Section("個人情報の利用停止", ("いつから", "解除", "解除の理由"), stops),
        Section("重複の候補とされた記録", ("日時", "結果"), doubts),
    ]


def _day(day: dt.date | None) -> str:
    return format_date(day) if day else ""


def _before(day: dt.date | None) -> str:
    return _day(day - dt.timedelta(days=1)) if day else ""


def _moment(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(TOKYO):%Y-%m-%d %H:%M}" if moment else ""
