"""Old entries move into files that prove themselves; what is left goes on from there; a forged file is found."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from psycopg import errors

from apps.compliance.models.retention import Disposal
from shared.actor import SYSTEM
from shared.audit.models import Action, AuditEntry, AuditSeal
from shared.audit.record import record
from shared.sealing.archives import read_archive
from tests.apps.compliance import disposing
from tests.support.fixtures import Freeze
from tests.support.raw import raw, raw_owner
from tests.support.scopes import as_tenant
from tests.support.seals import sealed
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
RUN = "SELECT * FROM shared.disposal_run(%s, 10, now())"


def old_days(freeze: Freeze) -> Disposal:
    """Entries of two days of 2020, sealed in two blocks a day; a confirmed disposal of them in May 2025."""
    for day in ("2020-01-10", "2020-01-11"):
        for hour in ("10", "11"):
            freeze(f"{day} {hour}:00")
            with as_tenant(CHUO):
                for number in range(3):
                    record(SYSTEM, Action.VIEW, object_type="x", object_id=number, purpose="見本\n改行")
            sealed()
    freeze(disposing.NOW)
    with as_tenant(CHUO):
        record(SYSTEM, Action.VIEW, object_type="new")
    sealed()
    return disposing.confirmed("audit")


def archived(folder: Path) -> str:
    out = StringIO()
    call_command("archive_audit", str(folder), "--schema", CHUO, stdout=out)
    return out.getvalue()


def verified(folder: Path, *more: str) -> str:
    out, wrong = StringIO(), StringIO()
    try:
        call_command("verify_audit", "--schema", CHUO, "--archive", str(folder), *more, stdout=out, stderr=wrong)
    except CommandError:
        return wrong.getvalue()
    return out.getvalue()


def test_archived_days_leave_the_table_and_the_chain_goes_on(freeze: Freeze, tmp_path: Path) -> None:
    one = old_days(freeze)
    assert archived(tmp_path) == "chuo: 2020-01-10, 6 entries\nchuo: 2020-01-11, 6 entries\n"
    assert archived(tmp_path) == ""
    with as_tenant(CHUO):
        one.refresh_from_db()
        assert (one.listed, one.done, one.done_at is not None) == (2, 2, True)
        assert not AuditEntry.objects.filter(object_type="x").exists()
        assert AuditEntry.objects.filter(object_type="new").exists()
        assert AuditSeal.objects.order_by("id").values_list("id", flat=True)[0] == 4
    assert read_archive(tmp_path / "audit-chuo-2020-01-10.jsonl")[1] == 6
    assert "2 archived days with 12 entries are as they were sealed" in verified(tmp_path)
    sealed()
    assert "2 archived days" in verified(tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"view"', '"print"'), ("見本", "本見"), ('"rows": 3', '"rows": 2'), ('"day": "2020-01-11"', '"day": ""')],
)
def test_a_forged_archive_is_found(freeze: Freeze, tmp_path: Path, old: str, new: str) -> None:
    old_days(freeze)
    archived(tmp_path)
    file = tmp_path / "audit-chuo-2020-01-11.jsonl"
    told = file.read_text(encoding="utf-8")
    assert old in told
    file.write_text(told.replace(old, new, 1), encoding="utf-8")
    assert "audit-chuo-2020-01-11" in verified(tmp_path) or "is not as it was sealed" in verified(tmp_path)
    file.unlink()
    assert "cannot be read" in verified(tmp_path)


def test_a_file_and_its_record_forged_together_do_not_fit_the_citys_seal(freeze: Freeze, tmp_path: Path) -> None:
    old_days(freeze)
    archived(tmp_path)
    with raw_owner() as owner:
        owner.execute("UPDATE shared.audit_archive SET chain = sha256('x') WHERE day = '2020-01-11'")
    assert "seal of 2020-01-11" in verified(tmp_path)


def test_what_is_left_is_still_checked(freeze: Freeze, tmp_path: Path) -> None:
    old_days(freeze)
    archived(tmp_path)
    sealed()
    with raw_owner() as owner:
        owner.execute("UPDATE chuo.audit_auditentry SET purpose = 'x' WHERE object_type = 'new'")
    assert re.search(r"entry \d+ in block 5 was changed", verified(tmp_path))


def test_nothing_leaves_that_is_not_in_a_file_and_nothing_that_was_changed(freeze: Freeze, tmp_path: Path) -> None:
    one = old_days(freeze)
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, raw("kashikan_city", schema="shared") as city:
        with pytest.raises(errors.CheckViolation, match="not archived"):
            desk.execute(RUN, [one.pk])
        for role in (desk, city):
            for statement in (
                "SELECT shared.audit_remove('chuo', '{2020-01-10}')",
                "DELETE FROM chuo.audit_auditentry",
                "DELETE FROM shared.audit_archive",
                "INSERT INTO shared.audit_archive (tenant) VALUES ('chuo')",
            ):
                with pytest.raises(errors.InsufficientPrivilege):
                    role.execute(statement)
        with pytest.raises(errors.CheckViolation):
            desk.execute("SELECT shared.audit_archived(%s, '2025-05-01', 'x', %s)", [one.pk, "0" * 64])
        desk.execute("SELECT shared.audit_archived(%s, '2020-01-11', 'x', %s)", [one.pk, "0" * 64])
        with pytest.raises(errors.CheckViolation, match="not archived"):
            desk.execute(RUN, [one.pk])
    with raw_owner() as owner:
        owner.execute("UPDATE chuo.audit_auditentry SET purpose = 'y' WHERE object_type = 'x'")
    with pytest.raises(CommandError, match="not as it was sealed"):
        archived(tmp_path)
    assert list(tmp_path.glob("*.jsonl")) == []
