"""Log lines: JSON, and no text of an exception, which may quote a person's row."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.support.databases import ROOT

FAIL = """
import logging
from config.logging import configure
configure({})
def fail():
    raise ValueError("Yamada Hanako is not a number")
try:
    fail()
except ValueError:
    logging.getLogger("test").exception("it failed")
"""


def test_an_exception_is_told_by_its_class_and_place_without_its_text() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAIL],
        env=os.environ | {"PYTHONPATH": str(ROOT / "platform")},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        check=True,
    )
    assert b"Hanako" not in done.stderr
    [trace] = json.loads(done.stderr)["exception"]
    assert (trace["exc_type"], trace["frames"][-1]["name"]) == ("ValueError", "fail")
