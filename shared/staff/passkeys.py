"""Passkeys (パスキー, WebAuthn): registered, proved and removed, each at one host for one account."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.staff.ceremony import Party, made_by, shown_in, uses_told
from shared.staff.errors import ManyPasskeysError, WrongCurrentError, WrongPasskeyError
from shared.staff.models import Authenticator, Passkey, RecoveryCode, StaffAccount
from shared.staff.rules.passkeys import MOST, shows_copy
from shared.staff.second_factor import codes_left, new_codes


def passkeys_of(account: StaffAccount) -> list[Passkey]:
    """All passkeys of ``account``, the oldest first; one statement."""
    return list(Passkey.objects.filter(account=account).order_by("made_at", "id"))


def usable(account: StaffAccount, party: Party) -> list[Passkey]:
    """The passkeys with which ``account`` may sign in at this host; one statement."""
    return list(Passkey.objects.filter(account=account, host=party.host, copied_at=None).order_by("made_at", "id"))


def add_passkey(
    *, actor: Actor, account: StaffAccount, party: Party, name: str, answer: str, challenge: bytes, alone: bool
) -> list[str]:
    """Keep the passkey that ``answer`` brings; recovery codes, shown this once, where the account has none.

    ``WrongPasskeyError``, ``ManyPasskeysError``.
    """
    new = made_by(answer, challenge=challenge, party=party, alone=alone)
    with transaction.atomic():
        StaffAccount.objects.select_for_update().get(pk=account.pk)
        if Passkey.objects.filter(account=account).count() >= MOST:
            raise ManyPasskeysError(most=MOST)
        row = Passkey(
            account=account,
            host=party.host,
            credential=new.credential,
            public_key=new.public_key,
            uses=new.uses,
            name=name,
            made_at=clock.now(),
        )
        told = entry(
            actor, Action.CHANGE, object_type="account", object_id=account.pk, fields=["passkeys"], added=str(row.pk)
        )
        try:
            insert_together(row, told)
        except IntegrityError:  # a device makes no id twice: somebody sends what another passkey has
            raise WrongPasskeyError from None
        return [] if codes_left(account) else new_codes(account)


def remove_passkey(*, actor: Actor, account: StaffAccount, passkey: UUID, current: str) -> None:
    """Take an own passkey away; with the last second factor its recovery codes go too.

    ``WrongCurrentError``; ``WrongPasskeyError`` for one that is not there.
    """
    if not account.check_password(current):
        raise WrongCurrentError(field="current")
    with transaction.atomic():
        StaffAccount.objects.select_for_update().get(pk=account.pk)
        gone, _ = Passkey.objects.filter(account=account, pk=passkey).delete()
        if not gone:
            raise WrongPasskeyError
        if not Passkey.objects.filter(account=account).exists() and not Authenticator.objects.filter(
            account=account, confirmed_at__isnull=False
        ):
            RecoveryCode.objects.filter(account=account).delete()
        insert_together(
            entry(
                actor,
                Action.CHANGE,
                object_type="account",
                object_id=account.pk,
                fields=["passkeys"],
                removed=str(passkey),
            )
        )


def named_in(answer: str, party: Party) -> Passkey:
    """The passkey of this host that ``answer`` names, with its account; not verified. ``WrongPasskeyError``."""
    shown = shown_in(answer)
    rows = Passkey.objects.filter(credential=shown.credential, host=party.host, copied_at=None)
    found = rows.select_related("account").first()
    if found is None or (shown.holder is not None and shown.holder != found.account_id.bytes):
        raise WrongPasskeyError
    return found


def credential_named(answer: str) -> str:
    """The id that ``answer`` says, in hexadecimal; empty where it says none. For counting tries."""
    try:
        return shown_in(answer).credential.hex()
    except WrongPasskeyError:
        return ""


def prove_passkey(passkey: Passkey, *, answer: str, challenge: bytes, party: Party, alone: bool) -> bool:
    """Take ``answer`` to ``challenge`` as a proof of ``passkey``; its count goes up in the very statement.

    False if it has not gone up: there may be a copy. ``WrongPasskeyError``.
    """
    told = uses_told(answer, passkey, challenge=challenge, party=party, alone=alone)
    if shows_copy(kept=passkey.uses, told=told):
        return False
    as_kept = Q(uses__lt=told) if told else Q(uses=0)
    return bool(Passkey.objects.filter(as_kept, pk=passkey.pk).update(uses=told, used_at=clock.now()))


def stop(passkey: Passkey) -> None:
    """Let ``passkey`` prove nothing from now on."""
    Passkey.objects.filter(pk=passkey.pk, copied_at=None).update(copied_at=clock.now())
