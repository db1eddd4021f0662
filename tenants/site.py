"""Which site a request is for: the host decides between portal, city and one tenant's desk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings

from tenants import directory
from tenants.scope import SHARED_SCHEMA, Scope, city_scope, desk_scope, portal_scope

SiteKind = Literal["portal", "desk", "city"]

PLACE: Final = re.compile(r"^/(?:api/)?places/([a-z][a-z0-9_]{1,39})/")
"""Portal addresses of one tenant: the statements behind them run in its schema, as the portal's role."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site of a request, and the tenant if it is about one."""

    kind: SiteKind
    schema: str = SHARED_SCHEMA

    @property
    def scope(self) -> Scope:
        """As whom and where this site's requests run."""
        if self.kind == "desk":
            return desk_scope(self.schema)
        return city_scope() if self.kind == "city" else portal_scope(self.schema)

    @property
    def urlconf(self) -> str:
        """The URLconf of this kind of site."""
        return f"config.urls.{self.kind}"


def site_for(host: str, path: str) -> Site | None:
    """The site that answers ``path`` on ``host`` (without port), or None for an unknown host."""
    site = _site_of_host(host.lower())
    if site is None or site.kind not in settings.SITES:
        return None
    if site.kind == "portal" and (place := PLACE.match(path)):
        return Site("portal", place[1]) if directory.is_open(place[1]) else Site("portal")
    return site


def _site_of_host(host: str) -> Site | None:
    if host == settings.PORTAL_HOST:
        return Site("portal")
    if host == settings.CITY_HOST:
        return Site("city")
    schema = directory.schema_of_host(host)
    return Site("desk", schema) if schema else None
