"""Every address of every site, from the resolvers, with sample values; and the reviewed table of rights.

``expected.txt`` is one line an address: site, path, the right to ask for it, and the right to post to it where that is
another; at the end ``everywhere`` where what is posted holds for all facilities, and no care may limit who does it.
It is reviewed by people: what the code says is compared with it, never copied into it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from apps.compliance.web.city.about import every_facility
from shared.staff.rights import Right
from shared.web.guard import named_of
from tests.support.tenants import CHUO

EXPECTED: Final = Path(__file__).with_name("expected.txt")
SITES: Final = ("portal", "desk", "city")
SOME: Final = uuid.UUID(int=1)
SAMPLES: Final = {"uuid": str(SOME), "int": "999999999", "slug": "some", "str": "some", "path": "some"}
"""A value for each converter, of something that is not there."""
NAMED: Final = {"schema": CHUO, "tenant": CHUO, "day": "2026-12-01"}
"""A value for parameters that must be real, or whose form the page reads itself."""
PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One address of a site and the rights that it asks for."""

    site: str
    path: str
    right: str
    to_change: str
    is_everywhere: bool = False

    @property
    def sample(self) -> str:
        """The path with values in the place of its parameters."""
        return PARAMETER.sub(lambda found: NAMED.get(found[2]) or SAMPLES[found[1] or "str"], self.path)

    def asked(self, method: str) -> Right:
        """The right that a request with ``method`` needs."""
        return Right(self.right if method == "GET" else self.to_change)

    def __str__(self) -> str:
        both = self.right if self.right == self.to_change else f"{self.right} {self.to_change}"
        return f"{self.site} {self.path} {both}" + " everywhere" * self.is_everywhere


def expected() -> list[Address]:
    """What the reviewed table says."""
    lines = [line.split() for line in EXPECTED.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [_listed(*line) for line in lines]


def _listed(site: str, path: str, right: str, *rest: str) -> Address:
    others = [word for word in rest if word != "everywhere"]
    return Address(site, path, right, (*others, right)[0], "everywhere" in rest)


def found(site: str) -> Iterator[Address]:
    """What the code says."""
    for path, pattern in patterns(get_resolver(f"config.urls.{site}")):
        named = named_of(pattern.callback)
        right, to_change = (named.right, named.to_change) if named else ("none", "none")
        is_everywhere = named is not None and named.about is every_facility
        yield Address(site, f"/{path}", str(right), str(to_change), is_everywhere)


def patterns(within: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in within.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one
