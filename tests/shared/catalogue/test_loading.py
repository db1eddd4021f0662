"""Loading into the catalogue: all or nothing, and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.actor import SYSTEM
from shared.audit.models import AuditEntry
from shared.catalogue.loading import BATCH, Outcome, load_catalogue
from shared.catalogue.models import CatalogueFacility, Category
from shared.catalogue.rules.problems import FileRefusedError, Problem
from tests.shared.catalogue.files import CITY, facility, file_of, text_of, written
from tests.support.scopes import as_city
from tests.support.statements import count_statements


@pytest.fixture(autouse=True)
def _city(database: None) -> Iterator[None]:
    with as_city():
        yield


def load(path: Path, *, told: list[Problem] | None = None, dry_run: bool = False, city_code: str = "") -> Outcome:
    report = (told if told is not None else []).append
    return load_catalogue(actor=SYSTEM, path=path, report=report, dry_run=dry_run, city_code=city_code)


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged, len(outcome.missing)


def the_only() -> CatalogueFacility:
    return CatalogueFacility.objects.get(municipality_code=CITY, number="0001")


def test_a_facility_is_kept_with_what_follows_from_it(tmp_path: Path) -> None:
    outcome = load(file_of(tmp_path, facility(終了時間="24:00", バリアフリー情報="スロープ;点字ブロック")))
    assert counts(outcome) == (1, 0, 0, 0)
    kept = the_only()
    assert (kept.category, kept.area, kept.slug) == (Category.SPORTS, "架空", "kakushimintaiikukan")
    assert kept.accessibility == ["スロープ", "点字ブロック"]
    assert kept.tenant is None


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    path = file_of(tmp_path, facility(緯度="35.8", 経度="140.1"), facility(NO="2"))
    load(path)
    before = list(CatalogueFacility.objects.values())
    assert counts(load(path)) == (0, 0, 2, 0)
    assert list(CatalogueFacility.objects.values()) == before


def test_a_changed_row_changes_the_facility_and_keeps_its_address_on_the_web(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility()))
    before = the_only()
    outcome = load(file_of(tmp_path, facility(名称="架空文化館", 名称_カナ="カクウブンカカン", 住所="印西市別所5")))
    after = the_only()
    assert counts(outcome) == (0, 1, 0, 0)
    assert (after.pk, after.slug) == (before.pk, before.slug)
    assert (after.name, after.category, after.area) == ("架空文化館", Category.CULTURE, "別所")


def test_what_the_city_chose_by_hand_stays(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility()))
    CatalogueFacility.objects.update(category=Category.OTHER, area="北部", slug="taiikukan", name_en="Gym")
    load(file_of(tmp_path, facility(名称="架空文化館", 住所="印西市別所5")))
    kept = the_only()
    assert (kept.category, kept.area, kept.slug, kept.name_en) == (Category.OTHER, "北部", "taiikukan", "Gym")


def test_facilities_that_the_file_lacks_are_told_and_stay(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility(), facility(NO="2", 名称="別館")))
    assert load(file_of(tmp_path, facility())).missing == [(CITY, "2", "別館")]
    assert CatalogueFacility.objects.count() == 2


def test_facilities_of_another_city_are_not_missed(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility(都道府県コード又は市区町村コード="121002")))
    assert load(file_of(tmp_path, facility())).missing == []


def test_one_bad_row_keeps_all_out_and_is_told(tmp_path: Path) -> None:
    told: list[Problem] = []
    with pytest.raises(FileRefusedError):
        load(file_of(tmp_path, facility(), facility(NO="2", URL="x"), facility(NO="3", 緯度="x")), told=told)
    assert [(one.line, one.column, one.code) for one in told] == [
        (3, "URL", "no_url"), (4, "緯度", "no_degrees"),
    ]  # fmt: skip
    assert not CatalogueFacility.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_file_with_only_a_header_is_refused(tmp_path: Path) -> None:
    told: list[Problem] = []
    with pytest.raises(FileRefusedError):
        load(written(tmp_path, text_of([])), told=told)
    assert [one.code for one in told] == ["no_rows"]


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    assert counts(load(file_of(tmp_path, facility()), dry_run=True)) == (1, 0, 0, 0)
    assert not CatalogueFacility.objects.exists()
    assert not AuditEntry.objects.exists()


def test_facilities_that_sound_alike_get_different_web_addresses(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility(), facility(NO="2"), facility(NO="3")))
    load(file_of(tmp_path, facility(), facility(NO="2"), facility(NO="3"), facility(NO="4")))
    slugs = set(CatalogueFacility.objects.values_list("slug", flat=True))
    assert slugs == {f"kakushimintaiikukan{end}" for end in ("", "-2", "-3", "-4")}


def test_loading_leaves_one_audit_entry_with_counts(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility()))
    [entry] = AuditEntry.objects.all()
    assert (entry.object_type, entry.actor_kind) == ("catalogue", "system")
    assert entry.detail == {"new": 1, "changed": 0, "unchanged": 0, "missing": 0}


def test_a_file_of_several_batches_is_loaded_whole(tmp_path: Path) -> None:
    path = file_of(tmp_path, *(facility(NO=str(number)) for number in range(BATCH + 1)))
    assert load(path).new == BATCH + 1
    with count_statements() as statements:
        assert load(path).unchanged == BATCH + 1
    assert statements.count == 10, str(statements)


def test_a_file_without_codes_is_of_the_named_city(tmp_path: Path) -> None:
    load(file_of(tmp_path, facility(都道府県コード又は市区町村コード="")), city_code=CITY)
    assert the_only().prefecture == "千葉県"
