"""The commands that hand a tenant's data over and read it back, and the audit without which neither happens."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from apps.compliance.services.package import hand_over_package
from shared.actor import SYSTEM
from shared.audit.models import Action, AuditEntry
from tests import factories
from tests.support.scopes import as_city
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def test_the_commands_write_and_read_back_and_the_audit_tells_of_it(tmp_path: Path) -> None:
    factories.individual()
    said = StringIO()
    path = str(tmp_path / "chuo.zip")
    call_command("write_package", CHUO, path, stdout=said)
    call_command("check_package", path, "--load", stdout=said)
    assert "check_package: as it was written" in said.getvalue()
    with as_city():
        entries = list(AuditEntry.objects.filter(action=Action.EXPORT, object_type="package").order_by("id"))
    assert [(one.object_id, one.detail["step"]) for one in entries] == [(CHUO, "begun"), (CHUO, "written")]


def test_what_cannot_be_recorded_is_not_handed_over(tmp_path: Path, superuser: psycopg.Connection) -> None:
    target = tmp_path / "chuo.zip"
    superuser.execute(
        "ALTER TABLE shared.audit_auditentry ADD CONSTRAINT full_disk CHECK (action <> 'export') NOT VALID"
    )
    try:
        with pytest.raises(DatabaseError):
            hand_over_package(actor=SYSTEM, schema=CHUO, target=target, progress=lambda _told: None)
    finally:
        superuser.execute("ALTER TABLE shared.audit_auditentry DROP CONSTRAINT full_disk")
    assert not target.exists()


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "chuo.zip"
    target.write_text("mine")
    with pytest.raises(CommandError, match="exists already"):
        call_command("write_package", CHUO, str(target), stdout=StringIO())
    assert target.read_text() == "mine"


def test_a_schema_of_no_tenant_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no tenant"):
        call_command("write_package", "nowhere", str(tmp_path / "x.zip"), stdout=StringIO())


@pytest.mark.parametrize("name", ["nothing.zip", "."])
def test_a_file_that_is_no_package_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("check_package", str(tmp_path / name), stdout=StringIO())
