"""Finding registrants of the tenant: every way goes through an index, and reads no more than is ever shown.

Each way yields at most ``MOST`` and one more, so that a phone's beginning that half the town shares costs no more than
any other. SQL by hand: the indexes' expressions must be said exactly, and only a page's rows are joined.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from apps.registrants.models import Registrant
from apps.registrants.rules.search import FEWEST_DIGITS, SearchKind, SearchText, printed_beginning, printed_numbers
from apps.registrants.rules.standing import state_told
from kernel import clock

MOST: Final = 500
"""So many are counted and shown: whoever finds more types more."""
Way = tuple[str, list[Any]]
"""A condition on registrants (alias ``r``) with its parameters."""

ORDER: Final = 'kana_key COLLATE "C", number COLLATE "C"'
WRITTEN: Final = "COALESCE(family_name, '') || COALESCE(given_name, '')"
CHARACTERS: Final = "regexp_split_to_array(upper(group_name), '')"
OLD_NUMBER: Final = "substring(source_key, strpos(source_key, ':') + 1)"
WITHIN: Final = 'kana_key COLLATE "C" >= %s AND kana_key COLLATE "C" < %s'
"""What begins so, as a range: LIKE would be judged by a guess, and read and sort half the register."""
PAGE: Final = """
WITH found AS MATERIALIZED (SELECT * FROM ({ways}) any_way WHERE {usable}), page AS MATERIALIZED (
    SELECT id, count(*) OVER () AS total FROM (TABLE found LIMIT %s) cut ORDER BY {order} OFFSET %s LIMIT %s
)
SELECT r.*, page.total,
       (SELECT state FROM registrants_statespan WHERE registrant_id = r.id AND during @> %s LIMIT 1) AS spanned
FROM page JOIN registrants_registrant r USING (id) ORDER BY {order}
"""
USABLE: Final = (
    "NOT EXISTS (SELECT FROM registrants_usestop s WHERE s.registrant_id = any_way.id AND s.lifted_at IS NULL)"
)
"""Whose data are not to be used (利用停止) is found by the whole number alone."""
BRANCH: Final = "(SELECT id, kana_key, number FROM registrants_registrant WHERE {condition} {order} LIMIT %s)"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found: its rows with ``state_now``, and how many there are, up to ``MOST`` and one more."""

    rows: tuple[Registrant, ...]
    total: int


def found_by(text: SearchText, *, prefix: str, start: int, size: int) -> Found:
    """The registrants that ``text`` means, in the order of their kana; one statement. ``prefix`` begins the numbers."""
    ways = _ways(text, prefix)
    if not ways:
        return Found((), 0)
    today = clock.today()
    branches = [_branch(condition, is_ordered=text.kind is SearchKind.KANA) for condition, _ in ways]
    values = [value for _, values in ways for value in [*values, MOST + 1]]
    usable = "true" if text.kind is SearchKind.NUMBER or text.card else USABLE
    statement = PAGE.format(ways=" UNION ".join(branches), usable=usable, order=ORDER)
    rows = tuple(Registrant.objects.raw(statement, [*values, MOST + 1, start, size, today]))
    for row in rows:
        vars(row)["state_now"] = _state_now(row, today)
    return Found(rows, vars(rows[0])["total"] if rows else 0)


def _state_now(row: Registrant, today: dt.date) -> str:
    return state_told(vars(row)["spanned"] or row.state, row.state, row.valid_until, today)


def _branch(condition: str, *, is_ordered: bool) -> str:
    return BRANCH.format(
        condition=condition, order=f"ORDER BY {ORDER}" if is_ordered and "kana_key" in condition else ""
    )


def _ways(text: SearchText, prefix: str) -> list[Way]:
    """The ways in which ``text`` may find somebody."""
    ways: list[Way] = []
    if text.kind is SearchKind.KANA:
        ways.append((WITHIN, [text.key, text.key[:-1] + chr(ord(text.key[-1]) + 1)]))
    if text.kind in {SearchKind.NUMBER, SearchKind.DIGITS}:
        ways += _numbered(text, prefix)
    if text.kind in {SearchKind.KANA, SearchKind.NAME}:
        ways += _named(text)
    if text.born:
        ways.append(("birth_date = %s", [text.born]))
    if text.card:
        ways.append(("id IN (SELECT registrant_id FROM registrants_card WHERE number = %s)", [text.card]))
    if text.old:
        ways.append((f"{OLD_NUMBER} = %s", [text.old]))
    return ways


def _numbered(text: SearchText, prefix: str) -> list[Way]:
    """Numbers and phones that are the figures or begin so; a few figures alone begin too many."""
    ways: list[Way] = [("number = ANY (%s)", [printed_numbers(prefix, text.key)])]
    if text.kind is SearchKind.NUMBER or len(text.key) >= FEWEST_DIGITS:
        ways.append(("number LIKE %s", [_beginning(printed_beginning(prefix, text.key))]))
    if text.kind is SearchKind.DIGITS and len(text.key) >= FEWEST_DIGITS:
        ways.append(("phone_key LIKE %s", [_beginning(text.key)]))
        of_members = "SELECT group_id FROM registrants_groupmember WHERE phone_key <> '' AND phone_key = %s"
        ways.append((f"id IN ({of_members})", [text.key]))
    return ways


def _named(text: SearchText) -> list[Way]:
    """Groups whose name holds the text, and whoever's written name begins with it."""
    wanted = text.written.upper()
    holds = f"kind = 'group' AND {CHARACTERS} @> %s AND upper(group_name) LIKE %s"
    joined = "".join(text.written.split())
    return [
        (holds, [sorted(set(wanted)), f"%{_escaped(wanted)}%"]),
        (f"{WRITTEN} LIKE %s", [_beginning(joined)]),
    ]


def _beginning(text: str) -> str:
    return f"{_escaped(text)}%"


def _escaped(text: str) -> str:
    """``text`` without meaning for LIKE."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
