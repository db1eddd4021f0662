"""The duplicate check and 照会票 on the desk's pages, between ``chuo`` (issued) and ``sports`` (applied to)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

from apps.registrants.index_errors import CardExistsError
from apps.registrants.models import Card, CardState, InquiryNote
from kernel.name_tokens import TokenKey
from shared.audit.models import AuditEntry
from shared.staff.models import Role, StaffAccount
from tenants.scope import OWNER
from tests import factories
from tests.apps.bookings.web.staff.asking import Response, text_of
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

STATED = {"purpose": "new", "identity_checked": "on"}


@pytest.fixture
def asking(desk_client: Callable[[str], Client]) -> Client:
    """登録証担当 of ``sports``, where somebody applies."""
    return signed_in(desk_client(SPORTS), factories.card_officer(SPORTS))


@pytest.fixture
def answering(desk_client: Callable[[str], Client]) -> Client:
    """登録証担当 of ``chuo``, which issued a card."""
    return signed_in(desk_client(CHUO), factories.card_officer(CHUO))


@pytest.fixture
def issued(database: None) -> Card:
    return factories.senior_card(CHUO, registrant=factories.individual(family_name="山崎", family_kana="ヤマザキ"))


def draft(family_kana: str, family_name: str = "山先") -> Card:
    person = factories.individual(SPORTS, family_kana=family_kana, family_name=family_name)
    return factories.senior_card_draft(SPORTS, registrant=person)


def checked(client: Client, card: Card) -> Response:
    return client.post(f"/cards/{card.pk}/duplicates/", STATED, follow=True)


def inquired(client: Client, card: Card) -> str:
    """Send a 照会票 about the one card that is found: its id."""
    [hit] = checked(client, card).context["found"]
    answer = client.post(f"/cards/{card.pk}/duplicates/hits/{hit.hit}/inquire/")
    return str(answer.headers["Location"]).split("/")[-2]


def test_without_a_match_the_card_may_be_issued(asking: Client) -> None:
    card = draft("カクウ")
    page = text_of(checked(asking, card))
    assert "このまま交付に進めます" in page
    issue = f"/cards/{card.pk}/acts/issue/"
    assert f'href="{issue}"' in page
    assert f'href="/cards/{card.pk}/duplicates/"' in text_of(asking.get(issue))


def test_an_exact_fit_shows_the_card_and_says_to_use_it(asking: Client, issued: Card) -> None:
    page = text_of(checked(asking, draft("ヤマザキ")))
    assert str(issued.number) in page
    assert "既存の登録証をご利用ください" in page
    assert "交付に進む" not in page


def test_a_similar_fit_shows_the_facility_alone(asking: Client, issued: Card) -> None:
    page = text_of(checked(asking, draft("ヤマサキ")))
    assert "架空総合福祉センター" in page
    assert not any(secret in page for secret in (str(issued.number), "ヤマザキ", "山崎", "交付年度"))


@pytest.mark.parametrize("lacking", ["purpose", "identity_checked"])
def test_what_is_not_stated_is_told_beside_its_field(asking: Client, lacking: str) -> None:
    sent = {key: value for key, value in STATED.items() if key != lacking}
    answer = asking.post(f"/cards/{draft('カクウ').pk}/duplicates/", sent)
    assert answer.status_code == 422
    assert lacking in answer.context["form"].errors


@pytest.mark.parametrize("lacking", ["purpose", "identity_checked"])
def test_what_is_not_stated_leaves_a_line_in_the_audit(asking: Client, lacking: str) -> None:
    card = draft("カクウ")
    asking.post(f"/cards/{card.pk}/duplicates/", {key: value for key, value in STATED.items() if key != lacking})
    with as_tenant(SPORTS):
        entry = AuditEntry.objects.get(object_type="senior_index")
    assert (entry.action, entry.detail, entry.persons) == ("denied", {"lacking": [lacking]}, [card.registrant_id])


def test_after_five_wrong_numbers_the_page_says_what_to_do(asking: Client, issued: Card) -> None:
    page = checked(asking, draft("ヤマサキ"))
    for _ in range(5):
        assert asking.post(page.request["PATH_INFO"], {"number": "RC-000001-8"}).status_code == 200
    answer = asking.post(page.request["PATH_INFO"], {"number": str(issued.number)})
    assert answer.status_code == 429
    assert "照会票を送ってください" in text_of(answer)
    assert "番号が一致しました" not in text_of(answer)


def test_without_the_key_in_use_the_page_says_whom_to_tell(asking: Client, settings: Any) -> None:
    factories.senior_card(CHUO)
    settings.SENIOR_KEYS = (TokenKey("next", bytes(32)),)
    answer = checked(asking, draft("カクウ"))
    assert answer.status_code == 503
    assert "市の情報政策担当に連絡してください" in text_of(answer)


def test_an_inquiry_that_ended_says_so_to_both(asking: Client, answering: Client, issued: Card) -> None:
    card = draft("ヤマサキ")
    inquiry = inquired(asking, card)
    with as_tenant(SPORTS):
        Card.objects.filter(pk=card.pk).update(state=CardState.LAPSED, lapse_cause="returned")
    assert "不要になりました" in text_of(asking.get(f"/inquiries/sent/{inquiry}/"))
    page = answering.get(f"/inquiries/received/{inquiry}/")
    assert "不要になりました" in text_of(page)
    assert "回答する</button>" not in page.content.decode()
    said = {"answer": "other", "note": "電話で確かめた"}
    assert answering.post(f"/inquiries/received/{inquiry}/", said).status_code == 409


@pytest.mark.parametrize("page", ["", f"{UUID(int=1)}/", f"hits/{UUID(int=1)}/inquire/"])
def test_a_clerk_without_the_role_sees_nothing(desk: Client, page: str) -> None:
    answer = desk.post(f"/cards/{factories.senior_card_draft().pk}/duplicates/{page}")
    assert answer.status_code == 403
    with as_tenant(CHUO):
        assert AuditEntry.objects.filter(action="denied", object_type="page").exists()


def test_beyond_the_rate_the_page_says_so(asking: Client) -> None:
    card = draft("カクウ")
    for _ in range(20):
        checked(asking, card)
    answer = checked(asking, card)
    assert answer.status_code == 429
    assert "回数が上限に達しました" in text_of(answer)


def test_an_answer_to_no_question_is_gone(asking: Client) -> None:
    assert asking.get(f"/cards/{draft('カクウ').pk}/duplicates/{uuid4()}/").status_code == 410


@pytest.mark.parametrize(
    ("number", "told"), [("{}", "番号が一致しました"), ("RC-000001-8", "番号は一致しませんでした")]
)
def test_an_old_number_is_verified(asking: Client, issued: Card, number: str, told: str) -> None:
    page = checked(asking, draft("ヤマサキ"))
    typed = number.format(str(issued.number).replace("-", "").lower())
    answer = asking.post(page.request["PATH_INFO"], {"number": typed})
    assert told in text_of(answer)


@pytest.mark.parametrize("number", ["", "12", "A-000001-8", "RA-000001-0", "🍡", "R" * 30])
def test_a_number_that_is_none_is_told_beside_the_field(asking: Client, issued: Card, number: str) -> None:
    page = checked(asking, draft("ヤマサキ"))
    answer = asking.post(page.request["PATH_INFO"], {"number": number})
    assert answer.status_code == 422
    assert "number" in answer.context["form"].errors


def test_the_answering_facility_sees_its_own_holder_and_not_the_applicant(
    asking: Client, answering: Client, issued: Card
) -> None:
    inquiry = inquired(asking, draft("ヤマサキ"))
    page = text_of(answering.get(f"/inquiries/received/{inquiry}/"))
    assert "山崎" in page
    assert "山先" not in page
    assert "ヤマサキ" not in page


def test_both_facilities_and_the_city_see_one_number_to_say_on_the_telephone(
    asking: Client, answering: Client, issued: Card
) -> None:
    inquiry = inquired(asking, draft("ヤマザキ"))
    number = f"{inquiry[:4]}-{inquiry[4:8]}".upper()
    city = signed_in(client_at(settings.CITY_HOST), factories.city_officer())
    for client, pages in {
        asking: ("/inquiries/", f"/inquiries/sent/{inquiry}/"),
        answering: ("/inquiries/", f"/inquiries/received/{inquiry}/"),
        city: tuple(f"/senior-cards/{page}" for page in ("", f"inquiries/{inquiry}/", f"inquiries/{inquiry}/answer/")),
    }.items():
        assert all(number in text_of(client.get(page)) for page in pages)


def test_another_person_is_answered_once_and_the_card_is_issued(
    asking: Client, answering: Client, issued: Card
) -> None:
    card = draft("ヤマサキ")
    inquiry = inquired(asking, card)
    said = {"answer": "other", "note": "持ち主に電話で確かめた"}
    answer = answering.post(f"/inquiries/received/{inquiry}/", said, follow=True)
    assert "照会票に回答しました。" in answer.content.decode()
    factories.issue(card, SPORTS)
    assert checked(asking, card).context["found"] == []
    with as_tenant(CHUO):
        assert InquiryNote.objects.get().note == "持ち主に電話で確かめた"


def test_the_same_person_gets_no_second_card(asking: Client, answering: Client, issued: Card) -> None:
    card = draft("ヤマサキ")
    inquiry = inquired(asking, card)
    answering.post(f"/inquiries/received/{inquiry}/", {"answer": "same", "note": "電話"})
    with pytest.raises(CardExistsError):
        factories.issue(card, SPORTS)
    assert "既存の登録証をご利用ください" in text_of(asking.get(f"/inquiries/sent/{inquiry}/"))


@pytest.mark.parametrize("sent", [{}, {"answer": "same"}, {"answer": "perhaps", "note": "電話"}, {"note": "電話"}])
def test_an_answer_without_its_parts_changes_nothing(
    asking: Client, answering: Client, issued: Card, sent: dict[str, str]
) -> None:
    inquiry = inquired(asking, draft("ヤマサキ"))
    assert answering.post(f"/inquiries/received/{inquiry}/", sent).status_code == 422
    with as_tenant(CHUO):
        assert not InquiryNote.objects.exists()


def test_a_second_answer_is_refused(asking: Client, answering: Client, issued: Card) -> None:
    inquiry = inquired(asking, draft("ヤマサキ"))
    said = {"answer": "other", "note": "電話"}
    answering.post(f"/inquiries/received/{inquiry}/", said)
    assert answering.post(f"/inquiries/received/{inquiry}/", said).status_code == 409


def test_who_asked_cannot_answer(asking: Client, issued: Card) -> None:
    inquiry = inquired(asking, draft("ヤマサキ"))
    assert asking.post(f"/inquiries/received/{inquiry}/", {"answer": "other", "note": "x"}).status_code == 404


def test_the_same_pair_is_asked_about_once(asking: Client, issued: Card) -> None:
    card = draft("ヤマサキ")
    assert inquired(asking, card) == inquired(asking, card)


def test_another_facilitys_hit_is_unknown(asking: Client, answering: Client, issued: Card) -> None:
    [hit] = checked(asking, draft("ヤマサキ")).context["found"]
    assert answering.post(f"/cards/{issued.pk}/duplicates/hits/{hit.hit}/inquire/").status_code == 404


def lists(client: Client) -> Any:
    with count_statements() as statements:
        page = client.get("/inquiries/")
    return page, statements.count


def test_the_list_costs_the_same_for_one_and_for_three(asking: Client, issued: Card) -> None:
    inquired(asking, draft("ヤマサキ"))
    page, one = lists(asking)
    assert [len(page.context["sent"]), len(page.context["received"])] == [1, 0]
    for kana in ("ヤマサギ", "ヤマザギ"):
        inquired(asking, draft(kana))
    page, three = lists(asking)
    assert (len(page.context["sent"]), three) == (3, one)


def test_the_way_to_inquiries_stands_in_the_menu_of_card_officers_alone(asking: Client, desk: Client) -> None:
    assert "/inquiries/" in asking.get("/registrants/").content.decode()
    assert "/inquiries/" not in desk.get("/registrants/").content.decode()


def test_a_card_that_is_void_does_not_hinder(asking: Client, issued: Card) -> None:
    with as_tenant(CHUO):
        Card.objects.filter(pk=issued.pk).update(
            state=CardState.LAPSED, lapse_cause="returned", lapsed_on=issued.issued_on
        )
    page = text_of(checked(asking, draft("ヤマザキ")))
    assert "すべて失効しています" in page
    assert "照会票を送る" not in page


def test_every_officer_needs_the_role_anew(asking: Client) -> None:
    with as_owner(SPORTS):
        StaffAccount.objects.using(OWNER).update(roles=[Role.RECEPTION])
    assert asking.get("/inquiries/").status_code == 403
