"""Finding registrants of the tenant: every way goes through an index, and reads no more than are ever shown.

Each way yields ids, at most ``MOST``, so that a phone's beginning that half the town shares costs no more than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import Collate

from apps.registrants.models import Card, GroupMember, Registrant, RegistrantKind
from apps.registrants.models.registrant import EXPRESSIONS
from apps.registrants.queries.standing import with_state
from apps.registrants.rules.search import FEWEST_DIGITS, SearchKind, SearchText, printed_beginning, printed_numbers
from kernel import clock

MOST: Final = 1000
"""So many are counted and shown: whoever finds more types more."""
IN_ORDER: Final = (Collate("kana_key", "C"), Collate("number", "C"))
Ids = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found: its rows with ``state_now``, and how many there are, up to ``MOST`` and one more."""

    rows: tuple[Registrant, ...]
    total: int


def found_by(text: SearchText, *, prefix: str, start: int, size: int) -> Found:
    """The registrants that ``text`` means, in the order of their kana; one statement. ``prefix`` begins the numbers."""
    first, *others = [ids[: MOST + 1] for ids in _ways(text, prefix)]
    ids = first.union(*others)[: MOST + 1] if others else first
    found = with_state(Registrant.objects.filter(pk__in=ids), clock.today())
    page = found.annotate(total=Window(Count("*"))).order_by(*IN_ORDER)[start : start + size]
    rows = tuple(page)
    return Found(rows, vars(rows[0])["total"] if rows else 0)


def _ways(text: SearchText, prefix: str) -> list[Ids]:
    """The ways in which ``text`` may find somebody, each by its own index; the one whose order counts first."""
    ways: list[Ids] = []
    if text.kind is SearchKind.KANA:
        ways.append(_registrants(kana__startswith=text.key).order_by(*IN_ORDER))
    if text.kind in {SearchKind.NUMBER, SearchKind.DIGITS}:
        ways += _numbered(text, prefix)
    if text.kind in {SearchKind.KANA, SearchKind.NAME}:
        ways += _named(text)
    if text.born:
        ways.append(_registrants(birth_date=text.born))
    if text.card:
        ways.append(Card.objects.filter(number=text.card).order_by().values_list("registrant"))
    if text.old:
        ways.append(_registrants(old_number=text.old))
    return ways or [Registrant.objects.none()]


def _numbered(text: SearchText, prefix: str) -> list[Ids]:
    """Numbers and phones that are the figures or begin so; a few figures alone begin too many."""
    ways = [_registrants(number__in=printed_numbers(prefix, text.key))]
    if text.kind is SearchKind.NUMBER or len(text.key) >= FEWEST_DIGITS:
        ways.append(_registrants(number__startswith=printed_beginning(prefix, text.key)))
    if text.kind is SearchKind.DIGITS and len(text.key) >= FEWEST_DIGITS:
        ways.append(_registrants(phone_key__startswith=text.key))
        ways.append(GroupMember.objects.filter(~Q(phone_key=""), phone_key=text.key).order_by().values_list("group"))
    return ways


def _named(text: SearchText) -> list[Ids]:
    """Groups whose name holds the text, and whoever's written name begins with it."""
    wanted = text.written.upper()
    joined = "".join(text.written.split())
    groups = _registrants(characters__contains=sorted(set(wanted)), name__contains=wanted, kind=RegistrantKind.GROUP)
    return [groups, _registrants(written__startswith=joined)]


def _registrants(**found: Any) -> Ids:
    return Registrant.objects.alias(**EXPRESSIONS).filter(**found).order_by().values_list("pk")
