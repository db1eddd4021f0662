"""A file of the vault is fetched once, by whom it was made for, and is gone after its time."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from kernel import clock
from shared.audit.models import Action
from shared.staff.models import StaffAccount
from shared.vault.errors import FileGoneError
from shared.vault.keeping import put, take
from shared.vault.models import VaultFile
from shared.vault.tasks import destroy_files
from tests.apps.bookings.web.staff.asking import audited
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import Gate

CONTENT = "架空太郎".encode()


def kept(clerk: StaffAccount) -> VaultFile:
    with as_tenant(CHUO), transaction.atomic():
        return put(kind="export", name="MD2026-0001.csv", content=CONTENT, media_type="text/csv", made_for=clerk.pk)


def fetch(file: VaultFile, account: uuid.UUID) -> bytes:
    with as_tenant(CHUO), transaction.atomic():
        return take(file=file.pk, account=account, terminal=None).content


def now_of(file: VaultFile) -> VaultFile:
    with as_tenant(CHUO):
        return VaultFile.objects.get(pk=file.pk)


def test_a_file_is_fetched_once_and_is_empty_at_once(clerk: StaffAccount) -> None:
    file = kept(clerk)
    assert fetch(file, clerk.pk) == CONTENT
    row = now_of(file)
    assert (row.content, row.destroyed_why, row.sha256) == (None, "fetched", file.sha256)
    with pytest.raises(FileGoneError):
        fetch(file, clerk.pk)


def test_nobody_else_fetches_it(clerk: StaffAccount) -> None:
    file = kept(clerk)
    with pytest.raises(FileGoneError):
        fetch(file, uuid.uuid4())
    assert now_of(file).content is not None


@pytest.mark.race
def test_two_who_fetch_at_once_get_it_once(clerk: StaffAccount) -> None:
    file, together = kept(clerk), Gate(4)

    def work(_number: int) -> bytes | None:
        try:
            together.wait()
            return fetch(file, clerk.pk)
        except FileGoneError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(work, range(4)))
    assert sorted(one is not None for one in got) == [False, False, False, True]


def test_after_a_day_it_is_destroyed_and_cannot_be_fetched(clerk: StaffAccount, freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")
    file = kept(clerk)
    freeze("2026-05-02 10:00")
    with pytest.raises(FileGoneError):
        fetch(file, clerk.pk)
    destroy_files(CHUO)
    row = now_of(file)
    assert (row.content, row.destroyed_why, row.destroyed_at) == (None, "lapsed", clock.now())
    assert [one.object_id for one in audited(Action.DELETE, "vault_file")] == [str(file.pk)]


def test_a_file_that_still_has_time_stays(clerk: StaffAccount) -> None:
    file = kept(clerk)
    destroy_files(CHUO)
    assert now_of(file).content is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault_vaultfile SET content = 'again'",
        "UPDATE vault_vaultfile SET destroyed_at = NULL, destroyed_why = '', content = 'again'",
        "UPDATE vault_vaultfile SET made_for = gen_random_uuid()",
        "UPDATE vault_vaultfile SET fetch_by = now() + interval '1 year'",
        "DELETE FROM vault_vaultfile",
        "DELETE FROM vault_exportedperson",
        "UPDATE vault_exportedperson SET person = gen_random_uuid()",
    ],
)
def test_the_database_lets_a_row_be_emptied_and_nothing_else(clerk: StaffAccount, statement: str) -> None:
    fetched = kept(clerk)
    fetch(fetched, clerk.pk)
    kept(clerk)
    with as_tenant(CHUO), pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        connection.cursor().execute(statement)
