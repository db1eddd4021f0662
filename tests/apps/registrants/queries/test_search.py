"""Finding one of 100,000 registrants: every way reads few pages, so it goes through an index. No time is compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.db import connection

from apps.registrants.queries.search import MOST, found_by
from apps.registrants.rules.search import read_search
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.slow
PEOPLE: Final = 100_000
MANY: Final = """
INSERT INTO chuo.registrants_registrant
    (id, number, kind, state, group_name, group_kana, family_name, given_name, family_kana, given_kana, birth_date,
     postal_code, address, phone, kana_key, phone_key, registered_on, extras, source_key, version, valid_until)
SELECT gen_random_uuid(), 'A-' || lpad(n::text, 6, '0') || '-' || (n % 10), k.kind, 'active',
       CASE k.kind WHEN 'group' THEN k.place || k.club || n ELSE '' END, '', f.kanji, g.kanji, f.kana, g.kana,
       CASE k.kind WHEN 'individual' THEN date '1930-01-01' + (n * 7919) % 25000 END,
       '2701396', '千葉県架空市架空台' || n % 90, '0476' || lpad(n::text, 6, '0'),
       CASE k.kind WHEN 'group' THEN k.place_kana || k.club_kana ELSE f.key || g.key END,
       '0476' || lpad(n::text, 6, '0'), date '2020-04-01', '{}', 'kyuu:' || (700000 + n), 1,
       CASE WHEN n % 3 = 0 THEN date '2020-04-01' + n % 4000 END
FROM generate_series(1, %s) n
CROSS JOIN LATERAL (SELECT (ARRAY['架空','見本','例示','仮名','試作','模範'])[1 + n %% 6] kanji,
    (ARRAY['カクウ','ミホン','レイジ','カメイ','シサク','モハン'])[1 + n %% 6] kana,
    (ARRAY['かくう','みほん','れいじ','かめい','しさく','もはん'])[1 + n %% 6] key) f
CROSS JOIN LATERAL (SELECT (ARRAY['太郎','花子','次郎','桜','実','葵','誠'])[1 + n %% 7] kanji,
    (ARRAY['タロウ','ハナコ','ジロウ','サクラ','ミノル','アオイ','マコト'])[1 + n %% 7] kana,
    (ARRAY['たろう','はなこ','じろう','さくら','みのる','あおい','まこと'])[1 + n %% 7] key) g
CROSS JOIN LATERAL (SELECT CASE WHEN n %% 4 = 0 THEN 'group' ELSE 'individual' END kind,
    (ARRAY['架空台','見本町','例示丘'])[1 + n %% 3] place,
    (ARRAY['かくうだい','みほんちよう','れいじおか'])[1 + n %% 3] place_kana,
    (ARRAY['体操クラブ','朗読の会','コーラス','囲碁同好会','舞踊研究会'])[1 + n %% 5] club,
    (ARRAY['たいそうくらぶ','ろうどくのかい','こおらす','いごどうこうかい','ぶようけんきゆうかい'])
        [1 + n %% 5] club_kana) k
"""
TYPED: Final = {
    "a number": "A-050001-1",
    "a number's beginning": "A0500",
    "a sequence": "50001",
    "one kana": "か",
    "a beginning that half of them share": "かくう",
    "a whole name in half width": "ﾐﾎﾝﾊﾅｺ",
    "a phone": "0476-05-0001",
    "a phone's beginning that all share": "0476",
    "part of a group's name": "朗読",
    "a group's name": "架空台朗読の会",
    "a family name": "架空",
    "a birth date": "S23.4.1",
    "a number of the system before": "750001",
    "a card": "RA-000012-5",
    "nobody": "ぬるぬる",
}


@pytest.fixture(scope="module")
def town(clean: Callable[[], None]) -> Iterator[None]:
    """So many registrants, written by SQL; the statistics are fresh."""
    clean()
    with raw_superuser() as connection:
        connection.execute(MANY.replace(" % ", " %% "), [PEOPLE])
        for table in ("registrant", "statespan"):
            connection.execute(f"VACUUM ANALYZE chuo.registrants_{table}")
    yield
    clean()


@pytest.fixture
def searching(town: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_tenant(CHUO):
        yield


def half_the_table() -> int:
    """Half the pages of the registrants' table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('registrants_registrant') / current_setting('block_size')::int / 2")
        return int(cursor.fetchone()[0])


def search_of(typed: str) -> Any:
    text = read_search(typed, prefix="A")
    assert text is not None
    return text


def explained(statement: str) -> str:
    """What PostgreSQL tells of carrying it out."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + statement)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
@pytest.mark.usefixtures("searching")
def test_it_is_one_statement_that_reads_less_than_half_the_table(typed: str) -> None:
    with count_statements() as statements:
        found_by(search_of(typed), prefix="A", start=0, size=20)
    [statement] = [text for text in statements.texts if "registrants_registrant" in text]
    plans = [explained(statement) for _ in range(5)]
    plan = plans[-1]
    buffers = re.search(r"Buffers: shared hit=(\d+)(?: read=(\d+))?", plan)
    assert buffers is not None
    pages = sum(int(count or 0) for count in buffers.groups())
    assert pages < half_the_table(), plan
    told = [re.findall(r"(?:Planning|Execution) Time: ([\d.]+)", one) for one in plans]
    print(
        f"{typed}: {pages} pages; planning and execution at the best of five",
        *(min(map(float, times)) for times in zip(*told, strict=True)),
    )


@pytest.mark.usefixtures("searching")
def test_what_is_found_is_cut_where_nobody_would_read_on() -> None:
    found = found_by(search_of("かくう"), prefix="A", start=0, size=20)
    assert (len(found.rows), found.total) == (20, MOST + 1)
    assert [one.kana_key for one in found.rows] == sorted(one.kana_key for one in found.rows)


@pytest.mark.usefixtures("searching")
@pytest.mark.parametrize("typed", ["A0500", "0476-05-0001", "750001"])
def test_each_way_finds_the_one_that_is_meant(typed: str) -> None:
    found = found_by(search_of(typed), prefix="A", start=0, size=100)
    assert any(one.number.startswith("A-050001") for one in found.rows)


@pytest.mark.usefixtures("searching")
@pytest.mark.parametrize("typed", ["S23.4.1", "昭和二十三年", "1948-04-01", "19480401", "昭和23年4月1日"])
def test_a_birth_date_is_read_in_either_calendar(typed: str) -> None:
    found = found_by(search_of(typed), prefix="A", start=0, size=20)
    assert {str(one.birth_date) for one in found.rows} == (set() if "二十" in typed else {"1948-04-01"})
