"""From where a request comes: a forwarding header counts only when a trusted proxy sent it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's address: the last hop that is not a trusted proxy, or None if it cannot be read."""
    forwarded = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    hops = [request.META.get("REMOTE_ADDR", ""), *reversed(forwarded)]
    address = None
    for hop in hops:
        try:
            address = ip_address(hop)
        except ValueError:
            return str(address) if address else None
        if not _is_trusted(address):
            break
    return str(address) if address else None


def _is_trusted(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)
