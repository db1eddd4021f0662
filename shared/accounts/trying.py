"""Tries of a citizen's password, wherever it is asked for: counted in the database, for every process alike.

A try is counted for what was typed before that is looked up, and then for the account that it names, so that ID,
address and number together give no more guesses than one of them. A name that nobody has is counted a second time just
so, and an account that is locked under another name is refused like a wrong password: neither page nor time tells
whether there is such a name, or that two names are one person's.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.accounts.errors import WrongPasswordError
from shared.accounts.logins import account_named, normal_login
from shared.accounts.models import PortalAccount, PortalSignInPair
from shared.actor import Actor
from shared.staff.errors import LockedError
from shared.staff.rules.policy import DEFAULT
from shared.tries import Try, counted


@dataclass(frozen=True, slots=True)
class NamedTry:
    """A try under a name, which may be looked at: the account that it names, if any, and both counts."""

    account: PortalAccount | None
    of_name: Try
    of_account: Try | None
    """None: the account has used up its tries under other names, and whatever was typed is wrong."""

    def fitted(self) -> None:
        """It was right: name and account begin anew, and are known from this origin."""
        self.of_name.fitted()
        if self.of_account is not None:
            self.of_account.fitted()


def counted_try(login: str, address: str | None) -> NamedTry:
    """Count a try of whom ``login`` names, known or not, from ``address``; ``LockedError`` if the name had too many."""
    name = normal_login(login)
    of_name = _counted(("password", name), address)
    account = account_named(login)
    whose = ("account", account.pk) if account is not None else ("nobody", name)
    try:
        of_account = _counted(whose, address, is_again=True)
    except LockedError:
        return NamedTry(account, of_name, None)
    return NamedTry(account, of_name, of_account)


def check_current(actor: Actor, account: PortalAccount, password: str) -> None:
    """``WrongPasswordError`` unless it is the account's, ``LockedError`` after too many: outside of a transaction.

    Whoever has found a session open guesses no more often here than at the sign-in, with which it is counted. Here the
    account is known to be the reader's, so it is told that it is locked.
    """
    one = _counted(("account", account.pk), actor.address)
    if not account.check_password(password):
        raise WrongPasswordError(field="current")
    one.fitted()


def _counted(who: tuple[object, ...], address: str | None, *, is_again: bool = False) -> Try:
    return counted(pairs=PortalSignInPair, who=who, origin=(address,), policy=DEFAULT, is_again=is_again)
