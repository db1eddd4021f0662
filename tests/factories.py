"""Makes what a test needs, with intent in the name. Everything goes through the roles and services of the product.

Each function enters the scopes it needs itself, so call them outside a transaction. All people are invented.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import DEFAULT_DB_ALIAS, transaction

from apps.bookings.models import (
    Booking,
    BookingTerms,
    Facility,
    Part,
    Purpose,
    Room,
    RoomPart,
    RoomPurpose,
    Timetable,
    TimetableSlot,
    Whose,
    Window,
)
from apps.bookings.rules.terms import Terms, as_json
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.counter import book_at_counter
from apps.bookings.services.decide import permit, refuse
from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from apps.registrants.models import (
    Card,
    CardKind,
    CardState,
    EmergencyContact,
    Qualification,
    Registrant,
    RegistrantKind,
)
from apps.registrants.services.checking import answer_of, ask_index
from apps.registrants.services.clearing import clear_for_issue
from apps.registrants.services.numbering import next_registration_number, next_senior_number
from kernel import clock
from kernel.kana import search_key
from shared.accounts.models import PortalAccount
from shared.actor import Actor
from shared.catalogue.models import CatalogueFacility, Category
from shared.seniorcards.asking import Found
from shared.seniorcards.models import CallPurpose
from shared.seniorcards.tokens import CURRENT, NamedTokens, PersonName, tokens_of
from shared.staff.models import Role, StaffAccount
from tenants.models import Care, Tenant
from tenants.scope import OWNER, SHARED_SCHEMA
from tests.support.scopes import as_city, as_owner, as_portal, as_tenant
from tests.support.tenants import CHUO

PASSWORD: Final = "kamome-to-rakuda-42"
MORNING, AFTERNOON, EVENING = 1, 2, 3
SLOTS: Final = (
    (MORNING, "午前", "Morning", dt.time(9), dt.time(12)),
    (AFTERNOON, "午後", "Afternoon", dt.time(13), dt.time(17)),
    (EVENING, "夜間", "Evening", dt.time(18), dt.time(21)),
)
MEETING: Final = "meeting"
PURPOSES: Final = {MEETING: ("会議", "Meeting"), "exercise": ("体操", "Exercise")}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall (体育館) that is let whole or by halves: ``whole`` (全面) is made of the parts of the two others."""

    facility: Facility
    whole: Room
    half_a: Room
    half_b: Room


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody with a portal account and a registration at one tenant."""

    schema: str
    account: PortalAccount
    registrant: Registrant

    @property
    def actor(self) -> Actor:
        return Actor(kind="citizen", id=self.account.pk)


def facility(schema: str = CHUO, **values: Any) -> Facility:
    """A facility in the city's catalogue and in its tenant's schema, without rooms."""
    number = next(_numbers)
    name = values.pop("name", f"架空センター{number}")
    with as_city():
        listed = CatalogueFacility.objects.create(
            tenant=Tenant.objects.get(schema_name=schema),
            slug=values.pop("slug", f"facility-{number}"),
            category=values.pop("category", Category.WELFARE),
            area=values.pop("area", "木下"),
            municipality_code="122319",
            number=f"{number:010}",
            prefecture="千葉県",
            municipality="架空市",
            name=name,
            name_kana=values.pop("name_kana", "カクウセンター"),
            name_en=values.get("name_en", ""),
            address=values.pop("address", "架空町1番地"),
        )
    with as_tenant(schema):
        return Facility.objects.create(id=listed.pk, name=name, **values)


def terms(at: Facility, schema: str = CHUO, **values: Any) -> Terms:
    """The terms (予約の定め) of a facility since 2020: the defaults but for ``values``."""
    found = Terms(**values)
    with as_tenant(schema):
        BookingTerms.objects.create(
            facility=at, valid_from=dt.date(2020, 1, 1), content=as_json(found), decided_at=clock.now()
        )
    return found


def meeting_room(schema: str = CHUO, *, at: Facility | None = None, **values: Any) -> Room:
    """A room (会議室) of one part with 午前, 午後 and 夜間 since 2020, for both purposes."""
    at = at or facility(schema)
    name = values.pop("name", None) or _free_name(schema, at, "会議室")
    with as_tenant(schema):
        part = Part.objects.create(facility=at, name=name)
    return _room(schema, at, [part], **{"name": name, "name_en": "Meeting room", "capacity": 30} | values)


def hall_with_halves(schema: str = CHUO, *, at: Facility | None = None, **values: Any) -> Hall:
    """全面 of the parts A and B, and A面 and B面 by themselves."""
    at = at or facility(schema)
    whole, *halves = (_free_name(schema, at, name) for name in ("全面", "A面", "B面"))
    with as_tenant(schema):
        a, b = (Part.objects.create(facility=at, name=name) for name in halves)
    return Hall(
        facility=at,
        whole=_room(schema, at, [a, b], name=whole, name_en="Whole", capacity=200, **values),
        half_a=_room(schema, at, [a], name=halves[0], name_en="Half A", capacity=100, **values),
        half_b=_room(schema, at, [b], name=halves[1], name_en="Half B", capacity=100, **values),
    )


def _free_name(schema: str, at: Facility, name: str) -> str:
    """``name`` for the facility's first room of it, else with a number: no two rooms have one name at a time."""
    with as_tenant(schema):
        others = Room.objects.filter(facility=at, name__startswith=name).count()
    return f"{name}{others + 1}" if others else name


