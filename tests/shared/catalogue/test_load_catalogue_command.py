"""The command: what it says, and as whom it works."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shared.catalogue.models import CatalogueFacility
from tests.shared.catalogue.files import NEWER, facility, file_of
from tests.support.scopes import as_city

pytestmark = pytest.mark.usefixtures("database")


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("load_catalogue", str(path), *options, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_it_loads_and_tells_counts_and_encoding(tmp_path: Path) -> None:
    out, err = run(file_of(tmp_path, facility(), encoding="cp932"))
    assert "文字コード: CP932" in out
    assert "新規 1件、変更 0件、変更なし 0件、ファイルにない施設 0件" in out
    assert err == ""
    with as_city():
        assert CatalogueFacility.objects.count() == 1


def test_it_tells_each_problem_and_fails(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    path = file_of(tmp_path, facility(緯度="140.1", 経度="35.8"))
    with pytest.raises(CommandError, match="2件の問題"):
        call_command("load_catalogue", str(path), stdout=out, stderr=err, no_color=True)
    assert err.getvalue().splitlines() == [
        "2行目「緯度」: 緯度と経度が逆のようです（20から46まで）。",
        "2行目「経度」: 緯度と経度が逆のようです（122から154まで）。",
    ]


def test_it_tells_the_columns_that_it_does_not_use(tmp_path: Path) -> None:
    row = {"全国地方公共団体コード": "122319", "ID": "1", "名称": "館", "名称_カナ": "カン", "所在地_連結表記": "架空1"}
    out, _err = run(file_of(tmp_path, row, headings=NEWER))
    assert "使わない列: 高度の種別" in out


def test_a_dry_run_says_that_nothing_was_written(tmp_path: Path) -> None:
    out, _err = run(file_of(tmp_path, facility()), "--dry-run")
    assert "何も登録していません" in out
    with as_city():
        assert not CatalogueFacility.objects.exists()


def test_a_city_code_that_is_none_is_refused_before_the_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="検査数字"):
        run(tmp_path / "none.csv", "--city-code", "122318")


def test_it_speaks_english_when_told_to(tmp_path: Path) -> None:
    out, _err = run(file_of(tmp_path, facility()), "--language", "en")
    assert "1 new, 0 changed, 0 unchanged, 0 not in the file" in out
