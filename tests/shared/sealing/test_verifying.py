"""The command that verifies the audit, and the list of day seals that the city keeps on paper."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.sealing import seals, verifying
from shared.sealing.models import Verification
from tests.support.raw import raw_superuser
from tests.support.scopes import as_city, as_tenant
from tests.support.seals import sealed, wait_for_horizon
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
Freeze = Callable[[str], object]
FORGED = "UPDATE chuo.audit_auditentry SET object_id = 'x' WHERE id = (SELECT min(id) FROM chuo.audit_auditentry)"
RESEAL = """
DELETE FROM chuo.audit_auditseal;
DO $$ BEGIN PERFORM shared.audit_seal('chuo', '2026-11-24 10:00+09', 2); END $$;
DO $$ BEGIN PERFORM shared.audit_seal('chuo', '2026-11-25 10:00+09', 2); END $$;
DO $$ BEGIN PERFORM shared.audit_seal('chuo', '2026-11-26 10:00+09', 2); END $$;
"""
"""What the owner would do after a change: seal everything anew."""


@pytest.fixture
def three_days(database: None, freeze: Freeze) -> None:
    """Two entries a day, sealed on 24, 25 and 26 November."""
    for day in (24, 25, 26):
        freeze(f"2026-11-{day} 10:00")
        with as_tenant(CHUO):
            for number in range(2):
                record(Actor("staff"), Action.VIEW, object_type="card", object_id=number)
        sealed()


@pytest.fixture
def saved(three_days: None, tmp_path: Path) -> Path:
    """The list as the city saved it on the 26th."""
    path = tmp_path / "seals.csv"
    with as_city(), path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(verifying.day_seal_lines())
    return path


def forge(statement: str) -> None:
    with raw_superuser() as connection:
        connection.execute(statement)


@pytest.mark.usefixtures("three_days")
def test_what_is_as_it_was_is_said_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    told = capsys.readouterr().out
    assert "chuo: 6 entries are as they were sealed" in told
    assert "block 3 of 3" in told
    with as_city():
        assert Verification.objects.get(tenant=CHUO).fault == ""


@pytest.mark.usefixtures("three_days")
def test_the_first_bad_entry_is_named_and_the_status_tells(capsys: pytest.CaptureFixture[str]) -> None:
    forge(FORGED)
    with pytest.raises(CommandError) as stopped:
        call_command("verify_audit", schema=[CHUO])
    assert stopped.value.returncode == 1
    assert "in block 1 was changed" in capsys.readouterr().err


@pytest.mark.usefixtures("three_days")
def test_some_days_are_verified_alone(capsys: pytest.CaptureFixture[str]) -> None:
    forge(FORGED)
    call_command("verify_audit", schema=[CHUO], first=dt.date(2026, 11, 25), last=dt.date(2026, 11, 25))
    assert "chuo: 2 entries" in capsys.readouterr().out


@pytest.mark.usefixtures("three_days")
def test_an_owner_who_seals_anew_is_found_by_the_citys_copy(capsys: pytest.CaptureFixture[str]) -> None:
    forge(FORGED)
    wait_for_horizon()
    forge(RESEAL)
    with pytest.raises(CommandError):
        call_command("verify_audit", schema=[CHUO])
    assert "the city's seal of 2026-11-24 does not fit block 1" in capsys.readouterr().err


def test_an_owner_who_rewrites_the_citys_copy_too_is_found_by_the_saved_list(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_audit", schema=[CHUO], against=saved)
    forge(FORGED)
    forge("DELETE FROM shared.audit_dayseal")
    wait_for_horizon()
    forge(RESEAL)
    call_command("verify_audit", schema=[CHUO])
    with pytest.raises(CommandError):
        call_command("verify_audit", schema=[CHUO], against=saved)
    assert "the list says another seal for 2026-11-24" in capsys.readouterr().err


@pytest.mark.usefixtures("three_days")
def test_who_interrupts_is_told_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifying, "BLOCKS_AT_ONCE", 1)
    real = seals.check

    def interrupted(place: str, first: int, last: int) -> seals.Checked:
        if first == 3:
            raise KeyboardInterrupt
        return real(place, first, last)

    monkeypatch.setattr(seals, "check", interrupted)
    with pytest.raises(CommandError, match="--schema chuo --from-block 3") as stopped:
        call_command("verify_audit", schema=[CHUO])
    assert stopped.value.returncode == 130
    monkeypatch.setattr(seals, "check", real)
    call_command("verify_audit", schema=[CHUO], from_block=3)
    assert "chuo: 2 entries" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "tenant,day,root\nchuo,yesterday,00\n"])
def test_another_file_than_a_list_of_seals_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match="no list of day seals"):
        call_command("verify_audit", against=path)


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(CommandError, match="no such schema: nowhere"):
        call_command("verify_audit", schema=["nowhere"])


@pytest.mark.usefixtures("three_days")
def test_setting_the_numbers_on_does_nothing_where_nothing_was_restored(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rebase_audit")
    assert "chuo: as it was" in capsys.readouterr().out
