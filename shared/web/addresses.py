"""Addresses of the other sites, and the way back on this one."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

from shared.requests import SiteRequest

HOME: Final = "/"


def address_of(host: str) -> str:
    """The first page of the site at ``host``, as a browser reaches it; nothing for no host."""
    scheme = "https" if settings.SECURE_COOKIES else "http"
    port = f":{settings.PORT_SHOWN}" if settings.PORT_SHOWN else ""
    return f"{scheme}://{host}{port}/" if host else ""


def safe_way_back(request: SiteRequest, target: str) -> str:
    """``target`` if it is an address of this very host, else the site's first page."""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else HOME
