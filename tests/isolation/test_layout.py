"""``platform/`` holds packages and is none itself: the standard library's module keeps its name."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.support.environment import ROOT

STDLIB = Path(sysconfig.get_path("stdlib"))


@pytest.mark.parametrize("paths", [[], [ROOT], [ROOT, ROOT / "platform"]], ids=["none", "root", "root and platform"])
def test_import_platform_is_the_standard_librarys(paths: list[Path]) -> None:
    code = f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}; import platform; print(platform.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()) == STDLIB / "platform.py"


def test_manage_py_leaves_the_standard_librarys_platform_alone() -> None:
    code = (
        "import atexit, runpy, sys; sys.argv = ['manage.py', 'version']\n"
        "atexit.register(lambda: print('found', __import__('platform').__file__))\n"
        "runpy.run_path('manage.py', run_name='__main__')"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"found {STDLIB / 'platform.py'}" in found.stdout


def test_platform_is_not_a_package_and_hides_no_module() -> None:
    names = {path.stem for path in (ROOT / "platform").iterdir() if not path.name.startswith((".", "__pycache__"))}
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert names == {"config", "kernel"}
    assert not names & sys.stdlib_module_names


def test_no_folder_of_tests_hides_a_module_of_the_standard_library() -> None:
    names = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert not names & sys.stdlib_module_names
