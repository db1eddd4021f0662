"""Fixtures of all tests. A test that asks for ``database``, or for a client, begins with empty tables.

Nothing runs in a transaction that is rolled back: a unit of work refuses to change its scope inside one, and races need
real commits. Emptying takes milliseconds.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker
from redis import Redis

from kernel.clock import TOKYO
from shared.staff.models import Role, StaffAccount
from tenants import directory
from tenants.scope import NOBODY, OWNER, enter, owner_scope
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.raw import raw_cleaning, raw_superuser
from tests.support.tenants import CHUO
from tests.support.testpay import online_case, testpay, testpay_process

__all__ = ["online_case", "testpay", "testpay_process"]

Freeze = Callable[[str], time_machine.Traveller]


@pytest.fixture(autouse=True)
def _japanese() -> None:
    """Every test begins in Japanese: a request in English leaves its language to the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup() -> NoReturn:
    """pytest-django's own database is never made."""
    raise pytest.UsageError("Ask for the fixture `database` instead of pytest-django's `db` or `django_db`.")


@pytest.fixture(scope="session")
def superuser() -> Iterator[psycopg.Connection]:
    """A superuser's connection to this process's database, for what no role may do. Autocommit."""
    with raw_superuser() as connection:
        yield connection


@pytest.fixture(scope="session")
def broker() -> Iterator[Redis]:
    """This process's own database of Valkey."""
    with Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as broker:
        yield broker


@pytest.fixture(scope="session")
def clean() -> Iterator[Callable[[], None]]:
    """``clean()`` empties all tables and puts the tenants back, for what empties them in the midst of a test."""
    with raw_cleaning() as clean:
        yield clean


@pytest.fixture
def database(clean: Callable[[], None], broker: Redis, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Empty tables and cache, the three tenants, and leave to use them, with no role chosen yet."""
    with _emptied(clean, broker, django_db_blocker):
        yield


@pytest.fixture(scope="module")
def database_of_module(clean: Callable[[], None], broker: Redis, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """``database`` once for a module whose tests only read what a fixture of the module wrote."""
    with _emptied(clean, broker, django_db_blocker):
        yield


@contextmanager
def _emptied(clean: Callable[[], None], broker: Redis, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    clean()
    broker.flushdb()
    directory.forget()
    with django_db_blocker.unblock():
        connections["default"].ensure_connection()
        yield
        _leave()


@pytest.fixture
def portal_client(database: None) -> Client:
    """A citizen's browser at the portal."""
    return client_at(settings.PORTAL_HOST)


@pytest.fixture
def city_client(database: None) -> Client:
    """A browser at the city's site."""
    return client_at(settings.CITY_HOST)


@pytest.fixture
def desk_client(database: None) -> Callable[[str], Client]:
    """``desk_client("chuo")``: a browser at a facility's desk."""
    return lambda schema: client_at(f"{schema}.localhost")


@pytest.fixture
def clerk(database: None) -> StaffAccount:
    """Who is at work at the desk of ``chuo``."""
    return factories.clerk()


@pytest.fixture
def desk(desk_client: Callable[[str], Client], clerk: StaffAccount) -> Client:
    """The clerk's browser, signed in."""
    return signed_in(desk_client(CHUO), clerk)


@pytest.fixture
def receptionist(desk_client: Callable[[str], Client]) -> Client:
    """The browser of somebody at the counter (窓口), signed in at ``chuo``."""
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))


@pytest.fixture
def accountant(desk_client: Callable[[str], Client]) -> Client:
    """The browser of somebody who handles money (会計) and looks at the rest only, signed in at ``chuo``."""
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.ACCOUNTING]))


@pytest.fixture
def manager(desk_client: Callable[[str], Client]) -> Client:
    """The browser of the facility's manager (施設管理責任者), signed in at ``chuo``."""
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION, Role.FACILITY_MANAGER]))


@pytest.fixture
def citizen(database: None) -> factories.Citizen:
    """Who is registered at ``chuo``, and has an account at the portal."""
    return factories.citizen_with_registration()


@pytest.fixture
def portal(portal_client: Client, citizen: factories.Citizen) -> Client:
    """The citizen's browser, signed in."""
    return signed_in(portal_client, citizen.account)


@pytest.fixture
def officer(database: None) -> StaffAccount:
    """Who is at work at the city."""
    return factories.city_officer()


@pytest.fixture
def city(city_client: Client, officer: StaffAccount) -> Client:
    """The officer's browser, signed in."""
    return signed_in(city_client, officer)


@pytest.fixture
def freeze() -> Iterator[Freeze]:
    """``freeze("2026-04-01 09:00")`` stops the clock at a local time in Tokyo; PostgreSQL's own ``now()`` goes on."""
    travels: list[time_machine.travel] = []

    def stop_at(local: str) -> time_machine.Traveller:
        travels.append(time_machine.travel(dt.datetime.fromisoformat(local).replace(tzinfo=TOKYO), tick=False))
        return travels[-1].start()

    yield stop_at
    for travel in reversed(travels):
        travel.stop()


def _leave() -> None:
    for alias, scope in (("default", NOBODY), (OWNER, owner_scope())):
        if connections[alias].in_atomic_block:
            connections[alias].close()
        enter(scope, alias=alias)
