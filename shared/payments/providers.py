"""Which providers this installation knows (``KASHIKAN_PAYMENT_PROVIDERS``) and whose contract has which secrets."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from shared.payments.protocol import Credentials, Provider, ProviderDownError

API: Final = "api"
"""The id of the key that signs our own requests; every other id is one that may sign a notice."""


def known() -> dict[str, str]:
    """The name of each provider and what the settings call it."""
    return {one.name: str(_class(one.adapter).label) for one in settings.PAYMENT_PROVIDERS}


def has_keys(schema: str) -> bool:
    """Whether the secrets of the tenant's contract are here: to ask, and to check what comes."""
    found = _credentials(schema)
    return bool(found.api and found.hooks)


def provider_of(name: str, *, schema: str) -> Provider:
    """The contract of ``schema`` with the provider ``name``.

    ``ProviderDownError`` where this process has no such adapter, or not its secrets.
    """
    for one in settings.PAYMENT_PROVIDERS:
        if one.name == name and has_keys(schema):
            made: Provider = _class(one.adapter)(one.base, schema, _credentials(schema))
            return made
    raise ProviderDownError


def page_origin(name: str) -> str:
    """The origin of the provider's payment page, for the browser's ``form-action``; empty for an unknown one."""
    for one in settings.PAYMENT_PROVIDERS:
        if one.name == name:
            parts = urlsplit(one.page or one.base)
            return f"{parts.scheme}://{parts.netloc}"
    return ""


def _class(path: str) -> Any:
    return import_string(path.replace(":", "."))


def _credentials(schema: str) -> Credentials:
    ours = {one.kid: one.secret for one in settings.PAYMENT_KEYS if one.tenant == schema}
    return Credentials(ours.get(API, ""), {kid: secret for kid, secret in ours.items() if kid != API})