def individual(schema: str = CHUO, **values: Any) -> Registrant:
    """An individual (個人) in force."""
    return _registrant(schema, {"kind": RegistrantKind.INDIVIDUAL, "birth_date": dt.date(1950, 4, 1)} | values)


def group(schema: str = CHUO, **values: Any) -> Registrant:
    """A group (団体) in force, with its representative."""
    names = {"group_name": "架空体操クラブ", "group_kana": "カクウタイソウクラブ"}
    return _registrant(schema, {"kind": RegistrantKind.GROUP} | names | values)


def emergency_contact(registrant: Registrant, schema: str = CHUO) -> EmergencyContact:
    """A family member to be called."""
    with as_tenant(schema):
        return EmergencyContact.objects.create(registrant=registrant, name="架空　花子", phone="0476-00-0009")


def portal_account(**values: Any) -> PortalAccount:
    """A citizen's login without a registration."""
    number = next(_numbers)
    login = values.pop("login_id", f"citizen{number}")
    with as_portal():
        return PortalAccount.objects.create(
            login_id=login,
            password=make_password(PASSWORD),
            email=values.pop("email", f"{login}@citizens.example"),
            created_at=clock.now(),
            **values,
        )


def citizen_with_registration(schema: str = CHUO, *, account: PortalAccount | None = None, **values: Any) -> Citizen:
    """A portal account that holds a registration at ``schema``; ``values`` are the registrant's."""
    account = account or portal_account()
    registrant = individual(schema, portal_account=account.pk, **values)
    return Citizen(schema=schema, account=account, registrant=registrant)


def clerk(schema: str = CHUO, **values: Any) -> StaffAccount:
    """Somebody who works at a facility's desk, has made the 誓約 and was trained."""
    done = {"pledge_version": 1, "trained_on": clock.today()}
    return _staff(schema, **{"name": "架空　窓口", "roles": [Role.RECEPTION]} | done | values)


def card_officer(schema: str = CHUO, **values: Any) -> StaffAccount:
    """登録証担当 of a facility."""
    return clerk(schema, roles=[Role.CARD_OFFICER], **values)


def senior_card_draft(schema: str = CHUO, *, registrant: Registrant | None = None, **values: Any) -> Card:
    """An application for a 登録証 (申請中); the holder is 架空太郎 of 1950-04-01 unless ``registrant`` is another."""
    who = registrant or individual(schema)
    given: dict[str, Any] = {"kind": CardKind.SENIOR, "qualification": Qualification.AGE, "applied_on": clock.today()}
    with as_tenant(schema):
        return Card.objects.create(registrant=who, **given | values)


def checked_for_duplicates(
    card: Card, schema: str = CHUO, *, officer: StaffAccount | None = None, purpose: CallPurpose = CallPurpose.NEW
) -> list[Found]:
    """The duplicate check (重複確認) of ``card`` as a 登録証担当 makes it, and what it found."""
    actor = Actor(kind="staff", id=(officer or card_officer(schema)).pk)
    with as_tenant(schema):
        ticket = ask_index(actor=actor, card=card.pk, purpose=purpose, identity_checked=True)
        return answer_of(card=card.pk, ticket=ticket)


