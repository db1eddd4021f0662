"""Among 20,000 groups with 200,000 members the similar ones are found by indexes.

``-s`` shows the milliseconds of a judgement (docs/performance.md); nothing here compares them.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from random import Random

import pytest
from django.db import connection

from apps.registrants.models import Registrant, RegistrantKind
from apps.registrants.queries.alike import CANDIDATES, candidate_values
from apps.registrants.queries.judgement import judgement_of
from apps.registrants.rules.similarity import Sought
from apps.registrants.services.group_keys import file_groups
from kernel import clock
from tests import factories
from tests.apps.registrants.services.grouping import entry, policy
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.slow
GROUPS, MEMBERS = 20_000, 10
WORDS = ("体操", "囲碁", "将棋", "合唱", "書道", "茶道", "卓球", "俳句", "陶芸", "写真", "民謡", "舞踊", "手芸", "読書")
PLACES = (
    "木下",
    "大森",
    "小林",
    "草深",
    "本埜",
    "印旛",
    "高花",
    "永治",
    "船穂",
    "滝野",
    "山田",
    "岩戸",
    "吉高",
    "平賀",
)
SYLLABLES = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"

ROSTERS = """
INSERT INTO registrants_groupmember
    (group_id, position, name, kana, name_key, residence, is_contact, phone, phone_key)
SELECT id, place, '架空', '',
       translate(lpad(((hashint4((n * 10 + place)::int)::bigint & 2147483647) %% 50000)::text, 6, '0'), '0123456789',
                 'アイウエオカキクケコ'), 'resident', false, '', ''
FROM (SELECT id, row_number() OVER (ORDER BY number) n FROM registrants_registrant WHERE number LIKE 'Z-%%') groups
CROSS JOIN generate_series(0, %(members)s - 1) place
"""
"""A roster for each group; everybody's name is one of 50,000, by a hash."""


def fill() -> None:
    """Groups of every place and pastime, of invented people."""
    luck = Random(13)

    def word(length: int) -> str:
        return "".join(luck.choices(SYLLABLES, k=length))

    groups = [
        Registrant(
            id=uuid.UUID(int=number + 1),
            number=f"Z-{number:06}-0",
            kind=RegistrantKind.GROUP,
            group_name=f"{luck.choice(PLACES)}{luck.choice(WORDS)}{number}会",
            group_kana=word(9),
            family_name="架空",
            given_name="太郎",
            family_kana=word(3),
            given_kana=word(3),
            postal_code="2701300",
            address=f"架空市架空町{number}番地",
            phone=f"0476-{number // 10_000:02}-{number % 10_000:04}",
            phone_key=f"0476{number:06}",
            kana_key=word(9),
            registered_on=clock.today(),
        )
        for number in range(GROUPS)
    ]
    Registrant.objects.bulk_create(groups, batch_size=2000)
    file_groups(groups)
    with connection.cursor() as cursor:
        cursor.execute(ROSTERS, {"members": MEMBERS})
        cursor.execute("ANALYZE registrants_groupmember, registrants_groupkeys, registrants_registrant")


@pytest.fixture
def many_groups(database: None) -> Iterator[None]:
    """So many groups at the tenant, and one more; the tenant's unit of work."""
    policy(most_groups_a_person=2, reminder_days=[])
    factories.group(group_name="見本体操会", group_kana="ミホンタイソウカイ")
    with as_tenant(CHUO):
        fill()
        file_groups(Registrant.objects.filter(group_name="見本体操会"))
        yield


def test_similar_groups_are_found_without_reading_all_groups(many_groups: None) -> None:
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        grounds = judgement_of(entry(), clock.today()).alike[0].grounds
        times.append(time.perf_counter() - begun)
        assert "group_name" in grounds
    median, best = sorted(times)[3] * 1000, min(times) * 1000
    print(f"judgement among {GROUPS} groups: {median:.1f} ms at the median, {best:.1f} ms at best")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {CANDIDATES}", candidate_values(entry().portrait(clock.today()), Sought()))
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
