"""What a new tenant (指定単位) must be when its founding is asked for, and when it is performed. No Django."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import ascii_uppercase
from typing import Final
from uuid import UUID

SCHEMA: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
LABEL: Final = re.compile(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
PREFIX: Final = re.compile(r"[A-QS-Z][A-Z]{0,3}")
RESERVED_SCHEMAS: Final = frozenset(
    {"shared", "extensions", "gate", "public", "information_schema", "testing", "kashikan", "group", "web", "owner"}
)
RESERVED_LABELS: Final = frozenset(
    {
        *("yoyaku", "city", "www", "mail", "smtp", "imap", "ns", "ns1", "ns2", "api", "static", "media", "admin"),
        *("autoconfig", "autodiscover", "localhost", "status", "test", "portal", "desk", "ftp", "vpn", "wpad"),
    }
)
"""Names that a browser, a mail program or the sites of the city mean something by."""
MOST_NETWORKS: Final = 20
MOST_FACILITIES: Final = 30
MOST_TRIES: Final = 3
"""So often a founding is taken up again by itself after its process was killed."""
YEARS: Final = 12
"""A term begins and ends within so many years."""


class Stage(StrEnum):
    """The steps of a founding, in their order (開設の工程)."""

    CHECK = "check"
    SCHEMA = "schema"
    TABLES = "tables"
    RIGHTS = "rights"
    VIEWS = "views"
    OPERATOR = "operator"
    FACILITIES = "facilities"
    NETWORKS = "networks"
    ROSTER = "roster"
    RECORD = "record"


UPTO: Final = {
    Stage.CHECK: 0,
    Stage.SCHEMA: 2,
    Stage.TABLES: 4,
    Stage.RIGHTS: 80,
    Stage.VIEWS: 86,
    Stage.OPERATOR: 92,
    Stage.FACILITIES: 94,
    Stage.NETWORKS: 95,
    Stage.ROSTER: 96,
    Stage.RECORD: 98,
}
"""Percent of the whole that is done when a step begins; most of the time goes into the tables."""


def percent_at(stage: Stage, done: int = 0, of: int = 0) -> int:
    """How far a founding is at ``stage``, ``done`` of whose parts are through."""
    begin = UPTO[stage]
    following = list(Stage)[list(Stage).index(stage) + 1 :]
    end = UPTO[following[0]] if following else 100
    return begin + (end - begin) * done // of if of else begin


class Fault(StrEnum):
    """What is wrong with a field."""

    SCHEMA_FORM = "schema_form"
    SCHEMA_RESERVED = "schema_reserved"
    SCHEMA_TAKEN = "schema_taken"
    HOST_FORM = "host_form"
    HOST_RESERVED = "host_reserved"
    HOST_TAKEN = "host_taken"
    PREFIX_FORM = "prefix_form"
    PREFIX_TAKEN = "prefix_taken"
    NO_FACILITY = "no_facility"
    FACILITY_UNKNOWN = "facility_unknown"
    FACILITY_TAKEN = "facility_taken"
    TOO_MANY_FACILITIES = "too_many_facilities"
    TERM_BACKWARDS = "term_backwards"
    TERM_OVER = "term_over"
    TERM_FAR = "term_far"
    NO_END = "no_end"
    NO_NETWORK = "no_network"
    TOO_MANY_NETWORKS = "too_many_networks"
    NETWORK_TWICE = "network_twice"
    NETWORK_OPEN = "network_open"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, as far as others may have it already. ``networks`` are CIDR in their canonical form."""

    schema: str
    label: str
    prefix: str
    facilities: Sequence[UUID]
    first: dt.date
    last: dt.date | None
    is_manager: bool
    networks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already, or was asked for by somebody else."""

    today: dt.date
    schemas: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    facilities: frozenset[UUID] = frozenset()
    """All that the catalogue holds."""
    held: frozenset[UUID] = field(default_factory=frozenset)
    """Those that are in a tenant, or wanted by another founding."""


def faults(wanted: Wanted, known: Known) -> dict[str, Fault]:
    """Field -> the first thing that is wrong with it. Empty when the founding may be asked for."""
    found = {
        "schema_name": _schema(wanted.schema, known),
        "host": _label(wanted.label, known),
        "number_prefix": _prefix(wanted.prefix, known),
        "facilities": _facilities(wanted.facilities, known),
        "last": _term(wanted, known),
        "networks": _networks(wanted.networks),
    }
    return {name: fault for name, fault in found.items() if fault}


def _schema(schema: str, known: Known) -> Fault | None:
    if not SCHEMA.fullmatch(schema):
        return Fault.SCHEMA_FORM
    if schema in RESERVED_SCHEMAS or schema.startswith("pg_"):
        return Fault.SCHEMA_RESERVED
    return Fault.SCHEMA_TAKEN if schema in known.schemas else None


def _label(label: str, known: Known) -> Fault | None:
    if not LABEL.fullmatch(label) or label.startswith("xn--"):
        return Fault.HOST_FORM
    if label in RESERVED_LABELS:
        return Fault.HOST_RESERVED
    return Fault.HOST_TAKEN if label in known.labels else None


def _prefix(prefix: str, known: Known) -> Fault | None:
    if not PREFIX.fullmatch(prefix):
        return Fault.PREFIX_FORM
    return Fault.PREFIX_TAKEN if prefix in known.prefixes else None


def _facilities(chosen: Sequence[UUID], known: Known) -> Fault | None:
    if not chosen:
        return Fault.NO_FACILITY
    if len(chosen) > MOST_FACILITIES:
        return Fault.TOO_MANY_FACILITIES
    if not known.facilities.issuperset(chosen):
        return Fault.FACILITY_UNKNOWN
    return Fault.FACILITY_TAKEN if known.held.intersection(chosen) else None


def _term(wanted: Wanted, known: Known) -> Fault | None:
    if wanted.last is None:
        return Fault.NO_END if wanted.is_manager else None
    if wanted.last < wanted.first:
        return Fault.TERM_BACKWARDS
    if wanted.last < known.today:
        return Fault.TERM_OVER
    farthest = dt.timedelta(days=366 * YEARS)
    return Fault.TERM_FAR if max(wanted.last - wanted.first, wanted.first - known.today) > farthest else None


def _networks(networks: Sequence[str]) -> Fault | None:
    if not networks:
        return Fault.NO_NETWORK
    if len(networks) > MOST_NETWORKS:
        return Fault.TOO_MANY_NETWORKS
    if any(network.endswith("/0") for network in networks):
        return Fault.NETWORK_OPEN
    return Fault.NETWORK_TWICE if len(set(networks)) < len(networks) else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Names for a new tenant that nobody has."""

    schema: str
    label: str
    prefix: str


def propose(slug: str, name_en: str, known: Known) -> Proposal:
    """Names made of a facility's ``slug`` and English name; the page shows them, and anybody may change them."""
    words = [word for word in re.split(r"[^a-z0-9]+", slug.lower() or name_en.lower()) if word]
    base = "-".join(words).lstrip("0123456789-")[:30].strip("-") or "place"
    label = _free(base, lambda name: _label(name, known) is None, "-")
    schema = _free(base.replace("-", "_"), lambda name: _schema(name, known) is None, "_")
    return Proposal(schema, label, _free_prefix(known))


def _free(base: str, is_free: Callable[[str], bool], joint: str) -> str:
    candidates = (base, *(f"{base}{joint}{number}" for number in range(2, 100)))
    return next((name for name in candidates if is_free(name)), "")


def _free_prefix(known: Known) -> str:
    letters = [letter for letter in ascii_uppercase if letter != "R"]
    candidates = (*letters, *(one + two for one in letters for two in ascii_uppercase))
    return next((prefix for prefix in candidates if prefix not in known.prefixes), "")
