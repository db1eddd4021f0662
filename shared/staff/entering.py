"""Signing in at a desk or at the city: password, second factor, and one session a person (ログイン)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.errors import DomainError
from shared.accounts.logins import normal_login
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry, record
from shared.inserts import insert_together
from shared.requests import SiteRequest, actor_as, actor_of
from shared.signin import attempt, sign_in
from shared.staff.ceremony import Party
from shared.staff.errors import (
    CopiedPasskeyError,
    OneTimeLapsedError,
    WrongCodeError,
    WrongCurrentError,
    WrongPasskeyError,
)
from shared.staff.models import Passkey, SignInEvent, SignInPair, SignInSign, StaffAccount, StaffSession
from shared.staff.passkeys import credential_named, named_in, prove_passkey, stop
from shared.staff.policies import policy_now
from shared.staff.rules.places import Whence, is_elsewhere
from shared.staff.second_factor import prove
from shared.staff.sessions import end_sessions
from shared.tries import Try, counted


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody asks: the address, and the registered terminal if it is one."""

    address: str | None
    terminal: UUID | None

    @classmethod
    def of(cls, request: SiteRequest) -> Origin:
        return cls(request.address, getattr(request, "terminal", None))

    @property
    def parts(self) -> tuple[object, ...]:
        return (self.address, self.terminal)

    @property
    def whence(self) -> Whence:
        """As the rule of two places looks at it."""
        return Whence(self.address, self.terminal)


def password_fits(*, actor: Actor, origin: Origin, login_id: str, password: str) -> StaffAccount | None:
    """The account that ID and password open; None for anything wrong with them, which is audited without them.

    ``LockedError`` for one try too many from ``origin``, ``OneTimeLapsedError``.
    """
    one = counted(pairs=SignInPair, who=("password", normal_login(login_id)), origin=origin.parts, policy=policy_now())
    named = StaffAccount.objects.filter(login_id=normal_login(login_id)).first()
    tried = attempt(named, password=password)
    if tried.account is None or not tried.succeeded:
        _failed(actor, origin, one, tried.account)
        return None
    if not tried.account.may_sign_in:
        record(actor, Action.LOGIN_FAILED, object_type="account", object_id=tried.account.pk, why="one_time_lapsed")
        raise OneTimeLapsedError
    one.fitted()
    return tried.account


def code_fits(*, actor: Actor, origin: Origin, account: StaffAccount, code: str) -> None:
    """Take a code of ``account``, or raise ``WrongCodeError``, or ``LockedError`` for one try too many."""
    one = counted(pairs=SignInPair, who=("second factor", account.pk), origin=origin.parts, policy=policy_now())
    try:
        how = prove(account, code)
    except WrongCodeError:
        _failed(actor, origin, one, account, why="second_factor")
        raise
    one.fitted()
    if how == "recovery":
        insert_together(_event(account, SignInSign.RECOVERY, origin))


def passkey_fits(
    *, actor: Actor, origin: Origin, account: StaffAccount | None, answer: str, challenge: bytes, party: Party
) -> StaffAccount:
    """Take ``answer`` as a proof of ``account``'s, or without one as the whole sign-in of whose passkey it is.

    ``WrongPasskeyError``, ``CopiedPasskeyError``, or ``LockedError`` for one try too many.
    """
    who = ("second factor", account.pk) if account else ("passkey", credential_named(answer))
    one = counted(pairs=SignInPair, who=who, origin=origin.parts, policy=policy_now())
    try:
        found = named_in(answer, party)
        if not found.account.may_sign_in or (account is not None and found.account_id != account.pk):
            raise WrongPasskeyError
        goes_up = prove_passkey(found, answer=answer, challenge=challenge, party=party, alone=account is None)
    except WrongPasskeyError:
        _failed(actor, origin, one, account, why="passkey")
        raise
    if not goes_up:
        _stop_copied(actor, origin, one, found)
        raise CopiedPasskeyError
    one.fitted()
    return found.account


@contextmanager
def counted_here(request: SiteRequest, what: str) -> Iterator[None]:
    """Count what the person who is signed in tries in the block, as signing in is counted; ``LockedError``.

    Only a wrong password or code counts as a failure, not a new password that the policy refuses.
    """
    account = request.find_account()
    who = (what, account.pk if account else None)
    one = counted(pairs=SignInPair, who=who, origin=Origin.of(request).parts, policy=policy_now())
    try:
        yield
    except (WrongCodeError, WrongCurrentError, WrongPasskeyError):
        raise
    except DomainError:
        one.fitted()
        raise
    one.fitted()


def begin_session(request: SiteRequest, account: StaffAccount, *, is_new: bool = True, how: str = "password") -> None:
    """The only session of ``account`` from now on: whoever else uses it is told on the next request.

    Two who begin at once are put in a row by the account's lock. Without ``is_new`` it goes on after a change of the
    password, which is no sign-in. ``how`` stands in the audit: what was proved.
    """
    policy, origin = policy_now(), Origin.of(request)
    idle, absolute = dt.timedelta(minutes=policy.idle_minutes), dt.timedelta(hours=policy.absolute_hours)
    with transaction.atomic():
        StaffAccount.objects.select_for_update().get(pk=account.pk)
        request.session.flush()
        others = end_sessions(account, "elsewhere")
        sign_in(request, account, idle=idle, absolute=absolute)
        request.session.save()
        own = StaffSession.objects.filter(session_key=request.session.session_key)
        own.update(began_at=clock.now(), address=origin.address, terminal=origin.terminal)
        entered = actor_as(request, account)
        told = [
            entry(entered, Action.LOGOUT, object_type="account", object_id=account.pk, why="elsewhere") for _ in others
        ]
        if is_new:
            told.append(entry(entered, Action.LOGIN, object_type="account", object_id=account.pk, how=how))
        if any(is_elsewhere(Whence(one.address, one.terminal), origin.whence) for one in others if one.began_at):
            insert_together(_event(account, SignInSign.TWO_PLACES, origin), *told)
        elif told:
            insert_together(*told)


def sign_out_everywhere(request: SiteRequest, account: StaffAccount) -> int:
    """End every session of ``account``, this one too; how many were."""
    with transaction.atomic():
        ended = end_sessions(account, "everywhere")
        told = entry(actor_of(request), Action.LOGOUT, object_type="account", object_id=account.pk, why="everywhere")
        insert_together(told)
    request.session.flush()
    return len(ended)


def _stop_copied(actor: Actor, origin: Origin, one: Try, passkey: Passkey) -> None:
    """No use of ``passkey`` any more; the person is told at the next sign-in, and the city at once."""
    with transaction.atomic():
        stop(passkey)
        insert_together(_event(passkey.account, SignInSign.COPIED, origin))
        _failed(actor, origin, one, passkey.account, why="passkey_copied")


def _failed(actor: Actor, origin: Origin, one: Try, account: StaffAccount | None, *, why: str = "password") -> None:
    """An audit entry that never says what was typed: an ID field often holds a password."""
    known = "" if account is None else account.pk
    rows: list[AuditEntry | SignInEvent] = [
        entry(actor, Action.LOGIN_FAILED, object_type="account", object_id=known, why=why)
    ]
    if account is not None and one.is_last:
        rows.append(_event(account, SignInSign.LOCKED, origin))
    if account is not None and one.shows_many:
        rows.append(_event(account, SignInSign.MANY_ORIGINS, origin))
    insert_together(*rows)


def _event(account: StaffAccount, sign: SignInSign, origin: Origin) -> SignInEvent:
    return SignInEvent(account=account, at=clock.now(), sign=sign, address=origin.address, terminal=origin.terminal)
