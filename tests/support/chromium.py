"""Chromium for the browser tests: the system's or Playwright's, installed if there is none, never done without.

``python -m tests.support.chromium`` finds or installs it, with a Japanese font, and prints its path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAMES: Final = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The shell first: the same engine without the windows that nobody sees, in half the time."""
PACKAGES: Final = ("chromium-headless-shell", "chromium")
FONT_PACKAGE: Final = "fonts-noto-cjk"
MINUTES: Final = 15
PLAYWRIGHTS: Final = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
"""Says where Playwright's own would be; in another process, since a test's may drive Playwright already."""


class NoChromiumError(Exception):
    """There is no Chromium and none could be installed. The text says how to get one."""


def chromium() -> Path:
    """The program of a Chromium that runs; it and a Japanese font are installed first if need be."""
    found = _found()
    if found is None or not _writes_japanese():
        for command in _installers(has_browser=found is not None):
            _run(command)
        found = _found()
    if found is None:
        raise NoChromiumError(
            "The browser tests need Chromium, and it could not be installed. As root on Debian or Ubuntu: "
            f"apt-get install {PACKAGES[-1]} {FONT_PACKAGE}. Elsewhere install Chromium or Chrome so that it is on the "
            "PATH, or run .venv/bin/python -m playwright install chromium where its download is allowed."
        )
    return found


def launch_options() -> list[str]:
    """Command-line options for a machine without a network: every name under localhost is this machine."""
    options = [
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=SpareRendererForSitePerProcess",
        "--renderer-process-limit=1",
        "--host-resolver-rules=MAP *.localhost 127.0.0.1",
    ]
    return [*options, "--no-sandbox"] if os.geteuid() == 0 else options


def _found() -> Path | None:
    """The first Chromium that can say its version: some systems have a stub of that name that cannot run."""
    for path in _candidates():
        if _succeeds([path, "--version"], words=subprocess.DEVNULL):
            return Path(path)
    return None


def _candidates() -> Iterator[str]:
    yield from (path for name in NAMES if (path := shutil.which(name)))
    yield subprocess.check_output([sys.executable, "-c", PLAYWRIGHTS], text=True).strip()


def _writes_japanese() -> bool:
    """Whether a font has Japanese; a system that cannot list its fonts is believed to."""
    if not (fc_list := shutil.which("fc-list")):
        return True
    listed = subprocess.run([fc_list, ":lang=ja", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def _installers(*, has_browser: bool) -> Iterator[list[str]]:
    """Commands in the order in which they are tried; a failed one does not keep the next from it."""
    if os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        install = [apt, "--quiet", "--yes", "--no-install-recommends", "install"]
        yield [apt, "--quiet", "update"]
        yield [*install, FONT_PACKAGE]
        yield from ([*install, package] for package in PACKAGES if not has_browser and _found() is None)
    if not has_browser and _found() is None:
        yield [sys.executable, "-m", "playwright", "install", "chromium"]


def _run(command: list[str]) -> None:
    print(f"For the browser tests: {' '.join(command)}", file=sys.stderr, flush=True)
    if not _succeeds(command):
        print("That did not work.", file=sys.stderr, flush=True)


def _succeeds(command: list[str], *, words: int | None = None) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
            check=False,
            timeout=MINUTES * 60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    try:
        print(f"Chromium: {chromium()}")
    except NoChromiumError as error:
        raise SystemExit(str(error)) from None
