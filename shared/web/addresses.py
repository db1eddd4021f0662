"""Addresses of the other sites."""

from __future__ import annotations

from django.conf import settings


def address_of(host: str) -> str:
    """The first page of the site at ``host``, as a browser reaches it; nothing for no host."""
    scheme = "https" if settings.SECURE_COOKIES else "http"
    port = f":{settings.PORT_SHOWN}" if settings.PORT_SHOWN else ""
    return f"{scheme}://{host}{port}/" if host else ""
