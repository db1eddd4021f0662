"""No button of the city's site changes a facility's booking: not by what it reaches, not by what it may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import grimp
import psycopg
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from psycopg import sql

from tests import factories
from tests.apps.compliance.web.city.asking import permitted, person, searching, text_of
from tests.support.raw import raw
from tests.support.tenants import BUNKA, CHUO, TENANTS

PLACES = ("/", "/tenants/chuo/", "/usage/", "/bookings/", "/registrants/")
CHANGES = (
    "INSERT INTO {} SELECT * FROM {}",
    "UPDATE {} SET {column} = {column}",
    "DELETE FROM {}",
    "TRUNCATE {} CASCADE",
    "SELECT * FROM {} FOR UPDATE",
)


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


VIEWS = list(views(get_resolver("config.urls.city").url_patterns))
NAMES = """
    agreements care city_accounts clauses close_tenant decide_export dispose keep_periods log_alerts log_reviews lookup
    operators public_use senior_cards tenant_state
    entrance.certificates entrance.grants entrance.networks entrance.terminals entrance.traces entrance.ways
    founding.ask founding.furnish
    handover.open_case handover.take_step
    incidents.affected incidents.amend incidents.evidence incidents.parts incidents.publish incidents.step
    monitoring.acting monitoring.check monitoring.close monitoring.findings monitoring.items monitoring.mailboxes
    monitoring.orders monitoring.papers monitoring.photos monitoring.self_check monitoring.year
    person_requests.period person_requests.steps
    roster.acting roster.grant roster.keep roster.review
"""
REACHED = {f"apps.compliance.services.{name}" for name in NAMES.split()}
"""The services that views of the city may reach, reviewed: they write in the shared schema, or call a function made for
that one act. One more is a line here. None of a desk's (``apps.bookings``, ``apps.registrants``) ever is."""
DESKS = ("apps.bookings.", "apps.registrants.")


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Who imports whom, in the whole product."""
    return grimp.build_graph("apps", "shared", "tenants", "kernel", "config")


def services_reached(imports: grimp.ImportGraph, modules: Iterable[str]) -> set[str]:
    """The modules of services that ``modules`` reach, over however many steps."""
    reached = set[str]().union(*(imports.find_upstream_modules(module) | {module} for module in modules))
    return {name for name in reached if ".services." in name and not imports.find_children(name)}


@pytest.mark.parametrize("module", sorted({view.__module__ for view in VIEWS}))
def test_a_view_of_the_city_reaches_only_services_that_were_reviewed(imports: grimp.ImportGraph, module: str) -> None:
    assert services_reached(imports, [module]) - REACHED == set()


def test_the_reviewed_services_are_reached_and_none_is_a_desks(imports: grimp.ImportGraph) -> None:
    assert REACHED - services_reached(imports, {view.__module__ for view in VIEWS}) == set()
    assert {name for name in REACHED if name.startswith(DESKS)} == set()


def test_the_search_for_services_would_find_one(imports: grimp.ImportGraph) -> None:
    reached = imports.find_upstream_modules("apps.bookings.web.staff.acts")
    assert "apps.bookings.services.decide" in reached


def everything(superuser: psycopg.Connection) -> dict[str, list[Any]]:
    """All rows of all tenants' tables."""
    tables = superuser.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY 1, 2", [list(TENANTS)]
    ).fetchall()
    query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1")
    return {
        f"{schema}.{table}": superuser.execute(query.format(sql.Identifier(schema, table))).fetchall()
        for schema, table in tables
    }


def test_whatever_is_sent_to_any_page_leaves_every_tenant_as_it_was(
    city: Client, superuser: psycopg.Connection
) -> None:
    booking = permitted(CHUO, factories.meeting_room(), factories.soon())
    before = everything(superuser)
    said = {"state": "cancelled", "booking": str(booking.pk), "reason": "試し", "version": "1", "note": "試しに送る"}
    for place in [*PLACES, "/usage/csv/", person(CHUO, booking.registrant_id), "/language/", "/login/", "/logout/"]:
        for method in (city.get, city.post, city.put, city.patch, city.delete):
            method(place, {**searching("kana", "かくう"), **said})
    assert everything(superuser) == before
    assert any(before.values())


def test_no_form_leads_anywhere_but_to_signing_out_the_language_and_looking(city: Client) -> None:
    factories.individual()
    shown = [city.get(place) for place in PLACES] + [city.post("/registrants/", searching("kana", "かくう"))]
    sent_to = set()
    for answer in shown:
        for form in str(answer.content.decode()).split("<form")[1:]:
            if 'method="post"' in form.split(">", 1)[0]:
                sent_to.add(form.split('action="', 1)[1].split('"', 1)[0])
    assert sent_to == {"/logout/", "/language/", "/printed/", "/registrants/#found"}
    assert all("<button" not in text_of(answer).split("</form>")[-1] for answer in shown)


@pytest.mark.parametrize("schema", TENANTS)
def test_postgresql_refuses_the_city_every_change_in_a_tenants_schema(
    schema: str, superuser: psycopg.Connection
) -> None:
    columns = superuser.execute(
        "SELECT DISTINCT ON (table_name) table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = %s ORDER BY 1, ordinal_position",
        [schema],
    ).fetchall()
    assert len(columns) > 20
    with raw("kashikan_city") as connection:
        for table, column in columns:
            target = sql.Identifier(schema, table)
            for change in CHANGES:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(sql.SQL(change).format(target, target, column=sql.Identifier(column)))


@pytest.mark.parametrize("view", ["city_booking", "city_registrant"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "INSERT INTO {} (id) VALUES (NULL)"])
def test_the_citys_views_are_for_reading(view: str, change: str, database: None) -> None:
    factories.individual(BUNKA)
    with raw("kashikan_city") as connection, pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        connection.execute(sql.SQL(change).format(sql.Identifier("shared", view)))