def senior_card(schema: str = CHUO, *, registrant: Registrant | None = None, **values: Any) -> Card:
    """A 登録証 in force, checked, entered into the index and issued."""
    card = senior_card_draft(schema, registrant=registrant, **values)
    checked_for_duplicates(card, schema)
    issue(card, schema)
    return card


def issue(card: Card, schema: str = CHUO) -> None:
    """Clear ``card`` and set it in force, in one transaction."""
    with as_tenant(schema), transaction.atomic():
        clear_for_issue(card=card, actor=Actor(kind="staff"))
        card.state, card.issued_on, card.branch = CardState.ACTIVE, clock.today(), 1
        card.number = next_senior_number()
        card.save()


def city_officer(**values: Any) -> StaffAccount:
    """Somebody of the city's staff."""
    return _staff(SHARED_SCHEMA, **{"name": "架空　市職員", "roles": [Role.GENERAL]} | values)


def department(*schemas: str) -> StaffAccount:
    """Somebody of 所管課 who cares for ``schemas``."""
    account = city_officer(roles=[Role.DEPARTMENT])
    with as_city():
        tenants = Tenant.objects.filter(schema_name__in=schemas)
        Care.objects.bulk_create(Care(account=account.pk, tenant=tenant) for tenant in tenants)
    return account


def soon() -> dt.date:
    """A day within every room's window."""
    return clock.today() + dt.timedelta(days=14)


def booking_on_hold(
    citizen: Citizen, room: Room, *, day: dt.date | None = None, slots: Sequence[int] = (MORNING,)
) -> Booking:
    """A hold (仮押え) of ``citizen``, as the portal makes it."""
    with as_portal(citizen.schema, citizen.account.pk):
        return hold_slot(actor=citizen.actor, wish=_wish(citizen.registrant, room, day, slots))


def booking_awaiting_permit(
    citizen: Citizen | None = None,
    room: Room | None = None,
    *,
    day: dt.date | None = None,
    slots: Sequence[int] = (MORNING,),
    **application: Any,
) -> Booking:
    """An application (審査待ち) from the portal, at ``chuo`` unless ``citizen`` is another tenant's."""
    citizen = citizen or citizen_with_registration()
    held = booking_on_hold(citizen, room or meeting_room(citizen.schema), day=day, slots=slots)
    with as_portal(citizen.schema, citizen.account.pk):
        return apply_for_hold(actor=citizen.actor, booking=held.pk, application=_application(application))


def permitted_booking(citizen: Citizen | None = None, room: Room | None = None, **values: Any) -> Booking:
    """A booking that the desk has permitted (許可)."""
    citizen = citizen or citizen_with_registration()
    booking = booking_awaiting_permit(citizen, room, **values)
    with as_tenant(citizen.schema):
        return permit(actor=Actor(kind="staff"), booking=booking.pk)


def refused_booking(citizen: Citizen | None = None, room: Room | None = None, **values: Any) -> Booking:
    """A booking that the desk has refused (不許可), with a reason."""
    citizen = citizen or citizen_with_registration()
    booking = booking_awaiting_permit(citizen, room, **values)
    with as_tenant(citizen.schema):
        return refuse(actor=Actor(kind="staff"), booking=booking.pk, reason="設備の点検と重なるため")


def cancelled_booking(citizen: Citizen | None = None, room: Room | None = None, **values: Any) -> Booking:
    """A booking that the citizen has cancelled (取消)."""
    citizen = citizen or citizen_with_registration()
    booking = booking_awaiting_permit(citizen, room, **values)
    with as_portal(citizen.schema, citizen.account.pk):
        return cancel_by_citizen(actor=citizen.actor, booking=booking.pk)


def counter_booking(
    registrant: Registrant,
    room: Room,
    schema: str = CHUO,
    *,
    day: dt.date | None = None,
    slots: Sequence[int] = (MORNING,),
    **application: Any,
) -> Booking:
    """A booking that a clerk made at the counter (窓口予約)."""
    with as_tenant(schema):
        wish = _wish(registrant, room, day, slots)
        return book_at_counter(actor=Actor(kind="staff"), wish=wish, application=_application(application))


