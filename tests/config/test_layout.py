"""``platform/`` is a source root, not a package: the standard library's ``platform`` stays what it is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def imported_from(module: str, *, path: list[str]) -> Path:
    """The file that ``import module`` finds at the root of the checkout, in a process of its own."""
    code = f"import {module}; print({module}.__file__)"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    return Path(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=environ, text=True).strip())


@pytest.mark.parametrize("path", [[], ["platform", "."], [".", "platform"]])
def test_platform_is_the_standard_librarys(path: list[str]) -> None:
    assert imported_from("platform", path=path) == Path(sysconfig.get_path("stdlib")) / "platform.py"


@pytest.mark.parametrize("package", ["config", "kernel"])
def test_our_packages_are_found_below_it(package: str) -> None:
    assert imported_from(package, path=["platform", "."]).parent == ROOT / "platform" / package


def test_no_source_root_hides_a_module_of_the_standard_library() -> None:
    ours = {path.stem for folder in (ROOT, ROOT / "platform") for path in folder.iterdir() if path.name[0] not in "._"}
    assert ours & sys.stdlib_module_names == {"platform"}
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_no_file_in_the_source_root_hides_a_package_that_we_use() -> None:
    found = {path.name for path in (ROOT / "platform").iterdir() if path.name[0] not in "._"}
    assert found == {"config", "kernel"}


def test_the_command_line_leaves_the_standard_librarys_platform_alone() -> None:
    code = (
        "import atexit, runpy, sys; sys.argv = ['manage.py', 'version']\n"
        "atexit.register(lambda: print('found', __import__('platform').__file__))\n"
        "runpy.run_path('manage.py', run_name='__main__')"
    )
    found = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert f"found {Path(sysconfig.get_path('stdlib')) / 'platform.py'}" in found
