"""Browsers of the three sites, without a browser: Django's test client with the right host."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from config.middleware.session import STORES
from shared.requests import Account
from shared.web.entry import ENTERED
from tenants.scope import unit_of_work
from tenants.site import site_for


def client_at(host: str) -> Client:
    """A client whose requests go to ``host``."""
    return Client(HTTP_HOST=host)


def signed_in(client: Client, account: Account, *, entered: bool = True) -> Client:
    """``client`` itself, with a session of ``account`` at its site, made as signing in makes it.

    Without ``entered`` it has still to do the steps that follow signing in.
    """
    site = site_for(str(client.defaults["HTTP_HOST"]), "/")
    assert site is not None
    with unit_of_work(site.scope):
        session = STORES[site.kind]()
        session[SESSION_KEY] = str(account.pk)
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        if entered:
            session[ENTERED] = True
        session.save()
    client.cookies[settings.SESSION_COOKIE_NAMES[site.kind]] = session.session_key or ""
    return client