def window(room: Room, schema: str = CHUO, *, whose: Sequence[Whose] = tuple(Whose), **values: Any) -> None:
    """A window (受付期間) of a room, for those named: from three months before until the day before, or as told."""
    usual: dict[str, Any] = {
        "valid_from": dt.date(2020, 4, 1),
        "opens_kind": "same_day",
        "opens_months": 3,
        "opens_at": dt.time(0),
        "closes_kind": "days",
        "closes_days": 1,
        "closes_at": dt.time(23, 59),
    }
    with as_tenant(schema):
        Window.objects.bulk_create(
            Window(facility_id=room.facility_id, room=room, who=who, **usual | values) for who in whose
        )


def _room(schema: str, at: Facility, parts: Sequence[Part], **values: Any) -> Room:
    with as_tenant(schema):
        room = Room.objects.create(facility=at, **values)
        RoomPart.objects.bulk_create(RoomPart(room=room, part=part) for part in parts)
        RoomPurpose.objects.bulk_create(RoomPurpose(room=room, purpose=purpose) for purpose in _purposes())
        timetable = Timetable.objects.create(room=room, valid_from=dt.date(2020, 1, 1))
        TimetableSlot.objects.bulk_create(
            TimetableSlot(timetable=timetable, number=number, label=label, label_en=label_en, starts=starts, ends=ends)
            for number, label, label_en, starts, ends in SLOTS
        )
    return room


def _purposes() -> list[Purpose]:
    there = {purpose.code: purpose for purpose in Purpose.objects.filter(code__in=PURPOSES)}
    missing = [
        Purpose(code=code, name=name, name_en=name_en)
        for code, (name, name_en) in PURPOSES.items()
        if code not in there
    ]
    there |= {purpose.code: purpose for purpose in Purpose.objects.bulk_create(missing)}
    return [there[code] for code in PURPOSES]


def _registrant(schema: str, values: dict[str, Any]) -> Registrant:
    digits = next(_numbers)
    person: dict[str, Any] = {
        "family_name": "架空",
        "given_name": "太郎",
        "family_kana": "カクウ",
        "given_kana": "タロウ",
        "postal_code": "2701300",
        "address": "架空市架空町1番地",
        "phone": f"0476-00-{digits % 10_000:04}",
        "registered_on": dt.date(2025, 4, 1),
    } | values
    kana = person.get("group_kana") or person["family_kana"] + person["given_kana"]
    with as_tenant(schema):
        derived = {
            "number": next_registration_number(),
            "kana_key": search_key(kana),
            "phone_key": "".join(filter(str.isdigit, person["phone"])),
        }
        return Registrant.objects.create(**derived | person)


def change_account(account: StaffAccount, schema: str = CHUO, **values: Any) -> None:
    """Change what no role of the product may change by a statement of its own."""
    with as_owner(schema):
        StaffAccount.objects.using(OWNER).filter(pk=account.pk).update(**values)


def _staff(schema: str, **values: Any) -> StaffAccount:
    """An account as the city gave it long ago; no role but the owner may insert one."""
    given = {"login_id": f"staff{next(_numbers)}", "password": make_password(PASSWORD), "created_at": clock.now()}
    account = StaffAccount(**given | values)
    with as_owner(schema):
        account.save(using=OWNER, force_insert=True)
    account._state.db = DEFAULT_DB_ALIAS
    return account


def _wish(registrant: Registrant, room: Room, day: dt.date | None, slots: Sequence[int]) -> Wish:
    return Wish(registrant=registrant.pk, room=room.pk, day=day or soon(), slots=tuple(slots), key=uuid.uuid4())


def _application(values: dict[str, Any]) -> Application:
    said: dict[str, Any] = {"purpose": MEETING, "headcount": 10, "event_name": "例会"} | values
    return Application(**said)


def tokens_for(kana: str, written: str, born: dt.date) -> list[NamedTokens]:
    """Tokens of a person whom no tenant knows."""
    return tokens_of([PersonName(CURRENT, kana, written)], born)
