"""The lock files: complete, hashed, and silent on where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")


def wanted(*, dev: bool) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"] + (project["dependency-groups"]["dev"] if dev else [])
    return {re.split(r"[\[<>=~!; ]", line)[0].lower() for line in lines}


def lines_of(lock: str) -> list[str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.lstrip().startswith("#")]


def locked(lock: str) -> dict[tuple[str, str], int]:
    """How many hashes each package's version has."""
    found: dict[tuple[str, str], int] = {}
    current = ("", "")
    for line in lines_of(lock):
        if match := REQUIREMENT.match(line):
            current = (match[1], match[2])
            found[current] = 0
        else:
            found[current] += 1
    return found


@pytest.mark.parametrize(("lock", "dev"), [(LOCKS[0], False), (LOCKS[1], True)])
def test_every_dependency_is_locked(lock: str, dev: bool) -> None:
    assert wanted(dev=dev) - {name for name, _ in locked(lock)} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    assert min(locked(lock).values()) > 0


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_but_requirements_and_hashes_stands_in_a_lock(lock: str) -> None:
    strange = [
        line
        for line in lines_of(lock)
        if not REQUIREMENT.match(line) and not re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line)
    ]
    assert strange == []


def test_development_runs_the_versions_that_are_shipped() -> None:
    assert locked(LOCKS[0]).items() <= locked(LOCKS[1]).items()
