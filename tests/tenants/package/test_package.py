"""A tenant's data as one file: whole, of one moment, without secrets, and read back as it was written."""

from __future__ import annotations

import csv
import io
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tenants.package.checking import faults_of, faults_when_loaded, read_manifest
from tenants.package.manifest import Manifest, NotAPackageError, manifest_from
from tenants.package.tables import kept_back, sources
from tenants.package.writing import write_package
from tenants.rights import EVERYTHING
from tenants.scope import desk_scope, unit_of_work
from tests import factories
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
SECRET = re.compile(r"password|secret|hash|token|recovery|credential")
HARMLESS = {("intake_job", "sha256")}
"""Columns that sound like a secret and are none."""


def silent(_message: str) -> None: ...


@pytest.fixture
def package(tmp_path: Path) -> Path:
    citizen = factories.citizen_with_registration()
    factories.permitted_booking(citizen)
    factories.individual(BUNKA, family_name="別館")
    target = tmp_path / "chuo.zip"
    write_package(schema=CHUO, target=target, progress=silent)
    return target


def rows_in(package: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(package) as found:
        text = found.read(f"tenant/{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def rewritten(package: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy in which ``change`` has replaced files, or removed those for which it tells None."""
    other = package.with_name("other.zip")
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return other


def faults(package: Path) -> list[str]:
    return list(faults_of(package, silent))


def test_it_holds_the_tenants_rows_and_nobody_elses(package: Path) -> None:
    [one] = rows_in(package, "registrants_registrant")
    assert one["family_name"] == "架空"
    with zipfile.ZipFile(package) as found:
        assert all("別館".encode() not in found.read(name) for name in found.namelist())


def test_every_table_that_the_desk_may_read_is_in_it_or_named_as_left_out(package: Path) -> None:
    manifest = read_manifest(package)
    named = {table.name for table in manifest.tables} | set(manifest.not_included)
    with unit_of_work(desk_scope(CHUO)):
        found, left_out = sources(CHUO)
    assert named == {one.name for one in found} | set(left_out)
    assert {"registrants_registrant", "bookings_booking", "bookings_document", "audit_auditentry"} <= named
    assert "tenants_operatorassignment" in named


def test_nothing_that_sounds_like_a_secret_is_in_it(package: Path) -> None:
    columns = {(table.name, column.name) for table in read_manifest(package).tables for column in table.columns}
    assert {pair for pair in columns if SECRET.search(pair[1])} - HARMLESS == set()


def test_what_is_kept_back_exists(superuser: psycopg.Connection) -> None:
    for table, columns in kept_back().items():
        query = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'chuo' AND table_name = %s"
        known = {name for (name,) in superuser.execute(query, [table])}
        assert known
        assert columns == EVERYTHING or {*columns} <= known


def test_it_is_read_back_as_it_was_written(package: Path) -> None:
    assert faults(package) == []
    assert list(faults_when_loaded(package, silent)) == []


def test_an_empty_text_and_no_value_stay_apart(tmp_path: Path, package: Path) -> None:
    [one] = rows_in(package, "bookings_booking")
    with zipfile.ZipFile(package) as found:
        line = found.read("tenant/bookings_booking.csv").decode().splitlines()[1]
    assert '""' in line
    assert ",," in line
    assert one["state"] == "permitted"


def changed_cell(name: str, data: bytes) -> bytes:
    return data.replace("架空".encode(), "別人".encode()) if "registrant.csv" in name else data


def one_row_less(name: str, data: bytes) -> bytes:
    return data[: data.index(b"\n") + 1] if name == "tenant/bookings_booking.csv" else data


def without_a_table(name: str, data: bytes) -> bytes | None:
    return None if name == "tenant/bookings_booking.csv" else data


@pytest.mark.parametrize("change", [changed_cell, one_row_less, without_a_table])
def test_what_was_changed_is_named(package: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    [fault] = faults(rewritten(package, change))
    assert re.match(r"tenant/(registrants_registrant|bookings_booking)\.csv: (other bytes|not in)", fault)


def test_a_change_that_was_made_in_the_hashes_too_is_found_against_the_manifest(package: Path) -> None:
    other = rewritten(package, lambda name, data: data.replace(b"0", b"1") if name == "SHA256SUMS" else data)
    assert len(faults(other)) > 2


def test_rows_that_differ_from_the_manifests_digest_are_found_when_loaded(package: Path) -> None:
    other = rewritten(package, changed_cell)
    [fault] = faults_when_loaded(other, silent)
    assert fault.startswith("tenant/registrants_registrant.csv: 1 rows came back, 1 were written")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"<html>", b"a,b\n1,2\n"])
def test_another_file_is_no_package(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NotAPackageError):
        read_manifest(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "tables": [{}]}'])
def test_a_manifest_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(NotAPackageError):
        manifest_from(text)


def test_a_manifest_comes_back_from_its_own_text(package: Path) -> None:
    manifest = read_manifest(package)
    assert manifest_from(manifest.as_json()) == manifest
    assert isinstance(manifest, Manifest)


def test_nobody_else_on_the_machine_may_read_it(package: Path) -> None:
    assert stat.S_IMODE(package.stat().st_mode) == 0o600


def test_a_file_that_is_there_stays(package: Path) -> None:
    before = package.read_bytes()
    with pytest.raises(FileExistsError):
        write_package(schema=CHUO, target=package, progress=silent)
    assert package.read_bytes() == before


def test_broken_off_it_leaves_nothing(tmp_path: Path) -> None:
    def break_off(_message: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_package(schema=CHUO, target=tmp_path / "chuo.zip", progress=break_off)
    assert list(tmp_path.iterdir()) == []
