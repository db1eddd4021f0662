"""WebAuthn as the library speaks it: what the browser is asked, and whether its answer holds.

An answer is the browser's own text and hostile until it is verified: whatever the library makes of it is one error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import options_to_json_dict, parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from shared.requests import SiteRequest
from shared.staff.errors import WrongPasskeyError
from shared.staff.models import Passkey, StaffAccount

LONGEST: Final = 20_000
"""Characters of an answer: the attestation of none is a tenth of it."""
ISSUER: Final = "公共施設予約"
WAIT: Final = 120_000
"""Milliseconds that the browser gives the person."""


@dataclass(frozen=True, slots=True)
class Party:
    """The site that a passkey is for (Relying Party): this host alone, and the origin of its pages."""

    host: str
    origin: str

    @classmethod
    def of(cls, request: SiteRequest) -> Party:
        host = request.get_host().lower()
        return cls(host.rsplit(":", 1)[0], f"{request.scheme}://{host}")


@dataclass(frozen=True, slots=True)
class New:
    """What a device has made: the id, the public key, and how often it was used."""

    credential: bytes
    public_key: bytes
    uses: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Which passkey an answer says that it is of, and whose; not verified."""

    credential: bytes
    holder: bytes | None


def creation_options(
    party: Party, account: StaffAccount, challenge: bytes, others: Iterable[Passkey], *, alone: bool
) -> dict[str, Any]:
    """What ``navigator.credentials.create`` is asked. ``alone``: it must be found and verify without an ID."""
    chosen = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED if alone else ResidentKeyRequirement.PREFERRED,
        user_verification=_verification(alone=alone),
    )
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=ISSUER,
        user_id=account.pk.bytes,
        user_name=account.login_id,
        user_display_name=account.name,
        challenge=challenge,
        timeout=WAIT,
        authenticator_selection=chosen,
        exclude_credentials=_described(others),
    )
    return options_to_json_dict(options)


def request_options(party: Party, challenge: bytes, allowed: Iterable[Passkey], *, alone: bool) -> dict[str, Any]:
    """What ``navigator.credentials.get`` is asked; without ``allowed`` the device offers what it has for the host."""
    options = generate_authentication_options(
        rp_id=party.host,
        challenge=challenge,
        timeout=WAIT,
        allow_credentials=_described(allowed),
        user_verification=_verification(alone=alone),
    )
    return options_to_json_dict(options)


def made_by(answer: str, *, challenge: bytes, party: Party, alone: bool) -> New:
    """The passkey that ``answer`` to the creation brings. ``WrongPasskeyError``."""
    with _whatever_it_says(answer):
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=alone,
        )
    return New(found.credential_id, found.credential_public_key, found.sign_count)


def shown_in(answer: str) -> Shown:
    """Which passkey ``answer`` names. ``WrongPasskeyError``."""
    with _whatever_it_says(answer):
        found = parse_authentication_credential_json(answer)
    return Shown(found.raw_id, found.response.user_handle)


def uses_told(answer: str, passkey: Passkey, *, challenge: bytes, party: Party, alone: bool) -> int:
    """The device's count of uses, after ``answer`` has proved ``passkey``. ``WrongPasskeyError``.

    Whether the count has gone up is not asked here: 0 is given as the one before.
    """
    with _whatever_it_says(answer):
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=0,
            require_user_verification=alone,
        )
    return found.new_sign_count


@contextmanager
def _whatever_it_says(answer: str) -> Iterator[None]:
    if len(answer) > LONGEST:
        raise WrongPasskeyError
    try:
        yield
    except Exception:  # noqa: BLE001  # a forged answer makes the library and its decoders raise nearly anything
        raise WrongPasskeyError from None


def _described(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(one.credential)) for one in passkeys]


def _verification(*, alone: bool) -> UserVerificationRequirement:
    return UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED
