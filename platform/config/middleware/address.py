"""From where a request comes: a forwarding header counts only when a trusted proxy sent it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from tenants.access import Address, read_address


def client_address(request: HttpRequest) -> str | None:
    """The client's address as it is recorded, or None if it cannot be read."""
    address = client_ip(request)
    return str(address) if address else None


def client_ip(request: HttpRequest) -> Address | None:
    """The last hop that is not a trusted proxy; the farthest that can be read if there is none such."""
    forwarded = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    address = None
    for hop in [request.META.get("REMOTE_ADDR", ""), *reversed(forwarded)]:
        read = read_address(hop)
        if read is None:
            break
        address = read
        if not is_trusted(address):
            break
    return address


def peer_is_trusted(request: HttpRequest) -> bool:
    """Whether a trusted proxy sent the request: what else its headers say of the client counts then, and only then."""
    peer = read_address(request.META.get("REMOTE_ADDR", ""))
    return peer is not None and is_trusted(peer)


def is_trusted(address: Address) -> bool:
    """Whether ``address`` is that of a proxy of ours."""
    return any(address.version == network.version and address in network for network in settings.TRUSTED_PROXIES)
