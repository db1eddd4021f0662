"""Reading one registrant of the tenant."""

from __future__ import annotations

from uuid import UUID

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import EmergencyContact, Registrant, RegistrantKind, UseStop
from apps.registrants.rules.search_terms import number_key


def registrant_of(registrant: UUID) -> Registrant:
    """A registrant; ``UnknownRegistrantError`` if there is none here."""
    found = Registrant.objects.filter(pk=registrant).first()
    if found is None:
        raise UnknownRegistrantError
    return found


def group_of(registrant: UUID) -> Registrant:
    """A group; ``UnknownRegistrantError`` if there is none here."""
    found = registrant_of(registrant)
    if found.kind != RegistrantKind.GROUP:
        raise UnknownRegistrantError
    return found


def registrant_by_number(typed: str) -> Registrant:
    """The registrant with a number typed in any width; ``UnknownRegistrantError``, ``UnreadableNumberError``,
    ``MistypedNumberError``."""
    found = Registrant.objects.filter(number=number_key(typed)).first()
    if found is None:
        raise UnknownRegistrantError(field="number")
    return found


def use_stop_of(registrant: UUID) -> UseStop | None:
    """個人情報の利用停止 that holds, if any."""
    return UseStop.objects.filter(registrant=registrant, lifted_at__isnull=True).first()


def emergency_contacts_of(registrant: UUID) -> list[EmergencyContact]:
    """緊急連絡先, the first to be called first."""
    return list(EmergencyContact.objects.filter(registrant=registrant))


def emergency_contact_of(registrant: UUID, position: int) -> EmergencyContact:
    """The contact at ``position``; ``UnknownRegistrantError`` if there is none."""
    found = EmergencyContact.objects.filter(registrant=registrant, position=position).first()
    if found is None:
        raise UnknownRegistrantError
    return found
