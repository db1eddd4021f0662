"""A list that stays in the database."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from psycopg import sql

from shared.rows import Rows
from tests.support.scopes import as_city
from tests.support.statements import count_statements

pytestmark = pytest.mark.usefixtures("database")

NUMBERS = Rows(sql.SQL("SELECT n FROM generate_series(1, %s) n ORDER BY n"), [45], int)


def test_a_page_reads_its_own_rows_only() -> None:
    with as_city():
        page = Paginator(NUMBERS, 20).get_page(3)
        assert (list(page.object_list), page.paginator.count) == ([41, 42, 43, 44, 45], 45)


def test_it_can_be_read_whole_or_by_one() -> None:
    with as_city():
        assert list(NUMBERS) == list(range(1, 46))
        assert NUMBERS[7] == 8
    with as_city(), pytest.raises(IndexError):
        NUMBERS[45]


def test_counting_and_a_page_take_a_statement_each() -> None:
    with as_city():
        len(NUMBERS)
        with count_statements() as statements:
            Paginator(NUMBERS, 20).get_page(2)
    assert statements.count == 2, statements
